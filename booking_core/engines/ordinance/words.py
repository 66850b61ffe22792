"""Conditions, periods and prices of a document as words, for explanations and price tables.

Not here: which of them apply to a booking.
"""

from collections.abc import Iterable, Sequence

from booking_core.engines.ordinance.contracts import LocalizedText
from booking_core.engines.ordinance.figures import euro, joined, localized, number
from booking_core.engines.ordinance.language.conditions import FactTest, When
from booking_core.engines.ordinance.language.measures import Measure
from booking_core.engines.ordinance.language.model import Named, Ordinance
from booking_core.engines.ordinance.language.prices import Band, Price, Pricing
from booking_core.engines.ordinance.language.vocabulary import Notice, Period, Range, Season
from booking_core.engines.ordinance.units import UNITS, unit_label

_WEEKDAYS = {
    "mon": ("Mo", "Mon"),
    "tue": ("Di", "Tue"),
    "wed": ("Mi", "Wed"),
    "thu": ("Do", "Thu"),
    "fri": ("Fr", "Fri"),
    "sat": ("Sa", "Sat"),
    "sun": ("So", "Sun"),
}
# Why a rule did not apply: the thing its condition looked at.
ASPECTS: dict[str, LocalizedText] = {
    "group": LocalizedText("andere Nutzergruppe", "another customer group"),
    "purpose": LocalizedText("anderer Zweck", "another purpose"),
    "resource": LocalizedText("andere Ressource", "another resource"),
    "uses": LocalizedText("andere Ressource", "another resource"),
    "kind": LocalizedText("andere Art von Ressource", "another kind of resource"),
    "part": LocalizedText("anderer Tagesabschnitt", "another part of the day"),
    "extra": LocalizedText("Zusatz nicht bestellt", "extra not ordered"),
    "facts": LocalizedText("andere Angabe", "another answer"),
    "classes": LocalizedText("andere Klasse", "another class"),
    "reading": LocalizedText("andere Lesart gewählt", "another reading chosen"),
    "booked": LocalizedText("andere Anzahl von Ressourcen", "another number of resources"),
    "persons": LocalizedText("andere Personenzahl", "another number of persons"),
    "hours": LocalizedText("andere Dauer", "another duration"),
    "days": LocalizedText("andere Zahl von Tagen", "another number of days"),
    "dates": LocalizedText("andere Zahl von Terminen", "another number of dates"),
    "area_m2": LocalizedText("andere Fläche", "another floor area"),
    "values": LocalizedText("anderer Wert", "another figure"),
    "quota": LocalizedText("Kontingent", "quota"),
    "weekday": LocalizedText("anderer Wochentag", "another weekday"),
    "season": LocalizedText("andere Jahreszeit", "another season"),
    "between": LocalizedText("andere Tage", "other days"),
    "holiday": LocalizedText("Feiertag", "public holiday"),
    "starts": LocalizedText("andere Anfangszeit", "another start time"),
    "ends": LocalizedText("andere Endzeit", "another end time"),
    "lead": LocalizedText("andere Vorlaufzeit", "another lead time"),
    "notice": LocalizedText("anderer Zeitpunkt der Absage", "another time of cancellation"),
    "any_of": LocalizedText("keine der Bedingungen erfüllt", "none of the conditions met"),
    "none_of": LocalizedText("ausgeschlossener Fall", "excluded case"),
    "cells": LocalizedText("keine Zeile der Tabelle passt", "no row of the table fits"),
    "better": LocalizedText("eine genauere Regel geht vor", "a more specific rule goes first"),
    "exempt": LocalizedText("befreit", "exempt"),
    "nothing": LocalizedText("es fällt nichts an", "nothing to charge"),
}


class Words:
    """Says things in the labels of one document."""

    def __init__(self, ordinance: Ordinance) -> None:
        self.ordinance = ordinance
        self.resources = {entry.id: localized(entry.label) for entry in ordinance.resources}
        self.units = {**UNITS, **{entry.id: localized(entry.label) for entry in ordinance.units}}

    def resource(self, names: Iterable[str]) -> LocalizedText:
        """The labels of resources, joined."""
        labels = [self.resources.get(name) or LocalizedText(name, name) for name in names]
        return labels[0] if len(labels) == 1 else joined(labels, ", ", ", ")

    def unit(self, name: str) -> LocalizedText:
        """A unit in words; an unknown one is its own word."""
        return self.units.get(name) or unit_label(self.ordinance, name)

    def condition(self, when: When, *, without: Sequence[str] = ()) -> LocalizedText:
        """What a condition asks for; empty where it asks for nothing (or only for fields in ``without``)."""
        said: list[LocalizedText] = []
        for field, name, entries in (
            ("resource", ("Ressource", "resource"), None),
            ("uses", ("Ressource", "resource"), None),
            ("group", ("Gruppe", "group"), self.ordinance.groups),
            ("purpose", ("Zweck", "purpose"), self.ordinance.purposes),
            ("part", ("Tagesabschnitt", "part of day"), self.ordinance.day_parts),
        ):
            wanted = getattr(when, field)
            if wanted is not None and field not in without:
                labels = self.resource(wanted) if entries is None else self._labels(wanted, entries)
                said.append(LocalizedText(f"{name[0]}: {labels.de}", f"{name[1]}: {labels.en}"))
        said.extend(self._answers(when))
        for field, units in (
            ("persons", ("Personen", "persons")),
            ("hours", ("Stunden", "hours")),
            ("days", ("Tage", "days")),
            ("dates", ("Termine", "dates")),
            ("area_m2", ("m²", "m²")),
        ):
            within = getattr(when, field)
            if within is not None:
                said.append(self.range(within, units))
        said.extend(self._times(when))
        for inner in when.any_of or ():
            said.append(self.condition(inner))
        return joined(said)

    def _labels(self, wanted: Iterable[str], entries: Iterable[object]) -> LocalizedText:
        labels = {getattr(entry, "id", ""): localized(getattr(entry, "label")) for entry in entries}  # noqa: B009
        return joined([labels.get(name, LocalizedText(name, name)) for name in wanted], " / ", " / ")

    def _answers(self, when: When) -> list[LocalizedText]:
        said = []
        for fact_id, wanted in (when.facts or {}).items():
            fact = next((entry for entry in self.ordinance.facts if entry.id == fact_id), None)
            if fact is None or isinstance(wanted, FactTest):
                continue
            values = wanted if isinstance(wanted, tuple) else (wanted,)
            answer = joined([_answer(value, fact.options) for value in values], " / ", " / ")
            said.append(LocalizedText(f"{fact.label.de} {answer.de}", f"{fact.label.en} {answer.en}"))
        for class_id, names in (when.classes or {}).items():
            entry = next((known for known in self.ordinance.classes if known.id == class_id), None)
            if entry is not None:
                labels = self._labels(names, entry.values)
                said.append(LocalizedText(f"{entry.label.de}: {labels.de}", f"{entry.label.en}: {labels.en}"))
        return said

    def _times(self, when: When) -> list[LocalizedText]:
        said = []
        if when.weekday is not None:
            said.append(
                LocalizedText(
                    ", ".join(_WEEKDAYS[day][0] for day in when.weekday),
                    ", ".join(_WEEKDAYS[day][1] for day in when.weekday),
                )
            )
        said.extend(_season(season) for season in when.season or ())
        if when.lead is not None:
            said.append(self.notice(when.lead))
        if when.notice is not None:
            said.append(self.notice(when.notice))
        return said

    def range(self, within: Range, units: tuple[str, str]) -> LocalizedText:
        """A range in words: ab 2 bis 4 Stunden."""
        words = {
            "min": ("ab", "from"),
            "max": ("bis", "up to"),
            "over": ("über", "more than"),
            "under": ("unter", "less than"),
        }
        german = " ".join(f"{words[name][0]} {number(value).de}" for name, value in within.bounds())
        english = " ".join(f"{words[name][1]} {number(value).en}" for name, value in within.bounds())
        return LocalizedText(f"{german} {units[0]}", f"{english} {units[1]}")

    def notice(self, notice: Notice) -> LocalizedText:
        """A notice in words: mindestens 14 Tage vorher."""
        said = []
        for name, words in (
            ("at_least", ("mindestens", "at least")),
            ("more_than", ("mehr als", "more than")),
            ("at_most", ("höchstens", "at most")),
            ("less_than", ("weniger als", "less than")),
        ):
            period = getattr(notice, name)
            if period is not None:
                length = period_in_words(period)
                said.append(LocalizedText(f"{words[0]} {length.de} vorher", f"{words[1]} {length.en} before"))
        return joined(said, ", ", ", ")

    def pricing(self, pricing: Pricing, unit: str) -> LocalizedText:
        """A price in words: 90,00 € je Tag; steps and bands one after the other."""
        if pricing.unpublished:
            return LocalizedText("Gebühr nicht veröffentlicht", "fee not published")
        if pricing.price is not None:
            return self._per(pricing.price, unit)
        if pricing.steps is not None:
            return joined(
                [_reach(step.up_to, self.price(step.price), self.unit(unit)) for step in pricing.steps]
            )
        return joined([self._band(band, unit) for band in pricing.bands or ()])

    def _band(self, band: Band, unit: str) -> LocalizedText:
        each = band.each
        price = self._per(each, band.unit or unit) if each is not None else self.price(band.flat or Price())
        if band.label is not None:
            return LocalizedText(f"{band.label.de}: {price.de}", f"{band.label.en}: {price.en}")
        return _reach(band.up_to, price, self.unit(unit))

    def _per(self, price: Price, unit: str) -> LocalizedText:
        amount, label = self.price(price), self.unit(unit)
        if unit in ("flat", "booking", "once"):
            return LocalizedText(f"{amount.de} einmalig", f"{amount.en} once")
        return LocalizedText(f"{amount.de} je {label.de}", f"{amount.en} per {label.en}")

    def price(self, price: Price) -> LocalizedText:
        """The amount alone, or where it comes from."""
        percent = number(price.percent)
        if price.amount is not None:
            if not price.amount:
                return LocalizedText("kostenlos", "free")
            return euro(price.amount * price.percent / 100)
        if price.like is not None:
            other = self.resource([price.like])
            return LocalizedText(f"{percent.de} % von {other.de}", f"{percent.en} % of {other.en}")
        if price.of is not None:
            return LocalizedText(f"{percent.de} % der Gebühr", f"{percent.en} % of the fee")
        return LocalizedText("nach Festsetzung", "as assessed")


def _reach(up_to: Measure | None, price: LocalizedText, unit: LocalizedText) -> LocalizedText:
    if up_to is None or up_to.number is None:
        return LocalizedText(f"darüber {price.de}", f"beyond {price.en}")
    end = number(up_to.number)
    return LocalizedText(f"bis {end.de} ({unit.de}): {price.de}", f"up to {end.en} ({unit.en}): {price.en}")


def _answer(value: object, options: tuple[Named, ...]) -> LocalizedText:
    if isinstance(value, bool):
        return LocalizedText("ja", "yes") if value else LocalizedText("nein", "no")
    for option in options:
        if option.id == value:
            return localized(option.label)
    return LocalizedText(str(value), str(value))


def _season(season: Season) -> LocalizedText:
    german = f"{season.from_[3:]}.{season.from_[:2]}. bis {season.to[3:]}.{season.to[:2]}."
    return LocalizedText(german, f"{season.from_} to {season.to}")


def period_in_words(period: Period) -> LocalizedText:
    """A period in words: 3 Wochen."""
    for name, one, many in (
        ("hours", ("Stunde", "hour"), ("Stunden", "hours")),
        ("days", ("Tag", "day"), ("Tage", "days")),
        ("working_days", ("Werktag", "working day"), ("Werktage", "working days")),
        ("weeks", ("Woche", "week"), ("Wochen", "weeks")),
        ("months", ("Monat", "month"), ("Monate", "months")),
    ):
        value = getattr(period, name)
        if value is not None:
            words = one if value == 1 else many
            return LocalizedText(f"{value} {words[0]}", f"{value} {words[1]}")
    return LocalizedText("", "")
