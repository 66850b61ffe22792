/**
 * The wizard's live preview: what is typed shows at once in the picture of the site.
 *
 * Markup: an input with data-preview-text="name" fills every [data-preview-slot="name"]. A colour input with
 * data-preview-palette="/address" asks that address (?colour=#rrggbb) for the guarded CSS variables as JSON and
 * sets them on every [data-preview] (through CSSOM, which a strict CSP permits): the preview shows the colour the
 * site will really have. data-preview-variable="--name" sets one variable to the typed value as it is.
 */

const PAUSE_MS = 150;

/** @param {ParentNode} root */
export function enhancePreview(root) {
  for (const element of root.querySelectorAll("[data-preview-text], [data-preview-variable], [data-preview-palette]")) {
    const input = /** @type {HTMLInputElement} */ (element);
    const show = showerFor(input);
    input.addEventListener("input", show);
    if (input.value) show();
  }
}

/** @param {HTMLInputElement} input @returns {() => void} what to do when its value changes */
function showerFor(input) {
  const { previewText, previewVariable, previewPalette } = input.dataset;
  let waiting = 0;
  return () => {
    if (previewText) showText(previewText, input.value);
    if (previewVariable) setVariables({ [previewVariable]: input.value });
    if (previewPalette) {
      clearTimeout(waiting);
      waiting = setTimeout(() => showPalette(previewPalette, input), PAUSE_MS);
    }
  };
}

/** @param {string} name @param {string} value */
function showText(name, value) {
  for (const slot of document.querySelectorAll(`[data-preview-slot="${CSS.escape(name)}"]`)) {
    slot.textContent = value || slot.getAttribute("data-preview-empty") || "";
  }
}

/** @param {string} address @param {HTMLInputElement} input */
async function showPalette(address, input) {
  const asked = input.value;
  const response = await fetch(`${address}?colour=${encodeURIComponent(asked)}`);
  if (response.ok && asked === input.value) setVariables(await response.json());
}

/** @param {Record<string, string>} variables */
function setVariables(variables) {
  for (const preview of document.querySelectorAll("[data-preview]")) {
    for (const [name, value] of Object.entries(variables)) {
      /** @type {HTMLElement} */ (preview).style.setProperty(name, value);
    }
  }
}
