/** Forms that ask for it (data-auto-submit) send themselves when a choice changes; their button stays. */

/** @param {ParentNode} root */
export function enhanceAutoSubmit(root) {
  for (const form of root.querySelectorAll("form[data-auto-submit]")) {
    form.addEventListener("change", () => /** @type {HTMLFormElement} */ (form).requestSubmit());
  }
}
