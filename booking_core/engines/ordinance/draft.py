"""A quote in the making: lines, reasons and the record of rules, collected in order.

Not here: what puts them there.
"""

from functools import lru_cache

from booking_core.engines.ordinance.contracts import LocalizedText, PriceLine, Reason, Step
from booking_core.engines.ordinance.words import ASPECTS


class Draft:
    """Collects what the rules say. ``verdicts``: outcome words of the reasons, the worst one wins."""

    __slots__ = ("fee_known", "lines", "needs_approval", "reasons", "steps", "verdicts")

    def __init__(self) -> None:
        self.lines: list[PriceLine] = []
        self.reasons: list[Reason] = []
        self.steps: list[Step] = []
        self.verdicts: set[str] = set()
        self.fee_known = True
        self.needs_approval = False

    def object(self, verdict: str, reason: Reason) -> None:
        """Record a reason against simple acceptance."""
        self.verdicts.add(verdict)
        self.reasons.append(reason)
        self.steps.append(Step(reason.rule, True, reason.text, reason.paragraph))

    def applied(self, rule: str, text: LocalizedText, paragraph: str) -> None:
        """Record a rule that took part."""
        self.steps.append(Step(rule, True, text, paragraph))

    def passed_over(self, rule: str, aspect: str, paragraph: str) -> None:
        """Record a rule that did not apply, and the aspect that ruled it out."""
        self.steps.append(_passed_over(rule, aspect, paragraph))


@lru_cache(maxsize=8192)
def _passed_over(rule: str, aspect: str, paragraph: str) -> Step:
    why = ASPECTS.get(aspect.split(".", 1)[0], LocalizedText(aspect, aspect))
    return Step(rule, False, LocalizedText(f"Gilt nicht: {why.de}.", f"Does not apply: {why.en}."), paragraph)
