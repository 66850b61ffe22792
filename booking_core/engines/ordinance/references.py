"""Whether every name a document uses leads somewhere, and every name is given once.

Not here: the shape of a document (``language``).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from booking_core.engines.ordinance.contracts import LocalizedText
from booking_core.engines.ordinance.language.conditions import THIS_RESOURCE, Booked, FactTest, Quota, When
from booking_core.engines.ordinance.language.examples import (
    BookingFacts,
    BookingRequest,
    Existing,
    Expected,
    ReadingExpected,
)
from booking_core.engines.ordinance.language.measures import Measure
from booking_core.engines.ordinance.language.model import Ambiguity, Extra, Fact, Ordinance, Resource
from booking_core.engines.ordinance.language.prices import Addon, Band, Cell, Charge, Price, PriceStep
from booking_core.engines.ordinance.language.rules import (
    SCOPE_WORDS,
    Account,
    Adjustment,
    Cap,
    Exemption,
    Tax,
)
from booking_core.engines.ordinance.language.vocabulary import Part
from booking_core.engines.ordinance.mistakes import Mistake, near_names
from booking_core.engines.ordinance.positions import Path
from booking_core.engines.ordinance.units import UNITS

Names = Mapping[str, frozenset[str]]
RULE_LISTS = (
    "handover",
    "rates",
    "addons",
    "adjustments",
    "caps",
    "exemptions",
    "deposit",
    "tax",
    "limits",
    "cancellation",
    "payment",
    "accounts",
)
NAMED_LISTS = (
    "resources",
    "groups",
    "purposes",
    "extras",
    "facts",
    "units",
    "ambiguities",
    "day_parts",
    "classes",
    "examples",
)
_WORDS = {
    "resource": ("Ressource", "resource"),
    "group": ("Nutzergruppe", "group"),
    "purpose": ("Zweck", "purpose"),
    "part": ("Tagesabschnitt", "day part"),
    "extra": ("Zusatz", "extra"),
    "fact": ("Frage", "fact"),
    "measured": ("nach der Nutzung abgelesener Wert (facts mit after_use)", "fact with after_use"),
    "class": ("Klasse", "class"),
    "reading": ("Mehrdeutigkeit", "ambiguity"),
    "scope": (
        "Regel, Zusatz oder all/rates/extras/addons/surcharges",
        "rule, extra or all/rates/extras/addons/surcharges",
    ),
    "rule": ("Regel", "rule"),
    "unit": ("Einheit", "unit"),
    "account": ("Konto", "account"),
}
# Which field of which part names what.
_NAMED_BY: tuple[tuple[type[Part], str, str], ...] = (
    (When, "resource", "resource"),
    (When, "uses", "resource"),
    (When, "group", "group"),
    (When, "purpose", "purpose"),
    (When, "part", "part"),
    (When, "extra", "extra"),
    (When, "facts", "fact"),
    (When, "classes", "class"),
    (When, "reading", "reading"),
    (Booked, "of", "resource"),
    (Quota, "of", "resource"),
    (Measure, "fact", "fact"),
    (Measure, "measured", "measured"),
    (Price, "fact", "fact"),
    (Price, "measured", "measured"),
    (Price, "like", "resource"),
    (Price, "of", "scope"),
    (Adjustment, "of", "scope"),
    (Cap, "of", "scope"),
    (Exemption, "of", "scope"),
    (Tax, "of", "scope"),
    (Addon, "extra", "extra"),
    (Charge, "unit", "unit"),
    (Cell, "unit", "unit"),
    (Band, "unit", "unit"),
    (PriceStep, "unit", "unit"),
    (Account, "unit", "unit"),
    (Exemption, "unit", "unit"),
    (Extra, "unit", "unit"),
    (Fact, "unit", "unit"),
    (Resource, "part_of", "resource"),
    (Resource, "comprises", "resource"),
    (Extra, "resources", "resource"),
    (Fact, "resources", "resource"),
    (Fact, "groups", "group"),
    (Fact, "purposes", "purpose"),
    (Ordinance, "priority_order", "group"),
    (BookingFacts, "resources", "resource"),
    (BookingFacts, "group", "group"),
    (BookingFacts, "further_groups", "group"),
    (BookingFacts, "purpose", "purpose"),
    (BookingFacts, "pieces", "resource"),
    (BookingFacts, "extras", "extra"),
    (BookingFacts, "facts", "fact"),
    (BookingFacts, "measured", "measured"),
    (BookingRequest, "readings", "reading"),
    (Existing, "resource", "resource"),
    (Expected, "reason", "rule"),
    (Expected, "balances", "account"),
    (ReadingExpected, "reading", "reading"),
)


def dangling_references(ordinance: Ordinance) -> tuple[Mistake, ...]:
    """Every name that leads nowhere, and every name given twice."""
    return (*_given_twice(ordinance), *_leading_nowhere(ordinance, ordinance))


def unknown_names(booking: BookingRequest, ordinance: Ordinance) -> tuple[Mistake, ...]:
    """Every name in a request that the document does not know."""
    return tuple(_leading_nowhere(booking, ordinance))


def _leading_nowhere(whole: Part, ordinance: Ordinance) -> Iterator[Mistake]:
    names = _names(ordinance)
    inner = _inner_names(ordinance)
    for path, part in parts_of(whole, ()):
        for kind, field, namespace in _NAMED_BY:
            if isinstance(part, kind):
                yield from _missing(names, namespace, getattr(part, field), (*path, field))
        yield from _values_missing(inner, part, path)


def _names(ordinance: Ordinance) -> Names:
    rules = frozenset(rule.id for listed in RULE_LISTS for rule in getattr(ordinance, listed))
    extras = frozenset(extra.id for extra in ordinance.extras)
    return {
        "resource": frozenset(resource.id for resource in ordinance.resources),
        "group": frozenset(group.id for group in ordinance.groups),
        "purpose": frozenset(purpose.id for purpose in ordinance.purposes),
        "part": frozenset(part.id for part in ordinance.day_parts),
        "extra": extras,
        "fact": frozenset(fact.id for fact in ordinance.facts),
        "measured": frozenset(fact.id for fact in ordinance.facts if fact.after_use),
        "class": frozenset(entry.id for entry in ordinance.classes),
        "reading": frozenset(ambiguity.id for ambiguity in ordinance.ambiguities),
        "scope": rules | extras | frozenset(SCOPE_WORDS),
        "rule": rules
        | frozenset({"silent", "conflict", "missing_input", "combination", "taken", "mixed_groups"}),
        "unit": frozenset(UNITS) | frozenset(unit.id for unit in ordinance.units),
        "account": frozenset(account.id for account in ordinance.accounts),
    }


def parts_of(part: Part, path: Path) -> Iterator[tuple[Path, Part]]:
    """The part itself and every part inside it that the document wrote, with its path."""
    yield path, part
    for name, field in type(part).model_fields.items():
        if name in part.model_fields_set:
            yield from _inside(getattr(part, name), (*path, field.alias or name))


def _inside(value: object, path: Path) -> Iterator[tuple[Path, Part]]:
    if isinstance(value, Part):
        yield from parts_of(value, path)
    elif isinstance(value, tuple):
        for index, entry in enumerate(value):
            yield from _inside(entry, (*path, index))
    elif isinstance(value, dict):
        for key, entry in value.items():
            yield from _inside(entry, (*path, key))


def _missing(names: Names, namespace: str, value: object, path: Path) -> Iterator[Mistake]:
    if value is None:
        return
    if isinstance(value, str):
        if value not in names[namespace]:
            yield _unknown(namespace, value, names[namespace], path)
    elif isinstance(value, tuple):
        for index, entry in enumerate(value):
            if isinstance(entry, str) and entry not in names[namespace]:
                yield _unknown(namespace, entry, names[namespace], (*path, index))
    elif isinstance(value, dict):
        for key in value:
            if key not in names[namespace]:
                yield _unknown(namespace, key, names[namespace], (*path, key))


@dataclass(frozen=True, slots=True)
class _InnerNames:
    """Names within names: readings of an ambiguity, values of a class, options and resources an answer can name."""

    readings: Names
    classes: Names
    answers: frozenset[str]


def _inner_names(ordinance: Ordinance) -> _InnerNames:
    return _InnerNames(
        {a.id: frozenset(r.id for r in a.readings) for a in ordinance.ambiguities},
        {c.id: frozenset(v.id for v in c.values) for c in ordinance.classes},
        frozenset(option.id for fact in ordinance.facts for option in fact.options)
        | frozenset(resource.id for resource in ordinance.resources),
    )


def _values_missing(inner: _InnerNames, part: Part, path: Path) -> Iterator[Mistake]:
    if isinstance(part, Ambiguity) and part.default not in inner.readings[part.id]:
        yield _unknown("reading", part.default, inner.readings[part.id], (*path, "default"))
    if isinstance(part, When | ReadingExpected):
        for key, wanted in (part.reading or {}).items():
            yield from _inner_missing(inner.readings, "reading", key, wanted, (*path, "reading"))
    if isinstance(part, BookingRequest):
        for key, chosen in part.readings.items():
            yield from _inner_missing(inner.readings, "reading", key, chosen, (*path, "readings"))
    if isinstance(part, When):
        for key, wanted in (part.classes or {}).items():
            yield from _inner_missing(inner.classes, "class", key, wanted, (*path, "classes"))
    if isinstance(part, FactTest) and part.includes not in (None, THIS_RESOURCE):
        yield from _missing({"fact": inner.answers}, "fact", part.includes, (*path, "includes"))


def _inner_missing(known: Names, namespace: str, key: str, wanted: object, path: Path) -> Iterator[Mistake]:
    """Values of a name that is known; an unknown one has been told already."""
    if key in known:
        yield from _missing({namespace: known[key]}, namespace, wanted, (*path, key))


def _given_twice(ordinance: Ordinance) -> Iterator[Mistake]:
    for listed in NAMED_LISTS:
        yield from _repeated(
            ((listed, index), entry.id) for index, entry in enumerate(getattr(ordinance, listed))
        )
    for listed, inner in (("facts", "options"), ("ambiguities", "readings"), ("classes", "values")):
        for index, entry in enumerate(getattr(ordinance, listed)):
            yield from _repeated(
                ((listed, index, inner, row), one.id) for row, one in enumerate(getattr(entry, inner))
            )
    rules: list[tuple[Path, str]] = [
        ((listed, index), rule.id)
        for listed in RULE_LISTS
        for index, rule in enumerate(getattr(ordinance, listed))
    ]
    yield from _repeated(iter(rules))
    for path, name in rules:
        if name in SCOPE_WORDS:
            message = LocalizedText(
                f"{name} ist ein Wort der Sprache und kann keine Regel benennen.",
                f"{name} is a word of the language and cannot name a rule.",
            )
            yield Mistake((*path, "id"), message)


def _repeated(entries: Iterator[tuple[Path, str]]) -> Iterator[Mistake]:
    seen: set[str] = set()
    for path, name in entries:
        if name in seen:
            message = LocalizedText(
                f"Der Name {name} ist schon vergeben.", f"The name {name} is already taken."
            )
            yield Mistake((*path, "id"), message)
        seen.add(name)


def _unknown(namespace: str, name: str, known: frozenset[str], path: Path) -> Mistake:
    german, english = _WORDS[namespace]
    hint = near_names(name, known)
    if namespace == "unit":
        hint = LocalizedText(
            f"{hint.de} Eigene stehen unter units.", f"{hint.en} Units of your own stand under units."
        )
    return Mistake(
        path,
        LocalizedText(
            f"Unbekannt: {name}. Hier wird erwartet: {german}.{hint.de}",
            f"Unknown: {name}. Expected here: {english}.{hint.en}",
        ),
    )
