/**
 * The inbox by keyboard: j and k move, Enter opens, other keys press what the list names.
 *
 * Markup: <ul data-keyboard-list> with one link marked data-keyboard-item per entry; buttons or links anywhere
 * on the page with data-key="b" are pressed by that key. Never while typing, never with Ctrl, Alt or Meta, never by a
 * key held down, which would decide the next request too. A <summary data-key> opens with the focus in its first field,
 * so that the next letter is typed; Escape closes it and leads back to the summary.
 * An element with data-keys-off="…" and data-keys-on="…" gets a button that switches the keys off and on (WCAG 2.1.4).
 */

const TYPING = "input, textarea, select, [contenteditable]";

/** @param {ParentNode} root */
export function enhanceKeyboardList(root) {
  for (const place of root.querySelectorAll("[data-keys-off]")) addSwitch(/** @type {HTMLElement} */ (place));
  const list = root.querySelector("[data-keyboard-list]");
  if (!list || list.hasAttribute("data-keyboard-ready")) return;
  list.setAttribute("data-keyboard-ready", "");
  document.addEventListener("keydown", (event) => {
    if (areKeysOff()) return;
    if (event.repeat || !list.isConnected || event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
    if (event.target instanceof Element && event.target.closest(TYPING)) return;
    if (event.key === "j" || event.key === "k") {
      move(list, event.key === "j" ? 1 : -1);
      event.preventDefault();
      return;
    }
    const target = [...document.querySelectorAll("[data-key]")].find((el) => el.getAttribute("data-key") === event.key);
    if (target instanceof HTMLElement) {
      event.preventDefault();
      target.focus();
      target.click();
      if (target.localName === "summary") intoPart(target);
    }
  });
  document.addEventListener("keydown", leavePart);
}

const FIELD = `:is(${TYPING}, button):not([type=hidden], [disabled])`;

/** @param {HTMLElement} summary */
function intoPart(summary) {
  const part = /** @type {HTMLDetailsElement} */ (summary.closest("details"));
  const field = part.open ? part.querySelector(FIELD) : null;
  if (field instanceof HTMLElement) field.focus();
}

/** @param {KeyboardEvent} event */
function leavePart(event) {
  if (event.key !== "Escape" || !(event.target instanceof Element)) return;
  const part = event.target.closest("details:has(> summary[data-key])");
  if (!(part instanceof HTMLDetailsElement)) return;
  part.open = false;
  part.querySelector("summary")?.focus();
}

const STORED = "biletado-keys-off";

function areKeysOff() {
  return localStorage.getItem(STORED) === "1";
}

/** @param {HTMLElement} place */
function addSwitch(place) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "b-iconlink";
  const label = () => {
    button.textContent = (areKeysOff() ? place.dataset.keysOn : place.dataset.keysOff) ?? "";
  };
  button.addEventListener("click", () => {
    localStorage.setItem(STORED, areKeysOff() ? "0" : "1");
    label();
  });
  label();
  place.append(button);
}

/** @param {Element} list @param {1 | -1} step */
function move(list, step) {
  const items = /** @type {HTMLElement[]} */ ([...list.querySelectorAll("[data-keyboard-item]")]);
  const focused = items.findIndex((item) => item === document.activeElement);
  const current = focused >= 0 ? focused : items.findIndex((item) => item.hasAttribute("aria-current"));
  const next = items[Math.min(items.length - 1, Math.max(0, current + step))];
  next?.focus();
  next?.click();
}
