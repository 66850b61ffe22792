"""One entry of a document (a group, a rate, a rule of use) as short sentences, field by field.

Not here: which entries differ (``comparing``), what a rule did to a booking (``quoting``).
"""

from collections.abc import Iterator
from decimal import Decimal

from booking_core.engines.ordinance.contracts import LocalizedText
from booking_core.engines.ordinance.figures import euro, joined, localized, number
from booking_core.engines.ordinance.language.conditions import CONDITION_FIELDS, When
from booking_core.engines.ordinance.language.examples import Example, Expected, ReadingExpected
from booking_core.engines.ordinance.language.measures import Measure
from booking_core.engines.ordinance.language.prices import PRICINGS, Bound, Cell, Charge, Price, Pricing
from booking_core.engines.ordinance.language.vocabulary import Part, Period, Text
from booking_core.engines.ordinance.units import unit_of
from booking_core.engines.ordinance.words import Words, period_in_words

_OUTCOMES = {
    "refused": LocalizedText("Ist das nicht erfüllt, wird abgelehnt", "Otherwise the booking is refused"),
    "needs_decision": LocalizedText("Ist das nicht erfüllt, wird entschieden", "Otherwise a clerk decides"),
    "rule_violation": LocalizedText(
        "Ist das nicht erfüllt, ist es ein Verstoß", "Otherwise it is a breach of the rules"
    ),
    "approval": LocalizedText("Braucht eine Bestätigung", "Needs a confirmation"),
    "hint": LocalizedText("Ein Hinweis", "A piece of advice"),
}
_EXPECTED = {
    "accepted": LocalizedText("Zulässig", "Allowed"),
    "refused": LocalizedText("Abgelehnt", "Refused"),
    "needs_decision": LocalizedText("Die Verwaltung entscheidet", "The administration decides"),
    "rule_violation": LocalizedText("Verstoß gegen die Regeln", "Breach of the rules"),
    "cancelled": LocalizedText("Abgesagt", "Cancelled"),
}
_NAMES = {
    "label": LocalizedText("Bezeichnung", "Name"),
    "name": LocalizedText("Name", "Name"),
    "question": LocalizedText("Frage", "Question"),
    "description": LocalizedText("Beschreibung", "Description"),
    "text": LocalizedText("Wortlaut", "Wording"),
    "reason": LocalizedText("Begründung", "Reason"),
    "note": LocalizedText("Hinweis", "Note"),
    "completeness": LocalizedText("Umfang", "Completeness"),
    "paragraph": LocalizedText("Fundstelle", "Paragraph"),
    "percent": LocalizedText("Prozent", "Percent"),
    "priority": LocalizedText("Vorrang", "Priority"),
    "pieces": LocalizedText("Anzahl", "Number of them"),
    "area_m2": LocalizedText("Fläche in m²", "Floor area in m²"),
    "max_quantity": LocalizedText("Höchstens bestellbar", "Most that can be ordered"),
    "minimum": LocalizedText("Mindestens", "At least"),
    "maximum": LocalizedText("Höchstens", "At most"),
    "measure": LocalizedText("Berechnet je", "Charged per"),
    "when": LocalizedText("Gilt für", "Applies to"),
    "require": LocalizedText("Verlangt", "Requires"),
    "due": LocalizedText("Fällig vorher", "Due before"),
    "in_force": LocalizedText("In Kraft", "In force"),
    "municipality": LocalizedText("Kommune", "Municipality"),
    "source": LocalizedText("Quelle", "Source"),
}


def field_name(field: str) -> LocalizedText:
    """What a field is called; an uncommon one is its own word."""
    return _NAMES.get(field) or LocalizedText(field, field)


def titled(item: Part, name: str) -> LocalizedText:
    """What an entry is called in a list: its label, its sentence, where it stands, else its id."""
    for field in ("label", "name", "question", "text"):
        text = getattr(item, field, None)
        if isinstance(text, Text):
            return _without_blanks(localized(text))
    said = getattr(item, "paragraph", "") or name
    return LocalizedText(said, said)


def field_words(words: Words, item: Part, field: str) -> tuple[LocalizedText, ...]:
    """One field of an entry in sentences; empty where there is nothing to say or no words for it."""
    value = getattr(item, _attribute(item, field), None)
    if value is None or value in ("", ()):
        return ()
    if field == "cells":
        return tuple(_cell(words, item, cell) for cell in value)
    if field == "expect" or (field == "readings" and isinstance(item, Example)):
        return tuple(_expected(one) for one in (value if isinstance(value, tuple) else (value,)))
    if field in PRICINGS:
        return (_price(words, item, value),)
    if field == "otherwise":
        return (_OUTCOMES[value],) if value in _OUTCOMES else ()
    said = tuple(_value(words, value))
    return tuple(_named(field, one) for one in said)


def _attribute(item: Part, field: str) -> str:
    fields = type(item).model_fields
    return field if field in fields else next((n for n, f in fields.items() if f.alias == field), field)


def _value(words: Words, value: object) -> Iterator[LocalizedText]:
    if isinstance(value, Text):
        yield _without_blanks(localized(value))
    elif isinstance(value, When):
        if (said := words.condition(value)).de:
            yield said
    elif isinstance(value, Bound):
        yield euro(value.amount)
    elif isinstance(value, Measure):
        yield words.unit(unit_of(value))
    elif isinstance(value, Period):
        yield period_in_words(value)
    elif isinstance(value, Decimal):
        yield number(value)
    elif isinstance(value, bool):
        yield LocalizedText("ja", "yes") if value else LocalizedText("nein", "no")
    elif isinstance(value, str | int):
        yield LocalizedText(str(value), str(value))


def _price(words: Words, item: Part, value: object) -> LocalizedText:
    if isinstance(item, Charge):
        return words.pricing(item, _unit(item))
    if isinstance(value, Price):
        return words.price(value)
    return words.pricing(item, "booking") if isinstance(item, Pricing) else LocalizedText("", "")


def _cell(words: Words, item: Part, cell: Cell) -> LocalizedText:
    given = {name: found for name in CONDITION_FIELDS if (found := getattr(cell, name, None)) is not None}
    condition = words.condition(When.model_construct(_fields_set=set(given), **given))
    price = words.pricing(cell, cell.unit or (_unit(item) if isinstance(item, Charge) else "booking"))
    if not condition.de:
        return price
    return LocalizedText(f"{condition.de}: {price.de}", f"{condition.en}: {price.en}")


def _expected(expected: Expected) -> LocalizedText:
    """The figures of an example: what it must cost, or what is said to it."""
    said = [
        LocalizedText(f"{name[0]} {euro(amount).de}", f"{name[1]} {euro(amount).en}")
        for name, amount in (
            (("Entgelt", "fee"), expected.total),
            (("nach Abrechnung", "after settlement"), expected.total_after_settlement),
            (("Kaution", "deposit"), expected.deposit),
        )
        if amount is not None
    ]
    if isinstance(expected, ReadingExpected):
        readings = ", ".join(expected.reading.values())
        said.append(LocalizedText(f"Auslegung {readings}", f"reading {readings}"))
    return joined([_EXPECTED[expected.outcome], *said], ", ", ", ")


def _unit(charge: Charge) -> str:
    return charge.unit or (unit_of(charge.measure) if charge.measure is not None else "booking")


def _named(field: str, said: LocalizedText) -> LocalizedText:
    name = field_name(field)
    return LocalizedText(f"{name.de}: {said.de}", f"{name.en}: {said.en}")


def _without_blanks(text: LocalizedText) -> LocalizedText:
    """A label may leave a blank for the resource; in a list it stands for any."""
    return LocalizedText(text.de.replace("{resource}", "…"), text.en.replace("{resource}", "…"))
