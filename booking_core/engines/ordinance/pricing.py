"""From a booking to its lines: exemptions, rates, add-ons, then what works on all of them.

Not here: how one charge is worked out (``charging``), limits and deposits.
"""

from collections.abc import Iterable
from decimal import Decimal

from booking_core.engines.ordinance.adjusting import add_surcharges, apply_caps, apply_taxes, factor_of
from booking_core.engines.ordinance.calendar import LocalSpan
from booking_core.engines.ordinance.charging import Charge, Conflict, RawLine, Silent, raw_lines
from booking_core.engines.ordinance.choosing import Choice, Offer, choose
from booking_core.engines.ordinance.contracts import LineKind, LocalizedText, PriceLine, Reason
from booking_core.engines.ordinance.draft import Draft
from booking_core.engines.ordinance.figures import euro, filled, localized, number
from booking_core.engines.ordinance.language.rules import Exemption
from booking_core.engines.ordinance.measuring import Unmeasurable
from booking_core.engines.ordinance.rulebook import Conditional, Rulebook
from booking_core.engines.ordinance.scene import Scene
from booking_core.engines.ordinance.units import unit_label
from booking_core.kernel.money import ZERO, Money

ONE = Decimal(1)
_MISSING = LocalizedText("Für den Preis fehlt noch eine Angabe.", "One more answer is needed for the price.")
_CONFLICT = LocalizedText(
    "Mehrere Regeln der Satzung passen gleich gut. Bitte fragen Sie die Verwaltung.",
    "Several rules of the ordinance fit equally well. Please ask the administration.",
)
_SILENT = LocalizedText(
    "Die Satzung nennt hierfür keinen Preis: {resource}. Darüber entscheidet die Verwaltung.",
    "The ordinance names no price for this: {resource}. The administration decides.",
)
_TIE = LocalizedText(
    "Diese Räume lassen sich nach der Satzung verschieden zusammenfassen. Darüber entscheidet die Verwaltung.",
    "The ordinance allows several packages of these resources. The administration decides.",
)


def price(rulebook: Rulebook, scene: Scene, draft: Draft) -> None:
    """Put all lines of a booking into the draft, in the order rates, add-ons and extras, surcharges, caps, tax."""
    exempted = _exempt(rulebook, scene, draft)
    left = tuple(name for name in scene.resources if not _is_exempt(exempted, LineKind.RATE, "", (name,)))
    if left:
        _add_rates(rulebook, scene, left, draft)
    _add_addons(rulebook, scene, exempted, draft, is_share=False)
    scene.lines = tuple(draft.lines)
    _add_addons(rulebook, scene, exempted, draft, is_share=True)
    add_surcharges(rulebook, scene, draft)
    apply_caps(rulebook, scene, draft)
    apply_taxes(rulebook, scene, draft)


def _exempt(
    rulebook: Rulebook, scene: Scene, draft: Draft
) -> list[tuple[Conditional[Exemption], frozenset[str]]]:
    """Exemptions that apply, each with the resources it frees, and their lines with 0.00."""
    active = []
    for entry in rulebook.exemptions:
        rule = entry.rule
        freed = [name for name in scene.resources if entry.condition.holds(scene.about(resources=(name,)))]
        if not freed:
            draft.passed_over(rule.id, entry.condition.first_failing(scene) or "nothing", rule.paragraph)
            continue
        active.append((entry, frozenset(freed)))
        draft.applied(rule.id, localized(rule.label), rule.paragraph)
        for names in [(name,) for name in freed] if rule.per == "resource" else [tuple(freed)]:
            label = filled(localized(rule.label), resource=rulebook.words.resource(names))
            draft.lines.append(
                PriceLine(
                    rule=rule.id,
                    label=label,
                    quantity=ONE,
                    unit=rule.unit,
                    unit_price=Decimal(0),
                    amount=ZERO,
                    paragraph=rule.paragraph,
                    explanation=entry.words if entry.words.de else label,
                    resource=names[0] if len(names) == 1 else None,
                    kind=LineKind.EXEMPTION,
                    unit_label=unit_label(rulebook.ordinance, rule.unit),
                )
            )
    return active


def _is_exempt(
    exempted: Iterable[tuple[Conditional[Exemption], frozenset[str]]],
    kind: LineKind,
    rule: str,
    resources: tuple[str, ...],
) -> bool:
    return any(entry.scope.includes(kind, rule) and freed.issuperset(resources) for entry, freed in exempted)


def _add_rates(rulebook: Rulebook, scene: Scene, resources: tuple[str, ...], draft: Draft) -> None:
    """Choose rates date by date, and price each chosen one over all its dates."""
    combinations = rulebook.ordinance.combinations
    dates_of: dict[tuple[str, int, tuple[str, ...]], tuple[Offer, list[LocalSpan]]] = {}
    for date in scene.dates:
        about = scene if len(scene.dates) == 1 else scene.about(dates=(date,))
        try:
            choice = choose(rulebook.rates, about, resources, combinations=combinations)
        except Conflict as conflict:
            choice = Choice((), (), (str(conflict),))
        _object_to(choice, rulebook, draft)
        for offer in choice.offers:
            dates_of.setdefault(offer.key, (offer, []))[1].append(date)
    order = {name: index for index, name in enumerate(resources)}
    chosen = sorted(dates_of.values(), key=lambda entry: order[entry[0].resources[0]])
    used = set()
    for offer, dates in chosen:
        used.add(offer.charge.rule.id)
        about = scene.about(resources=offer.resources, dates=tuple(dates))
        cell = None if offer.charge.is_split else offer.cell
        if cell is not None and cell.pricing.unpublished:
            draft.fee_known = False
        _add_lines(rulebook, offer.charge, about, draft, cell_of=offer)
    for charge in rulebook.rates:
        if charge.rule.id not in used:
            failing = charge.condition.first_failing(scene) or ("cells" if charge.rule.cells else "better")
            draft.passed_over(charge.rule.id, failing, charge.rule.paragraph)


def _object_to(choice: Choice, rulebook: Rulebook, draft: Draft) -> None:
    silence = rulebook.ordinance.silence
    known = {reason.code for reason in draft.reasons}
    if choice.unpriced and "silent" not in known:
        text = localized(silence.text) if silence.text is not None else _SILENT
        text = filled(text, resource=rulebook.words.resource(choice.unpriced))
        draft.object(silence.outcome, Reason("silent", "silent", text, field="resources"))
    if choice.conflicts and "conflict" not in known:
        draft.object("needs_decision", Reason(choice.conflicts[0], "conflict", _CONFLICT))
    if choice.is_tie and "combination" not in known:
        draft.object("needs_decision", Reason("combination", "combination", _TIE, field="resources"))


def _add_addons(
    rulebook: Rulebook,
    scene: Scene,
    exempted: list[tuple[Conditional[Exemption], frozenset[str]]],
    draft: Draft,
    *,
    is_share: bool,
) -> None:
    ordered = scene.booking.request.extras
    for charge in rulebook.addons:
        rule = charge.rule
        if any(cell.scope is not None for cell in charge.cells) is not is_share:
            continue
        extra = getattr(rule, "extra", None)
        if extra is not None and not ordered.get(extra):
            draft.passed_over(rule.id, "extra", rule.paragraph)
            continue
        if _is_exempt(exempted, charge.kind, rule.id, scene.resources):
            draft.passed_over(rule.id, "exempt", rule.paragraph)
            continue
        scene.quantity = ordered[extra] if extra is not None else ONE
        for about in _abouts(charge, scene):
            _add_lines(rulebook, charge, about, draft)
        failing = None if _abouts(charge, scene) else charge.condition.first_failing(scene) or "cells"
        if failing is not None:
            draft.passed_over(rule.id, failing, rule.paragraph)


def _abouts(charge: Charge, scene: Scene) -> list[Scene]:
    """The scenes in which an add-on applies: each resource, and only the dates that fit where it follows time."""
    scenes = [scene]
    if getattr(charge.rule, "per", "booking") == "resource":
        scenes = [scene.about(resources=(name,)) for name in scene.resources]
    found = []
    for about in scenes:
        if charge.by_date and len(about.dates) > 1:
            dates = tuple(date for date in about.dates if _applies(charge, about.about(dates=(date,))))
            if dates:
                found.append(about.about(dates=dates))
        elif _applies(charge, about):
            found.append(about)
    return found


def _applies(charge: Charge, scene: Scene) -> bool:
    if not charge.condition.holds(scene):
        return False
    return charge.is_split or any(cell.condition.holds(scene) for cell in charge.cells)


def _add_lines(
    rulebook: Rulebook, charge: Charge, scene: Scene, draft: Draft, *, cell_of: Offer | None = None
) -> None:
    rule = charge.rule
    try:
        raw = raw_lines(charge, scene, cell_of.cell if cell_of is not None else None)
    except Silent:
        text = filled(_SILENT, resource=rulebook.words.resource(scene.resources))
        draft.object("needs_decision", Reason(rule.id, "silent", text, rule.paragraph))
        return
    except Conflict:
        draft.object("needs_decision", Reason(rule.id, "conflict", _CONFLICT, rule.paragraph))
        return
    except Unmeasurable as missing:
        draft.object(
            "needs_decision", Reason(rule.id, "missing_input", _MISSING, rule.paragraph, missing.field)
        )
        return
    if not raw:
        draft.passed_over(rule.id, "nothing", rule.paragraph)
        return
    factor, factors = factor_of(rulebook, scene, charge.kind, rule.id)
    for line in raw:
        draft.lines.append(_price_line(rulebook, charge, scene, line, factor))
    draft.applied(rule.id, raw[0].words, raw[0].paragraph)
    for entry in factors:
        draft.applied(entry.rule.id, localized(entry.rule.label), entry.rule.paragraph)


def _price_line(rulebook: Rulebook, charge: Charge, scene: Scene, raw: RawLine, factor: Decimal) -> PriceLine:
    resources = scene.resources
    is_whole = charge.kind is not LineKind.RATE and getattr(charge.rule, "per", "booking") == "booking"
    unit = unit_label(rulebook.ordinance, raw.unit)
    return PriceLine(
        rule=charge.rule.id,
        label=_label(rulebook, charge, resources, raw),
        quantity=raw.quantity,
        unit=raw.unit,
        unit_price=raw.price,
        amount=Money.from_decimal(raw.quantity * raw.price * factor),
        factor=factor,
        after_use=charge.after_use,
        paragraph=raw.paragraph,
        explanation=_explanation(raw, unit, factor),
        resource=resources[0] if len(resources) == 1 and not is_whole else None,
        kind=charge.kind,
        unit_label=unit,
    )


def _label(rulebook: Rulebook, charge: Charge, resources: tuple[str, ...], raw: RawLine) -> LocalizedText:
    names = rulebook.words.resource(resources)
    own = charge.rule.label
    label = filled(localized(own), resource=names) if own is not None else names
    if raw.label is None:
        return label
    if "{resource}" in raw.label.de:
        return filled(localized(raw.label), resource=names)
    return LocalizedText(f"{label.de}: {raw.label.de}", f"{label.en}: {raw.label.en}")


def _explanation(raw: RawLine, unit: LocalizedText, factor: Decimal) -> LocalizedText:
    quantity, amount = number(raw.quantity), euro(raw.price)
    german = f"{quantity.de} ({unit.de}) × {amount.de}"
    english = f"{quantity.en} ({unit.en}) × {amount.en}"
    if factor != ONE:
        percent = number(factor * 100)
        german, english = f"{german} × {percent.de} %", f"{english} × {percent.en} %"
    if raw.words.de:
        german, english = f"{german}. Regel: {raw.words.de}", f"{english}. Rule: {raw.words.en}"
    return LocalizedText(german, english)
