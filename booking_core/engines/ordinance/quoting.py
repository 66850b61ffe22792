"""From a document and a request to a quote: the order in which the ideas of the language are applied.

Not here: what each idea does (one module each).
"""

from dataclasses import replace

from booking_core.engines.ordinance.contracts import (
    LocalizedText,
    Outcome,
    PriceLine,
    Quote,
    QuoteRequest,
    Reason,
)
from booking_core.engines.ordinance.document import Document
from booking_core.engines.ordinance.draft import Draft
from booking_core.engines.ordinance.judging import judge, payment_due
from booking_core.engines.ordinance.pricing import price
from booking_core.engines.ordinance.rulebook import Rulebook
from booking_core.engines.ordinance.scene import Booking, Scene
from booking_core.engines.ordinance.settling import balances, cancel, deposit_due
from booking_core.kernel.money import ZERO, Money

# The worst verdict wins.
_VERDICTS = (
    ("refused", Outcome.REFUSED),
    ("rule_violation", Outcome.RULE_VIOLATION),
    ("needs_decision", Outcome.NEEDS_DECISION),
)
_MIXED = LocalizedText(
    "Mehrere Nutzergruppen nehmen teil. Darüber entscheidet die Verwaltung.",
    "Several customer groups take part. The administration decides.",
)


def quote(document: Document, request: QuoteRequest) -> Quote:
    """Price a request. Pure and deterministic: the same values in give the same quote out.

    Ids the document does not know find no rate, so they need a decision. A request without a span is refused with
    ``ValueError``: a booking without a time is no booking.
    """
    if not request.spans:
        raise ValueError("a request needs at least one span")
    if not request.further_groups:
        return _quote_for_group(document.rulebook, request)
    return _quote_for_mixed_groups(document.rulebook, request)


def _quote_for_group(rulebook: Rulebook, request: QuoteRequest) -> Quote:
    booking = Booking(rulebook.ordinance, request, rulebook.defaults)
    scene, draft = Scene(booking), Draft(rulebook.telling)
    price(rulebook, scene, draft)
    if request.cancelled_at is not None:
        return _cancelled(rulebook, scene, draft)
    scene.lines = tuple(draft.lines)
    judge(rulebook, scene, draft)
    due = payment_due(rulebook, scene, draft)
    outcome = next((known for word, known in _VERDICTS if word in draft.verdicts), Outcome.ACCEPTED)
    if outcome is Outcome.REFUSED:
        draft.lines.clear()
    deposit = deposit_due(rulebook, scene, draft)
    lines = tuple(draft.lines)
    ordinance = rulebook.ordinance
    order = ordinance.priority_order
    return Quote(
        outcome=outcome,
        lines=lines,
        total=_sum(lines, with_after_use=False),
        total_after_settlement=_sum(lines, with_after_use=True),
        deposit=deposit.amount if outcome is not Outcome.REFUSED else ZERO,
        reasons=tuple(draft.reasons),
        derivation=tuple(draft.steps),
        needs_approval=draft.needs_approval or ordinance.approval == "always",
        readings=booking.readings,
        fee_known=draft.fee_known,
        deposit_known=deposit.is_known,
        deposit_set_off=deposit.is_set_off,
        payment_due_on=due,
        balances=balances(rulebook, scene) if ordinance.accounts else {},
        priority=order.index(booking.group) + 1 if booking.group in order else None,
    )


def _sum(lines: tuple[PriceLine, ...], *, with_after_use: bool) -> Money:
    return Money(sum(line.amount.cents for line in lines if with_after_use or not line.after_use))


def _cancelled(rulebook: Rulebook, scene: Scene, draft: Draft) -> Quote:
    """A cancelled booking owes only what the cancellation costs; the deposit is due no longer."""
    draft.reasons.clear()
    draft.verdicts.clear()
    cancel(rulebook, scene, draft)
    lines = tuple(draft.lines)
    amount = _sum(lines, with_after_use=True)
    outcome = Outcome.NEEDS_DECISION if "needs_decision" in draft.verdicts else Outcome.CANCELLED
    return Quote(
        outcome=outcome,
        lines=lines,
        total=amount,
        total_after_settlement=amount,
        reasons=tuple(draft.reasons),
        derivation=tuple(draft.steps),
        readings=scene.booking.readings,
        fee_known=draft.fee_known,
    )


def _quote_for_mixed_groups(rulebook: Rulebook, request: QuoteRequest) -> Quote:
    """Quote each group by itself; the document says whether the dearer or the cheaper one counts."""
    groups = sorted({group for group in (request.group, *request.further_groups) if group is not None})
    quotes = [
        _quote_for_group(rulebook, replace(request, group=group, further_groups=())) for group in groups
    ]
    refused = [one for one in quotes if one.outcome is Outcome.REFUSED]
    if refused:
        return refused[0]
    rule = rulebook.ordinance.mixed_groups
    if rule == "lowest":
        return min(quotes, key=lambda one: one.total.cents)
    dearest = max(quotes, key=lambda one: one.total.cents)
    if rule == "highest":
        return dearest
    reason = Reason("mixed_groups", "mixed_groups", _MIXED, field="group")
    return replace(dearest, outcome=Outcome.NEEDS_DECISION, reasons=(*dearest.reasons, reason))
