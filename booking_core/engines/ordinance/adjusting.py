"""The ideas *factor*, *cap* and tax at work: percentages on lines, bounds over several lines, value added tax.

Not here: the lines they work on (``pricing``).
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from booking_core.engines.ordinance.contracts import LineKind, LocalizedText, PriceLine
from booking_core.engines.ordinance.draft import Draft
from booking_core.engines.ordinance.figures import euro, localized, number, rounded_to
from booking_core.engines.ordinance.language.rules import Adjustment, Cap, Tax
from booking_core.engines.ordinance.rulebook import Conditional, Rulebook
from booking_core.engines.ordinance.scene import Scene
from booking_core.kernel.money import Money

ONE = Decimal(1)
_SHARE = LocalizedText("Anteil", "share")
_FLAT = LocalizedText("pauschal", "flat")
_TAX = LocalizedText("Umsatzsteuer", "VAT")


def factor_of(
    rulebook: Rulebook, scene: Scene, kind: LineKind, rule: str
) -> tuple[Decimal, list[Conditional[Adjustment]]]:
    """The product of all in-line percentages for lines of a rule, and the rules behind it."""
    factor = ONE
    used = []
    for entry in rulebook.factors:
        if entry.scope.includes(kind, rule) and entry.condition.holds(scene):
            factor *= ONE + entry.rule.percent / 100
            used.append(entry)
    return factor, used


def add_surcharges(rulebook: Rulebook, scene: Scene, draft: Draft) -> None:
    """Percentages as lines of their own, on the lines whose resource meets the condition.

    All of them work on the same lines, so that their order does not matter.
    """
    before = tuple(line for line in draft.lines if not line.after_use)
    for entry in rulebook.surcharges:
        rule = entry.rule
        lines = [line for line in entry.scope.of(before) if entry.condition.holds(_about(scene, line))]
        lines = _chosen(lines, rule.which)
        base = sum((line.amount.euros for line in lines), Decimal(0))
        if not base:
            failing = entry.condition.first_failing(scene) or "nothing"
            draft.passed_over(rule.id, failing, rule.paragraph)
            continue
        draft.lines.append(_share_line(rule, rule.percent / 100, base, localized(rule.label)))
        draft.applied(rule.id, localized(rule.label), rule.paragraph)


def _chosen(lines: list[PriceLine], which: str) -> list[PriceLine]:
    """The lines of all resources, of the dearest one, or of all others; of equally dear ones the first."""
    if which == "all" or not lines:
        return lines
    sums: dict[str | None, int] = {}
    for line in lines:
        sums[line.resource] = sums.get(line.resource, 0) + line.amount.cents
    dearest = max(sums, key=lambda resource: sums[resource])
    return [line for line in lines if (line.resource == dearest) is (which == "dearest")]


def _about(scene: Scene, line: PriceLine) -> Scene:
    """A line of one resource is looked at as such, any other as part of the whole booking."""
    return scene if line.resource is None else scene.about(resources=(line.resource,))


def _share_line(rule: Adjustment, share: Decimal, base: Decimal, label: LocalizedText) -> PriceLine:
    percent, amount = number(rule.percent), euro(base)
    return PriceLine(
        rule=rule.id,
        label=label,
        quantity=share,
        unit="percent",
        unit_price=base,
        amount=Money.from_decimal(share * base),
        paragraph=rule.paragraph,
        explanation=LocalizedText(f"{percent.de} % von {amount.de}", f"{percent.en} % of {amount.en}"),
        kind=LineKind.SURCHARGE,
        unit_label=_SHARE,
    )


def apply_caps(rulebook: Rulebook, scene: Scene, draft: Draft) -> None:
    """Least and greatest amounts of several lines, shown as the difference."""
    for entry in rulebook.caps:
        failing = entry.condition.first_failing(scene)
        lines = (
            []
            if failing is not None
            else [line for line in entry.scope.of(draft.lines) if not line.after_use]
        )
        if failing is not None or not lines:
            draft.passed_over(entry.rule.id, failing or "nothing", entry.rule.paragraph)
            continue
        difference = _difference(entry.rule, lines, scene)
        if not difference:
            draft.passed_over(entry.rule.id, "nothing", entry.rule.paragraph)
            continue
        label = localized(entry.rule.label)
        draft.lines.append(
            PriceLine(
                rule=entry.rule.id,
                label=label,
                quantity=ONE,
                unit="flat",
                unit_price=difference,
                amount=Money.from_decimal(difference),
                paragraph=entry.rule.paragraph,
                explanation=label,
                kind=LineKind.SURCHARGE,
                unit_label=_FLAT,
            )
        )
        draft.applied(entry.rule.id, label, entry.rule.paragraph)


def _difference(cap: Cap, lines: Sequence[PriceLine], scene: Scene) -> Decimal:
    amount = sum((line.amount.euros for line in lines), Decimal(0))
    times = {
        "booking": 1,
        "date": len(scene.dates),
        "day": sum(date.day_count for date in scene.dates),
        "week": len({date.first_day.isocalendar()[:2] for date in scene.dates}),
        "month": len({(date.first_day.year, date.first_day.month) for date in scene.dates}),
    }
    if cap.maximum is not None:
        limit = cap.maximum.amount * times[cap.maximum.per]
        if amount > limit:
            return limit - amount
    if cap.minimum is not None:
        limit = cap.minimum.amount * times[cap.minimum.per]
        if amount < limit:
            return limit - amount
    return rounded_to(amount, cap.round_to, cap.rounding) - amount


def apply_taxes(rulebook: Rulebook, scene: Scene, draft: Draft) -> None:
    """Mark each line with its tax, and add one line per rate where tax comes on top.

    What is settled after use is taxed in a line of its own, settled then as well.
    """
    if not rulebook.taxes:
        return
    added: dict[tuple[Decimal, bool], tuple[Conditional[Tax], Decimal]] = {}
    marked = []
    for line in draft.lines:
        entry = _tax_for(rulebook.taxes, line, _about(scene, line))
        if entry is None:
            marked.append(line)
            continue
        rule = entry.rule
        marked.append(replace(line, tax_percent=rule.percent, tax_mode=rule.mode))
        if rule.mode == "added":
            key = (rule.percent, line.after_use)
            first, net = added.get(key, (entry, Decimal(0)))
            added[key] = (first, net + line.amount.euros)
    draft.lines[:] = marked
    for (percent, after_use), (entry, net) in added.items():
        draft.lines.append(_tax_line(entry.rule, percent, net, after_use))
        draft.applied(entry.rule.id, draft.lines[-1].label, entry.rule.paragraph)


def _tax_for(taxes: Sequence[Conditional[Tax]], line: PriceLine, scene: Scene) -> Conditional[Tax] | None:
    """The first that is about the line; they stand in the order of their rank."""
    return next(
        (
            entry
            for entry in taxes
            if entry.scope.includes(line.kind, line.rule) and entry.condition.holds(scene)
        ),
        None,
    )


def _tax_line(rule: Tax, percent: Decimal, net: Decimal, after_use: bool) -> PriceLine:
    said, base = number(percent), euro(net)
    label = (
        localized(rule.label)
        if rule.label is not None
        else LocalizedText(f"{_TAX.de} {said.de} %", f"{_TAX.en} {said.en} %")
    )
    return PriceLine(
        rule=rule.id,
        label=label,
        quantity=percent / 100,
        unit="vat",
        unit_price=net,
        amount=Money.from_decimal(net * percent / 100),
        after_use=after_use,
        paragraph=rule.paragraph,
        explanation=LocalizedText(f"{said.de} % auf {base.de} netto", f"{said.en} % on {base.en} net"),
        kind=LineKind.TAX,
        unit_label=_SHARE,
        tax_percent=percent,
        tax_mode="added",
    )
