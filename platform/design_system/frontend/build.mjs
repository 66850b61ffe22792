/**
 * Builds the two files every page loads, plus the fonts, into the git-ignored dist folder.
 *
 * Not here: which KERN rules we ship (kern.mjs), how fonts are cut (fonts.mjs).
 */
import { build, context } from "esbuild";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

import { cutFonts } from "./fonts.mjs";
import { kernPlugin } from "./kern.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "..", "static", "design_system", "dist");

/** A first visit loads all of this; the limit keeps village phones quick. */
const FIRST_VISIT_LIMIT_BYTES = 150 * 1024;

const options = {
  entryPoints: { biletado: join(here, "js", "main.js"), "biletado-style": join(here, "css", "main.css") },
  outdir: dist,
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2022", "chrome111", "firefox113", "safari16.4"],
  external: ["*.woff2"],
  legalComments: "none",
  plugins: [kernPlugin],
};

/** Give the style sheet the name pages ask for; esbuild cannot give two entries one name. */
async function renameStyle() {
  const css = await readFile(join(dist, "biletado-style.css"));
  await writeFile(join(dist, "biletado.css"), css);
  await rm(join(dist, "biletado-style.css"));
}

/** Print what a first visit costs and fail above the limit. */
async function weigh() {
  let total = 0;
  for (const name of (await readdir(dist)).sort()) {
    const bytes = await readFile(join(dist, name));
    const size = name.endsWith(".woff2") ? bytes.length : gzipSync(bytes).length;
    const onFirstVisit = !name.includes("-ext");
    total += onFirstVisit ? size : 0;
    console.log(`${(size / 1024).toFixed(1).padStart(7)} KB  ${name}${onFirstVisit ? "" : "  (only when needed)"}`);
  }
  console.log(`${(total / 1024).toFixed(1).padStart(7)} KB  first visit (limit ${FIRST_VISIT_LIMIT_BYTES / 1024} KB)`);
  if (total > FIRST_VISIT_LIMIT_BYTES) {
    throw new Error("the first visit weighs more than the limit");
  }
}

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
await cutFonts(dist);
if (process.argv.includes("--watch")) {
  const again = { name: "again", setup: (b) => b.onEnd(() => renameStyle()) };
  await (await context({ ...options, plugins: [...options.plugins, again] })).watch();
} else {
  await build(options);
  await renameStyle();
  await weigh();
}
