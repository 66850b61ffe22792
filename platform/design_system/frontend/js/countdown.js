/** Adds the minutes left to a held time. Said aloud only at 5 minutes, 1 minute and the end. */

const SPOKEN_MINUTES = [5, 1];

/** @param {ParentNode} root */
export function enhanceCountdowns(root) {
  for (const box of root.querySelectorAll("[data-countdown]")) {
    startCountdown(/** @type {HTMLElement} */ (box));
  }
}

/** @param {HTMLElement} box */
function startCountdown(box) {
  const until = Date.parse(box.querySelector("time")?.dateTime ?? "");
  const left = box.querySelector("[data-countdown-left]");
  const status = box.querySelector("[data-countdown-status]");
  if (Number.isNaN(until) || !left || !status) return;
  let spoken = Infinity;

  const show = () => {
    const seconds = Math.ceil((until - Date.now()) / 1000);
    const minutes = Math.ceil(seconds / 60);
    const words = seconds <= 0 ? (box.dataset.over ?? "") : minutesInWords(box, seconds, minutes);
    if (left.textContent !== words) left.textContent = words;
    const mark = seconds <= 0 ? 0 : SPOKEN_MINUTES.find((limit) => minutes === limit);
    if (mark !== undefined && mark < spoken) {
      spoken = mark;
      status.textContent = words;
    }
    if (seconds <= 0) clearInterval(timer);
  };
  const timer = setInterval(show, 1000);
  show();
}

/** @param {HTMLElement} box @param {number} seconds @param {number} minutes @returns {string} */
function minutesInWords(box, seconds, minutes) {
  if (seconds < 60) return box.dataset.seconds ?? "";
  if (minutes === 1) return box.dataset.minutesOne ?? "";
  return (box.dataset.minutesMany ?? "#").replace("#", String(minutes));
}
