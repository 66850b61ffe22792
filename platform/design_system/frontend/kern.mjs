/**
 * Takes from KERN's style sheet the rules our components use; utilities, grid and icons stay behind.
 *
 * Not here: our own rules (css/*.css). KERN's file is read from node_modules, never copied into the project.
 */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** A rule is kept if every class in its selector belongs to one of these components. */
const COMPONENTS = [
  "accordion", "alert", "badge", "body", "btn", "card", "dark", "description-list", "error", "fieldset", "form-check",
  "form-input", "heading", "hint", "label", "layer", "level", "light", "link", "preline", "progress", "sr-only",
  "subline", "summary", "table", "title",
];
const KEPT = new RegExp(`^kern-(?:${COMPONENTS.join("|")})(?![a-z])`);

/** Colour scales only KERN's own themes use. */
const UNUSED_SCALE = /--kern-color-(?:brand-colorpalette-\d|limette|grey|yellow|pink|magenta|green)-\d+: [^;]+;/g;

const isWanted = (/** @type {string} */ selector) =>
  (selector.match(/\.(kern-[a-z0-9_-]+)/gi) ?? []).every((name) => KEPT.test(name.slice(1)));

/** @param {string} list a selector list @returns {string} the wanted selectors of it */
function wantedSelectors(list) {
  return list
    .split(/,(?![^(]*\))/)
    .filter(isWanted)
    .join(",");
}

/**
 * Walk one level of rules, going into @media blocks.
 * @param {string} css without comments
 * @returns {string}
 */
export function subset(css) {
  let out = "";
  let at = 0;
  while (at < css.length) {
    const open = css.indexOf("{", at);
    if (open < 0) break;
    const statement = css.lastIndexOf(";", open);
    const start = statement > at ? statement + 1 : at;
    const end = closingBrace(css, open);
    const head = css.slice(start, open).trim();
    const body = css.slice(open + 1, end);
    if (/^@(media|supports)/.test(head)) {
      const inner = subset(body);
      out += inner ? `${head}{${inner}}` : "";
    } else if (head.startsWith("@")) {
      out += `${head}{${body}}`;
    } else {
      const selector = wantedSelectors(head);
      out += selector ? `${selector}{${body}}` : "";
    }
    at = end + 1;
  }
  return out;
}

/** @param {string} css @param {number} open @returns {number} index of the brace that closes the one at `open` */
function closingBrace(css, open) {
  let depth = 0;
  let quote = "";
  for (let i = open; i < css.length; i += 1) {
    const c = css[i];
    if (quote) {
      if (c === "\\") i += 1;
      else if (c === quote) quote = "";
    } else if (c === '"' || c === "'") quote = c;
    else if (c === "{") depth += 1;
    else if (c === "}" && --depth === 0) return i;
  }
  throw new Error("unbalanced braces in KERN's style sheet");
}

export const kernPlugin = {
  name: "kern",
  setup(/** @type {import("esbuild").PluginBuild} */ build) {
    build.onResolve({ filter: /^kern$/ }, () => ({ path: "kern", namespace: "kern" }));
    build.onLoad({ filter: /.*/, namespace: "kern" }, async () => {
      const css = await readFile(require.resolve("@kern-ux/native/dist/kern.css"), "utf8");
      const bare = css.replace(/@charset [^;]+;/, "").replace(/\/\*[\s\S]*?\*\//g, "").replace(UNUSED_SCALE, "");
      return { contents: subset(bare), loader: "css" };
    });
  },
};
