"""From one charge to its price lines: factors, labels and the sentence that explains them.

Not here: quantities and prices (``charging``).
"""

from decimal import Decimal
from functools import lru_cache

from booking_core.engines.ordinance.adjusting import factor_of
from booking_core.engines.ordinance.charging import Cell, Charge, Conflict, RawLine, raw_lines
from booking_core.engines.ordinance.contracts import LineKind, LocalizedText, PriceLine, Reason
from booking_core.engines.ordinance.draft import Draft
from booking_core.engines.ordinance.figures import euro, filled, localized, number
from booking_core.engines.ordinance.measuring import Unmeasurable
from booking_core.engines.ordinance.pieces import Silent
from booking_core.engines.ordinance.rulebook import Rulebook
from booking_core.engines.ordinance.scene import Scene
from booking_core.kernel.money import Money

ONE = Decimal(1)
CONFLICT = LocalizedText(
    "Mehrere Regeln der Satzung passen gleich gut. Bitte fragen Sie die Verwaltung.",
    "Several rules of the ordinance fit equally well. Please ask the administration.",
)
SILENT = LocalizedText(
    "Die Satzung nennt hierfür keinen Preis: {resource}. Darüber entscheidet die Verwaltung.",
    "The ordinance names no price for this: {resource}. The administration decides.",
)
_MISSING = LocalizedText("Für den Preis fehlt noch eine Angabe.", "One more answer is needed for the price.")


def add_lines(
    rulebook: Rulebook, charge: Charge, scene: Scene, draft: Draft, *, cell: Cell | None = None
) -> None:
    """Put the lines of a charge into the draft, or the reason why there are none."""
    rule = charge.rule
    try:
        raw = raw_lines(charge, scene, cell)
    except Silent:
        text = filled(SILENT, resource=rulebook.words.resource(scene.resources))
        draft.object("needs_decision", Reason(rule.id, "silent", text, rule.paragraph))
        return
    except Conflict:
        draft.object("needs_decision", Reason(rule.id, "conflict", CONFLICT, rule.paragraph))
        return
    except Unmeasurable as missing:
        draft.object(
            "needs_decision", Reason(rule.id, "missing_input", _MISSING, rule.paragraph, missing.field)
        )
        return
    if not raw:
        draft.passed_over(rule.id, "nothing", rule.paragraph)
        return
    factor, factors = factor_of(rulebook, scene, charge.kind, rule.id) if rulebook.factors else (ONE, [])
    for line in raw:
        draft.lines.append(_price_line(rulebook, charge, scene, line, factor))
    draft.charged(rule.id, raw[0].words, raw[0].paragraph)
    for entry in factors:
        draft.applied(entry.rule.id, localized(entry.rule.label), entry.rule.paragraph)


def _price_line(rulebook: Rulebook, charge: Charge, scene: Scene, raw: RawLine, factor: Decimal) -> PriceLine:
    resources = scene.resources
    is_whole = charge.kind is not LineKind.RATE and getattr(charge.rule, "per", "booking") == "booking"
    unit = rulebook.words.unit(raw.unit)
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
        explanation=_explanation(raw.quantity, unit, raw.price, factor, raw.words),
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


@lru_cache(maxsize=4096)
def _explanation(
    count: Decimal, unit: LocalizedText, price: Decimal, factor: Decimal, words: LocalizedText
) -> LocalizedText:
    quantity, amount = number(count), euro(price)
    german = f"{quantity.de} ({unit.de}) × {amount.de}"
    english = f"{quantity.en} ({unit.en}) × {amount.en}"
    if factor != ONE:
        percent = number(factor * 100)
        german, english = f"{german} × {percent.de} %", f"{english} × {percent.en} %"
    if words.de:
        german, english = f"{german}. Regel: {words.de}", f"{english}. Rule: {words.en}"
    return LocalizedText(german, english)
