/** Puts the focus on the summary of errors, so that it is read first. */

/** @param {ParentNode} root */
export function focusErrorSummary(root) {
  const summary = root.querySelector("[data-error-summary]");
  if (summary instanceof HTMLElement) summary.focus();
}
