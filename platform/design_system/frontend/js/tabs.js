/** A row of tabs that scrolls on phones starts where the open one is. */

/** @param {ParentNode} root */
export function enhanceTabs(root) {
  for (const row of root.querySelectorAll(".b-tabs")) {
    const open = /** @type {HTMLElement | null} */ (row.querySelector("[aria-current]"));
    if (open) row.scrollLeft = open.offsetLeft - (row.clientWidth - open.offsetWidth) / 2;
  }
}
