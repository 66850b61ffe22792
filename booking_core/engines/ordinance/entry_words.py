"""Any entry of a document in words, field by field: for the editor's tables, for comparisons and for the council.

Not here: what fields are called (``field_words``), conditions and measures (``condition_words``).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from booking_core.engines.ordinance.condition_words import ConditionWords
from booking_core.engines.ordinance.contracts import NO_TEXT, LocalizedText
from booking_core.engines.ordinance.field_words import FIELDS, choice_words, field_words
from booking_core.engines.ordinance.figures import euro, filled, joined, localized, number
from booking_core.engines.ordinance.language.conditions import When
from booking_core.engines.ordinance.language.examples import Expected, ExpectedLine
from booking_core.engines.ordinance.language.measures import Measure
from booking_core.engines.ordinance.language.model import Ordinance
from booking_core.engines.ordinance.language.prices import (
    Band,
    Bound,
    Cell,
    Charge,
    Price,
    PriceStep,
    Pricing,
)
from booking_core.engines.ordinance.language.rules import SCOPE_WORDS, Deposit
from booking_core.engines.ordinance.language.vocabulary import Part, Period, Text
from booking_core.engines.ordinance.references import RULE_LISTS
from booking_core.engines.ordinance.units import unit_of
from booking_core.engines.ordinance.words import period_in_words

_ALWAYS = LocalizedText("immer", "always")
_YES, _NO = LocalizedText("ja", "yes"), LocalizedText("nein", "no")
_OFFER = LocalizedText("das Angebot", "the offer")
_LIST_OF = {
    "resources": "resources", "groups": "groups", "purposes": "purposes", "comprises": "resources",
    "part_of": "resources", "extra": "extras", "priority_order": "groups", "group": "groups",
    "further_groups": "groups", "purpose": "purposes", "extras": "extras", "facts": "facts", "measured": "facts",
    "resource": "resources", "pieces": "resources", "reading": "ambiguities", "balances": "accounts",
}  # fmt: skip
_AMOUNTS = frozenset(
    {"total", "total_after_settlement", "deposit", "to_pay", "after_return", "amount", "flat"}
)
_EXPECTED = {
    "total": LocalizedText("Summe", "total"),
    "total_after_settlement": LocalizedText("nach der Nutzung", "after use"),
    "deposit": LocalizedText("Kaution", "deposit"),
    "to_pay": LocalizedText("zu zahlen", "to pay"),
    "after_return": LocalizedText("nach der Rückgabe", "after return"),
    "outcome": LocalizedText("Ergebnis", "outcome"),
    "lines": LocalizedText("Zeilen", "lines"),
}


_Say = Callable[[str, Any, Part | None], LocalizedText]


@dataclass(frozen=True, slots=True)
class FieldInWords:
    """One field of an entry: its name in the document, what it is called and what stands in it."""

    field: str
    label: LocalizedText
    text: LocalizedText


class EntryWords:
    """Says entries in the labels of one document."""

    def __init__(self, ordinance: Ordinance) -> None:
        self.ordinance = ordinance
        self.conditions = ConditionWords(ordinance)
        self.words = self.conditions.words
        self._sayings: tuple[tuple[Any, _Say], ...] = (
            ((Pricing, Price, PriceStep, Band), lambda field, value, entry: self.price(value, _unit(entry))),
            (When, lambda field, value, entry: self.conditions.condition(value) if value.model_fields_set else _ALWAYS),
            (Measure, lambda field, value, entry: self.conditions.measure(value)),
            (Text, lambda field, value, entry: localized(value)),
            (Period, lambda field, value, entry: period_in_words(value)),
            (Bound, lambda field, value, entry: _bound(value)),
            (ExpectedLine, lambda field, value, entry: _expected_line(value)),
            (Part, lambda field, value, entry: self._part(value)),
            (Mapping, lambda field, value, entry: self._mapping(field, value)),
            (tuple, self._listed),
            (bool, lambda field, value, entry: _YES if value else _NO),
            (Decimal, lambda field, value, entry: euro(value) if field in _AMOUNTS else number(value)),
            (datetime, lambda field, value, entry: _moment(value)),
        )  # fmt: skip

    def name(self, entry: Part) -> LocalizedText:
        """What the entry is called: its label or sentence, else its id."""
        for field in ("label", "text", "question", "reason", "note"):
            text = getattr(entry, field, None)
            if isinstance(text, Text):
                return filled(localized(text), resource=_OFFER)
            if isinstance(text, str) and text:
                return LocalizedText(text, text)
        if isinstance(entry, Charge):
            about = self.conditions.condition(entry.when)
            if entry.paragraph or about.de:
                return about if not entry.paragraph else LocalizedText(entry.paragraph, entry.paragraph)
        own = str(getattr(entry, "id", ""))
        return LocalizedText(own, own)

    def fields(self, entry: Part, *, without: frozenset[str] = frozenset({"id"})) -> tuple[FieldInWords, ...]:
        """Every field the document wrote, in the order people need them."""
        said = {}
        for name, info in type(entry).model_fields.items():
            key = info.alias or name
            if name in entry.model_fields_set and key not in without:
                said[key] = FieldInWords(key, field_words(key), self.value(key, getattr(entry, name), entry))
        order = {key: place for place, key in enumerate(FIELDS)}
        return tuple(said[key] for key in sorted(said, key=lambda key: order.get(key, len(order))))

    def value(self, field: str, value: object, entry: Part | None = None) -> LocalizedText:
        """One value in words; ``entry`` tells the unit of a price."""
        if value is None or value in ((), {}):
            return NO_TEXT
        for kinds, say in self._sayings:
            if isinstance(value, kinds):
                return say(field, value, entry)
        return self._scalar(field, str(value))

    def price(self, value: Part, unit: str) -> LocalizedText:
        """A price, step, band or row of a table."""
        if isinstance(value, Cell):
            condition = self.conditions.condition(value)
            price = self.words.pricing(value, value.unit or unit)
            return _named(condition, price) if condition.de else price
        if isinstance(value, PriceStep):
            reach = self.conditions.measure(value.up_to) if value.up_to is not None else None
            return _reach(reach, self.words.price(value.price), value.label)
        if isinstance(value, Band):
            reach = self.conditions.measure(value.up_to) if value.up_to is not None else None
            each = self.words.price(value.each or value.flat or Price())
            per = self.words.unit(value.unit or unit)
            price = (
                each
                if value.each is None
                else LocalizedText(f"{each.de} je {per.de}", f"{each.en} per {per.en}")
            )
            return _reach(reach, price, value.label)
        if isinstance(value, Pricing):
            return self.words.pricing(value, unit)
        return self.single_price(value) if isinstance(value, Price) else NO_TEXT

    def single_price(self, price: Price) -> LocalizedText:
        """Where one amount comes from, and how it is rounded."""
        percent = number(price.percent)
        said = self.words.price(price)
        if price.of is not None:
            of = self.value("of", price.of)
            said = LocalizedText(f"{percent.de} % von: {of.de}", f"{percent.en} % of: {of.en}")
        for name, words in (
            ("fact", ("Betrag aus", "amount from")),
            ("measured", ("nach der Nutzung:", "after use:")),
        ):
            source = getattr(price, name)
            if source is not None:
                answer = self.conditions.labels("facts", [source])
                said = LocalizedText(f"{words[0]} „{answer.de}“", f"{words[1]} “{answer.en}”")
                if "percent" in price.model_fields_set:
                    said = LocalizedText(f"{percent.de} %, {said.de}", f"{percent.en} %, {said.en}")
        if price.round_to is not None:
            step = euro(price.round_to)
            said = LocalizedText(f"{said.de}, gerundet auf {step.de}", f"{said.en}, rounded to {step.en}")
        return said

    def _part(self, value: Part) -> LocalizedText:
        inner = self.fields(value, without=frozenset({"id", "description", "paragraph"}))
        if isinstance(value, Expected):
            return joined([_named(_EXPECTED.get(one.field, one.label), one.text) for one in inner])
        own = [one.text for one in inner if one.field in ("label", "question")]
        rest = [one.text for one in inner if one.field not in ("label", "question")]
        return _named(own[0], joined(rest, ", ", ", ")) if own and rest else joined(own or rest, ", ", ", ")

    def _mapping(self, field: str, value: Mapping[str, object]) -> LocalizedText:
        return joined([_named(self._named(field, key), self.value("", one)) for key, one in value.items()])

    def _listed(self, field: str, value: tuple[object, ...], entry: Part | None) -> LocalizedText:
        marks = (", ", ", ") if all(isinstance(one, str) for one in value) else ("; ", "; ")
        return joined([self.value(field, one, entry) for one in value], *marks)

    def _scalar(self, field: str, text: str) -> LocalizedText:
        if field == "unit":
            return self.words.unit(text)
        if field == "of" and text not in SCOPE_WORDS:
            return self._rule(text)
        return self._named(field, text) if field in _LIST_OF else choice_words(field, text)

    def _named(self, field: str, name: str) -> LocalizedText:
        if field not in _LIST_OF:
            return LocalizedText(name, name)
        for entry in getattr(self.ordinance, _LIST_OF[field]):
            if entry.id == name:
                return self.name(entry)
        return LocalizedText(name, name)

    def _rule(self, name: str) -> LocalizedText:
        for listed in (*RULE_LISTS, "extras"):
            for entry in getattr(self.ordinance, listed):
                if entry.id == name:
                    return self.name(entry)
        return LocalizedText(name, name)


def _moment(value: datetime) -> LocalizedText:
    return LocalizedText(f"{value:%d.%m.%Y, %H:%M}", f"{value:%Y-%m-%d, %H:%M}")


def _bound(value: Bound) -> LocalizedText:
    amount, per = euro(value.amount), choice_words("per", value.per)
    return LocalizedText(f"{amount.de} {per.de}", f"{amount.en} {per.en}")


def _expected_line(value: ExpectedLine) -> LocalizedText:
    quantity, price, amount = number(value.qty), euro(value.price), euro(value.amount)
    return LocalizedText(
        f"{quantity.de} × {price.de} = {amount.de}", f"{quantity.en} × {price.en} = {amount.en}"
    )


def _unit(entry: Part | None) -> str:
    if isinstance(entry, Charge):
        if entry.unit is not None:
            return entry.unit
        return unit_of(entry.measure) if entry.measure is not None else "booking"
    return "booking" if isinstance(entry, Deposit) or entry is None else "piece"


def _named(name: LocalizedText, text: LocalizedText) -> LocalizedText:
    return LocalizedText(f"{name.de}: {text.de}", f"{name.en}: {text.en}") if text.de else name


def _reach(reach: LocalizedText | None, price: LocalizedText, label: Text | None) -> LocalizedText:
    if label is not None:
        return _named(localized(label), price)
    if reach is None:
        return LocalizedText(f"darüber {price.de}", f"beyond {price.en}")
    return LocalizedText(f"bis {reach.de}: {price.de}", f"up to {reach.en}: {price.en}")
