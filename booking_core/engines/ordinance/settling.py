"""The idea *deposit* at work, and what a cancellation costs.

Not here: rates and add-ons.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from booking_core.engines.ordinance.contracts import LineKind, LocalizedText, PriceLine, Reason
from booking_core.engines.ordinance.draft import Draft
from booking_core.engines.ordinance.figures import euro, localized, number, rounded_to
from booking_core.engines.ordinance.language.prices import Price
from booking_core.engines.ordinance.language.rules import Cancellation, Deposit
from booking_core.engines.ordinance.rulebook import Conditional, Rulebook
from booking_core.engines.ordinance.scene import Scene
from booking_core.engines.ordinance.scopes import Scope
from booking_core.kernel.money import ZERO, Money

ONE = Decimal(1)
_GAP = LocalizedText(
    "Für eine Absage zu diesem Zeitpunkt nennt die Satzung keine Gebühr. Darüber entscheidet die Verwaltung.",
    "The ordinance names no fee for a cancellation at this time. The administration decides.",
)
_AMBIGUOUS = LocalizedText(
    "Mehrere Regeln für die Absage passen gleich gut. Darüber entscheidet die Verwaltung.",
    "Several rules on cancellation fit equally well. The administration decides.",
)
_PLUS = LocalizedText("Bearbeitung der Absage", "handling of the cancellation")
_EVENT = LocalizedText("Buchung", "booking")
_SHARE = LocalizedText("Anteil", "share")


@dataclass(frozen=True, slots=True)
class DepositDue:
    """The deposit of a booking. ``is_known`` False: one is due, the amount is not published."""

    amount: Money = ZERO
    is_known: bool = True
    is_set_off: bool = False


def deposit_due(rulebook: Rulebook, scene: Scene, draft: Draft) -> DepositDue:
    """Add up all deposit rules that apply, unless an exemption waives them."""
    waived = any(
        entry.rule.deposit and any(line.rule == entry.rule.id for line in draft.lines)
        for entry in rulebook.exemptions
    )
    amount, is_known, is_set_off = ZERO, True, False
    for entry in rulebook.deposits:
        rule = entry.rule
        failing = "exempt" if waived else entry.condition.first_failing(scene)
        if failing is not None:
            draft.passed_over(rule.id, failing, rule.paragraph)
            continue
        is_set_off = is_set_off or rule.set_off
        draft.applied(rule.id, localized(rule.label), rule.paragraph)
        if rule.price is None:
            is_known = False
            continue
        for about in _each(entry, scene):
            due = _due(entry, rule.price, about, draft.lines)
            is_known = is_known and due is not None
            amount = amount + (due or ZERO)
    return DepositDue(amount, is_known, is_set_off)


def _each(entry: Conditional[Deposit], scene: Scene) -> list[Scene]:
    """The booking, or each resource the rule is about."""
    if entry.rule.per == "booking":
        return [scene]
    abouts = [scene.about(resources=(name,)) for name in scene.resources]
    return [about for about in abouts if entry.condition.holds(about)]


def _due(entry: Conditional[Deposit], price: Price, scene: Scene, lines: Sequence[PriceLine]) -> Money | None:
    """What one deposit comes to; None where a figure is missing."""
    count = entry.meter(scene) if entry.meter is not None else ONE
    if entry.rule.per == "resource":
        lines = [line for line in lines if line.resource in scene.resources]
    base = _base(price, entry.scope, lines, scene)
    if base is None or count is None:
        return None
    due = rounded_to(base * price.percent / 100 * count, price.round_to, price.rounding)
    return Money.from_decimal(_bounded(due, entry.rule.minimum, entry.rule.maximum))


def _bounded(amount: Decimal, minimum: Decimal | None, maximum: Decimal | None) -> Decimal:
    if minimum is not None and amount < minimum:
        return minimum
    return maximum if maximum is not None and amount > maximum else amount


def _base(price: Price, scope: Scope, lines: Sequence[PriceLine], scene: Scene) -> Decimal | None:
    if price.amount is not None:
        return price.amount
    if price.of is not None:
        return scope.sum_of(lines)
    if price.fact is not None:
        answer = scene.booking.facts.get(price.fact)
        return None if answer is None or isinstance(answer, str | tuple) else Decimal(answer)
    return None


def cancel(rulebook: Rulebook, scene: Scene, draft: Draft) -> None:
    """Replace the lines of a quote by what its cancellation costs."""
    fitting = []
    for entry in rulebook.cancellations:
        failing = entry.condition.first_failing(scene)
        if failing is None:
            fitting.append(entry)
        else:
            draft.passed_over(entry.rule.id, failing, entry.rule.paragraph)
    if not fitting:
        draft.lines.clear()
        if rulebook.cancellations:
            draft.object("needs_decision", Reason("silent", "silent", _GAP, field="cancelled_at"))
        return
    rank = max(_rank(entry) for entry in fitting)
    best = [entry for entry in fitting if _rank(entry) == rank]
    if len(best) > 1:
        draft.lines.clear()
        draft.object("needs_decision", Reason(best[0].rule.id, "conflict", _AMBIGUOUS))
        return
    line = _cancellation_line(best[0], draft.lines, scene)
    draft.lines.clear()
    if line is not None:
        draft.lines.append(line)
    if best[0].rule.plus is not None:
        draft.lines.append(_plus_line(best[0].rule, best[0].rule.plus))
    draft.applied(best[0].rule.id, localized(best[0].rule.label), best[0].rule.paragraph)


def _rank(entry: Conditional[Cancellation]) -> tuple[int, int]:
    return (entry.rule.priority, entry.condition.specificity)


def _cancellation_line(
    entry: Conditional[Cancellation], lines: Sequence[PriceLine], scene: Scene
) -> PriceLine | None:
    rule = entry.rule
    base = _base(rule.price, entry.scope, lines, scene)
    if base is None:
        return None
    share = rule.price.percent / 100
    due = rounded_to(base * share, rule.price.round_to, rule.price.rounding)
    owed = _bounded(due, rule.minimum, rule.maximum)
    is_share = rule.price.of is not None and owed == base * share
    quantity, unit_price = (
        (share, base) if is_share else (ONE, owed.quantize(Decimal("0.0001"), ROUND_HALF_UP))
    )
    is_part = is_share and share != ONE
    percent, amount = number(rule.price.percent), euro(base)
    explanation = LocalizedText(f"{percent.de} % von {amount.de}", f"{percent.en} % of {amount.en}")
    return PriceLine(
        rule=rule.id,
        label=localized(rule.label),
        quantity=quantity,
        unit="factor" if is_part else "event",
        unit_price=unit_price,
        amount=Money.from_decimal(quantity * unit_price),
        paragraph=rule.paragraph,
        explanation=explanation if is_share else localized(rule.label),
        kind=LineKind.CANCELLATION,
        unit_label=_SHARE if is_part else _EVENT,
    )


def _plus_line(rule: Cancellation, amount: Decimal) -> PriceLine:
    return PriceLine(
        rule=rule.id,
        label=_PLUS,
        quantity=ONE,
        unit="event",
        unit_price=amount,
        amount=Money.from_decimal(amount),
        paragraph=rule.paragraph,
        explanation=localized(rule.label),
        kind=LineKind.CANCELLATION,
        unit_label=_EVENT,
    )


def balances(rulebook: Rulebook, scene: Scene) -> dict[str, Decimal]:
    """What is left on the accounts the document keeps, never below zero."""
    left: dict[str, Decimal] = {}
    for entry in rulebook.accounts:
        if entry.meter is None or entry.second_meter is None or not entry.condition.holds(scene):
            continue
        start, used = entry.meter(scene), entry.second_meter(scene)
        if start is not None and used is not None:
            left[entry.rule.id] = max(start - used, Decimal(0))
    return left
