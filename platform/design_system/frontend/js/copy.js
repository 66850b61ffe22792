/** Copy buttons: hidden without scripts, because then they could not work. */

/** @param {ParentNode} root */
export function enhanceCopy(root) {
  for (const button of root.querySelectorAll("button[data-copy]")) {
    if (!navigator.clipboard) return;
    const box = button.parentElement;
    const text = box?.querySelector("[data-copy-text]")?.textContent ?? "";
    const status = box?.querySelector("[data-copy-status]");
    button.removeAttribute("hidden");
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(text);
      if (status) status.textContent = button.getAttribute("data-copied");
    });
  }
}
