/**
 * The wizard's live preview: what is typed shows at once in the picture of the site.
 *
 * Markup: an input with data-preview-text="name" fills every [data-preview-slot="name"]; one with
 * data-preview-variable="--kern-color-action-default" sets that CSS variable on every [data-preview] (through
 * CSSOM, which a strict CSP permits). Colours the guard would change are corrected by the server on "Weiter".
 */

/** @param {ParentNode} root */
export function enhancePreview(root) {
  for (const input of root.querySelectorAll("[data-preview-text], [data-preview-variable]")) {
    const show = () => showValue(/** @type {HTMLInputElement} */ (input));
    input.addEventListener("input", show);
    if (/** @type {HTMLInputElement} */ (input).value) show();
  }
}

/** @param {HTMLInputElement} input */
function showValue(input) {
  const { previewText, previewVariable } = input.dataset;
  if (previewText) {
    for (const slot of document.querySelectorAll(`[data-preview-slot="${CSS.escape(previewText)}"]`)) {
      slot.textContent = input.value || slot.getAttribute("data-preview-empty") || "";
    }
  }
  if (previewVariable) {
    for (const preview of document.querySelectorAll("[data-preview]")) {
      /** @type {HTMLElement} */ (preview).style.setProperty(previewVariable, input.value);
    }
  }
}
