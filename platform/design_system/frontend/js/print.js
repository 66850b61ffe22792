/** Buttons marked data-print appear where scripts run, and print the page. Without scripts the browser's menu prints. */

/** @param {ParentNode} root */
export function enhancePrint(root) {
  for (const button of root.querySelectorAll("button[data-print]")) {
    button.removeAttribute("hidden");
    button.addEventListener("click", () => window.print());
  }
}
