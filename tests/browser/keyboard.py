"""A person without a mouse: Tab, Enter, Space and arrow keys, and the focus seen at every step.

Not here: what is walked (``test_keyboard``).
"""

from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page

MOST_STEPS = 120

# What can show that an element has the focus: itself, what follows it (a drawn radio button) and what holds it.
_STEP = """
() => {
  const focused = document.activeElement;
  if (!focused || focused === document.body || focused === window.lastStop) return {name: "", fault: ""};
  window.lastStop = focused;  // a date has several stops inside; leaving it would begin again at the first
  const name = (focused.innerText || focused.getAttribute("aria-label") || focused.name || focused.id || "")
    .trim().slice(0, 60);
  const looks = () => [focused, focused.nextElementSibling, focused.parentElement].filter(Boolean).flatMap(one =>
    [null, "::after", "::before"].map(part => {
      const style = getComputedStyle(one, part);
      return [style.outlineStyle, style.outlineWidth, style.boxShadow, style.borderColor, style.backgroundColor].join();
    })).join("|");
  const box = focused.getBoundingClientRect();
  const isOnScreen = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const seen = looks();
  focused.blur();
  const unseen = looks();
  focused.focus({preventScroll: true});
  const fault = seen === unseen ? "shows no focus" : isOnScreen ? "" : "is off the screen";
  return {name: `${focused.tagName.toLowerCase()} "${name}"`, fault};
}
"""


@dataclass(slots=True)
class Keyboard:
    """Walks a page by keys; ``faults`` are the stops where nobody could see where they are."""

    page: Page
    faults: list[str] = field(default_factory=list)

    def step(self, key: str = "Tab") -> None:
        """One key; wherever that leads must be seen."""
        self.page.keyboard.press(key)
        stop = self.page.evaluate(_STEP)
        if stop["fault"]:
            self.faults.append(f"{self.page.url}: {stop['name']} {stop['fault']}")

    def go_to(self, target: Locator) -> None:
        """Tab until ``target`` has the focus. Raises AssertionError where no Tab leads there."""
        for _step in range(MOST_STEPS):
            if target.evaluate("element => element === document.activeElement"):
                return
            self.step()
        raise AssertionError(f"no Tab leads to {target} on {self.page.url}")

    def press(self, target: Locator, key: str = "Enter") -> None:
        """Go there and press."""
        self.go_to(target)
        self.page.keyboard.press(key)

    def write(self, target: Locator, text: str) -> None:
        """Go there and type, over whatever the field holds."""
        self.go_to(target)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text)

    def pick(self, select: Locator, value: str) -> None:
        """Go to a list and move inside it by arrow keys."""
        self.go_to(select)
        for _step in range(MOST_STEPS):
            if select.input_value() == value:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no arrow key leads to {value} on {self.page.url}")

    def choose(self, radio: Locator) -> None:
        """Go to the group of a radio button and move inside it by arrow keys."""
        group = radio.evaluate("element => element.name")
        for _step in range(MOST_STEPS):
            if self.page.evaluate("document.activeElement.name") == group:
                break
            self.step()
        self.page.keyboard.press("Space")
        for _step in range(MOST_STEPS):
            if radio.is_checked():
                return
            self.step("ArrowDown")
        raise AssertionError(f"no arrow key leads to {radio} on {self.page.url}")
