/**
 * Stretches of a time bar that can be moved: drag with the mouse or a pen, or by keyboard.
 *
 * Markup: <table data-timebar data-start data-slot-minutes data-slots> with rows data-key and links data-move. Dropping
 * opens the page behind data-move with ?ort=<row>&beginn=<instant>: there the price is shown and confirmed, nothing has
 * moved yet. Dropping on another stretch opens data-swap + its data-swap-key/: there both prices are shown. Keyboard: "m" on a stretch, arrows, Enter to look at the price, Escape to leave it. Without scripts the
 * same page is reached from the booking.
 */

/** @typedef {{ link: HTMLElement, row: number, slot: number, grabbed: number, over: HTMLElement | null }} Move */

/** @param {ParentNode} root */
export function enhanceTimebar(root) {
  for (const table of root.querySelectorAll("table[data-timebar]")) prepare(/** @type {HTMLTableElement} */ (table));
}

/** @param {HTMLTableElement} table */
function prepare(table) {
  const rows = /** @type {HTMLTableRowElement[]} */ ([...table.querySelectorAll("tr.b-timebar__row[data-key]")]);
  const say = document.createElement("p");
  say.className = "b-timebar__say";
  say.setAttribute("role", "status");
  say.hidden = true;
  table.closest(".b-timebar")?.append(say);
  /** @type {Move | null} */
  let move = null;

  /** @param {HTMLElement} link @param {number} grabbed slots between the start and the hand */
  const begin = (link, grabbed) => {
    const row = rows.findIndex((one) => one.dataset.key === link.closest("tr")?.dataset.key);
    if (row < 0) return;
    move = { link, row, slot: Number(link.dataset.slot), grabbed, over: null };
    link.classList.add("b-timebar__moving");
    show();
  };
  const show = () => {
    if (!move) return;
    for (const [at, row] of rows.entries()) row.classList.toggle("b-timebar__target", at === move.row);
    say.hidden = false;
    if (move.over) {
      say.textContent = `${table.dataset.with}: ${move.over.title}`;
      return;
    }
    say.textContent = `${table.dataset.at} ${rows[move.row]?.dataset.name}, ${words(startOf(table, move.slot), table.dataset.zone)}. ${table.dataset.help}`;
  };
  const stop = (/** @type {string} */ sentence) => {
    move?.link.classList.remove("b-timebar__moving");
    for (const row of rows) row.classList.remove("b-timebar__target");
    say.textContent = sentence;
    say.hidden = !sentence;
    move = null;
  };
  const go = () => {
    if (!move) return;
    const { link, row, slot, over } = move;
    if (over) {
      stop("");
      location.assign(new URL(`${link.dataset.swap}${over.dataset.swapKey}/`, location.href));
      return;
    }
    const changed = slot !== Number(link.dataset.slot) || rows[row]?.dataset.key !== link.closest("tr")?.dataset.key;
    const target = new URL(link.dataset.move ?? "", location.href);
    target.searchParams.set("ort", rows[row]?.dataset.key ?? "");
    target.searchParams.set("beginn", startOf(table, slot).toISOString());
    stop("");
    if (changed) location.assign(target);
  };

  for (const link of /** @type {NodeListOf<HTMLElement>} */ (table.querySelectorAll("a[data-move]"))) {
    link.draggable = true;
    link.setAttribute("aria-keyshortcuts", "m");
    link.addEventListener("dragstart", (event) => {
      const box = link.getBoundingClientRect();
      const width = box.width / Number(link.dataset.length);
      event.dataTransfer?.setData("text/plain", link.textContent ?? "");
      begin(link, Math.floor((event.clientX - box.left) / width));
    });
    link.addEventListener("dragend", () => stop(""));
    link.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      if (!move) {
        if (event.key === "m") {
          event.preventDefault();
          begin(link, 0);
        }
        return;
      }
      const last = Number(table.dataset.slots) - 1;
      const steps = /** @type {Record<string, [number, number]>} */ ({
        ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0],
      });
      const step = steps[event.key];
      if (step) {
        move.over = null;
        move.row = Math.min(rows.length - 1, Math.max(0, move.row + step[0]));
        move.slot = Math.min(last, Math.max(0, move.slot + step[1]));
        show();
      } else if (event.key === "Enter") go();
      else if (event.key === "Escape") stop(table.dataset.off ?? "");
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
    link.addEventListener("blur", () => {
      if (move?.link === link) stop("");
    });
  }
  table.addEventListener("dragover", (event) => {
    if (!move) return;
    const row = /** @type {Element} */ (event.target).closest("tr[data-key]");
    const at = rows.findIndex((one) => one.dataset.key === /** @type {HTMLElement | null} */ (row)?.dataset.key);
    if (at < 0) return;
    event.preventDefault();
    move.row = at;
    move.slot = slotUnder(table, event.clientX, move.grabbed);
    const over = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("a[data-swap-key]"));
    move.over = over && over.dataset.swapKey !== move.link.dataset.swapKey && move.link.dataset.swap ? over : null;
    show();
  });
  table.addEventListener("drop", (event) => {
    event.preventDefault();
    go();
  });
}

/** @param {HTMLTableElement} table @param {number} x @param {number} grabbed */
function slotUnder(table, x, grabbed) {
  const slots = Number(table.dataset.slots);
  const names = table.querySelector("thead td")?.getBoundingClientRect().width ?? 0;
  const box = table.getBoundingClientRect();
  const width = (box.width - names) / slots;
  const slot = Math.floor((x - box.left - names) / width) - grabbed;
  return Math.min(slots - 1, Math.max(0, slot));
}

/** @param {HTMLTableElement} table @param {number} slot */
function startOf(table, slot) {
  const minutes = slot * Number(table.dataset.slotMinutes);
  return new Date(Date.parse(table.dataset.start ?? "") + minutes * 60_000);
}

/** @param {Date} instant @param {string | undefined} zone the town's, wherever the reader sits */
function words(instant, zone) {
  return new Intl.DateTimeFormat(document.documentElement.lang, {
    weekday: "short", day: "numeric", month: "numeric", hour: "2-digit", minute: "2-digit", timeZone: zone,
  }).format(instant);
}
