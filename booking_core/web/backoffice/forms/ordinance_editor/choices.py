"""What the fields of a document can refer to, with labels in the language of the page.

Not here: which field offers what (``entries``).
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any, cast

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from booking_core.engines.ordinance import Document, document_to_data
from booking_core.engines.ordinance.condition_words import KINDS
from booking_core.engines.ordinance.entry_words import EntryWords
from booking_core.engines.ordinance.field_words import choice_words
from booking_core.engines.ordinance.language.measures import Measure
from booking_core.engines.ordinance.language.rules import SCOPE_WORDS
from booking_core.engines.ordinance.references import RULE_LISTS
from booking_core.engines.ordinance.units import UNITS
from booking_core.web.backoffice.forms.fields import Choices
from booking_core.web.backoffice.presenters.quotes import in_words

Entry = dict[str, Any]
_PRICED = ("rates", "addons", "adjustments", "caps")


class DocumentChoices:
    """Lists to choose from, out of one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.data = document_to_data(document)
        self.words = EntryWords(document.content)

    def entries(self, listed: str) -> list[Entry]:
        """The entries of a list as plain data."""
        return cast(list[Entry], self.data.get(listed, []))

    def of(self, listed: str) -> Choices:
        """The entries of a list as choices."""
        return [(str(entry["id"]), label_of(entry)) for entry in self.entries(listed)]

    def facts(self, *, after_use: bool | None = None, kind: str = "") -> Choices:
        """Questions as choices."""
        return [
            (str(fact["id"]), label_of(fact))
            for fact in self.entries("facts")
            if (after_use is None or bool(fact.get("after_use")) == after_use)
            and (not kind or fact.get("kind", "yes_no") == kind)
        ]

    def units(self) -> Choices:
        """Units of the document and those every document knows."""
        own = self.of("units")
        known = {name for name, _label in own}
        return [*own, *((name, in_words(text)) for name, text in UNITS.items() if name not in known)]

    def scopes(self) -> Choices:
        """What a surcharge, cap, exemption or percentage can be about."""
        rules = [
            (entry.id, in_words(self.words.name(entry)))
            for listed in _PRICED
            for entry in getattr(self.document.content, listed)
        ]
        seen = {name for name, _label in rules}
        extras = [(name, label) for name, label in self.of("extras") if name not in seen]
        return [*fixed("of", SCOPE_WORDS), *rules, *extras]

    def measures(self) -> Choices:
        """Everything a condition can count, as codes of ``measure_code``; also what this document puts together."""
        counted = [(measure_code({"count": name}), label) for name, label in measures()]
        counted += [(measure_code({"fact": name}), label) for name, label in self.facts(kind="number")]
        known = {code for code, _label in counted}
        for measure in measures_in(self.data):
            code = measure_code(measure)
            if code not in known:
                known.add(code)
                words = self.words.conditions.measure(Measure.model_validate(measure))
                counted.append((code, in_words(words)))
        return counted

    def rules(self) -> Choices:
        """Every rule, by list."""
        return [
            (entry.id, in_words(self.words.name(entry)))
            for listed in RULE_LISTS
            for entry in getattr(self.document.content, listed)
        ]


def measure_code(measure: Mapping[str, Any]) -> str:
    """A measure as a form sends it."""
    return json.dumps(measure, sort_keys=True, separators=(",", ":"))


def measures_in(data: object) -> Iterator[Mapping[str, Any]]:
    """The measures that conditions of a document compare, wherever they stand."""
    if isinstance(data, Mapping):
        for test in data.get("values") or ():
            if isinstance(test, Mapping) and isinstance(test.get("of"), Mapping):
                yield test["of"]
        for inner in data.values():
            yield from measures_in(inner)
    elif isinstance(data, list | tuple):
        for inner in data:
            yield from measures_in(inner)


def label_of(entry: Mapping[str, Any]) -> str:
    """An entry's label in the language of the page; its id where it has none."""
    label = entry.get("label") or entry.get("question") or {}
    language = "en" if str(get_language() or "de").startswith("en") else "de"
    return str(label.get(language) or entry.get("id", ""))


def fixed(field: str, values: tuple[str, ...]) -> Choices:
    """The fixed choices of a field of the language."""
    return [(value, in_words(choice_words(field, value))) for value in values]


def resource_kinds() -> Choices:
    """Kinds of things that can be booked."""
    return [(name, in_words(text)) for name, text in KINDS.items()]


def weekdays() -> Choices:
    """Weekdays by the language's short names."""
    return [("mon", _("Montag")), ("tue", _("Dienstag")), ("wed", _("Mittwoch")), ("thu", _("Donnerstag")),
            ("fri", _("Freitag")), ("sat", _("Samstag")), ("sun", _("Sonntag"))]  # fmt: skip


def measures() -> Choices:
    """What can be counted, for a price per unit."""
    return [
        ("booking", _("Buchung (einmal)")), ("dates", _("Termin")), ("hours", _("Stunde")), ("minutes", _("Minute")),
        ("days", _("Kalendertag")), ("nights", _("Nacht")), ("days_24h", _("24 Stunden")),
        ("handover_periods", _("Übergabezeitraum")), ("weeks", _("Woche")), ("months", _("Monat")),
        ("weekly_hours", _("Wochenstunde (der vollsten Woche)")), ("persons", _("Person")), ("pieces", _("Stück")),
        ("quantity", _("Bestellte Menge")), ("resources", _("Angebot")), ("area_m2", _("Quadratmeter")),
    ]  # fmt: skip
