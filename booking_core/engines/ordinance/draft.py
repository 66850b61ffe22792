"""A quote in the making: lines, reasons and the record of rules, collected in order.

Not here: what puts them there.
"""

from booking_core.engines.ordinance.contracts import LocalizedText, PriceLine, Reason, Step
from booking_core.engines.ordinance.telling import Telling


class Draft:
    """Collects what the rules say. ``verdicts``: outcome words of the reasons, the worst one wins."""

    __slots__ = ("fee_known", "lines", "needs_approval", "reasons", "steps", "telling", "verdicts")

    def __init__(self, telling: Telling) -> None:
        self.telling = telling
        self.lines: list[PriceLine] = []
        self.reasons: list[Reason] = []
        self.steps: list[Step] = []
        self.verdicts: set[str] = set()
        self.fee_known = True
        self.needs_approval = False

    def object(self, verdict: str, reason: Reason, told: LocalizedText | None = None) -> None:
        """Record a reason against simple acceptance; ``told`` is what the record says where it is other words."""
        self.verdicts.add(verdict)
        self.reasons.append(reason)
        self.steps.append(Step(reason.rule, True, told or reason.text, reason.paragraph))

    def applied(self, rule: str, text: LocalizedText, paragraph: str) -> None:
        """Record a rule that took part."""
        self.steps.append(Step(rule, True, text, paragraph))

    def passed_over(self, rule: str, aspect: str, paragraph: str) -> None:
        """Record a rule that did not apply, and the aspect that ruled it out."""
        self.steps.append(self.telling.passed_over(rule, aspect, paragraph))

    def charged(self, rule: str, price: LocalizedText, paragraph: str) -> None:
        """Record a rule that charged something."""
        self.steps.append(self.telling.charged(rule, price, paragraph))
