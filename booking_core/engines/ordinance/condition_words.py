"""Conditions and measures in full sentences: every field a rule may have, so that a clerk can read what counts.

Not here: the shorter words of price tables and explanations (``words``).
"""

from collections.abc import Iterable

from booking_core.engines.ordinance.contracts import LocalizedText
from booking_core.engines.ordinance.figures import joined, localized, number
from booking_core.engines.ordinance.language.conditions import THIS_RESOURCE, FactTest, When
from booking_core.engines.ordinance.language.measures import During, Measure
from booking_core.engines.ordinance.language.model import Ordinance
from booking_core.engines.ordinance.language.vocabulary import ClockWindow, Season
from booking_core.engines.ordinance.units import unit_of
from booking_core.engines.ordinance.words import Words

KINDS = {
    "room": LocalizedText("Raum", "room"),
    "hall": LocalizedText("Halle", "hall"),
    "part": LocalizedText("Teil", "part"),
    "place": LocalizedText("Platz", "place"),
    "desk": LocalizedText("Arbeitsplatz", "desk"),
    "device": LocalizedText("Gerät", "device"),
    "vehicle": LocalizedText("Fahrzeug", "vehicle"),
}
_OR = (" oder ", " or ")
_LISTS: tuple[tuple[str, LocalizedText, str], ...] = (
    ("resource", LocalizedText("Angebot", "offer"), "resources"),
    ("uses", LocalizedText("nutzt", "uses"), "resources"),
    ("group", LocalizedText("Gruppe", "group"), "groups"),
    ("purpose", LocalizedText("Zweck", "purpose"), "purposes"),
    ("part", LocalizedText("Tagesabschnitt", "part of the day"), "day_parts"),
    ("extra", LocalizedText("bestellt", "ordered"), "extras"),
)
_RANGES: tuple[tuple[str, tuple[str, str]], ...] = (
    ("persons", ("Personen", "persons")),
    ("hours", ("Stunden", "hours")),
    ("days", ("Tage", "days")),
    ("dates", ("Termine", "dates")),
    ("area_m2", ("m²", "m²")),
)
_COUNTED = {"days": ("Tage", "days"), "hours": ("Stunden", "hours"), "bookings": ("Buchungen", "bookings")}
_PERIODS = {
    "day": ("am Tag", "a day"),
    "week": ("in der Woche", "a week"),
    "month": ("im Monat", "a month"),
    "year": ("im Jahr", "a year"),
    "row": ("am Stück", "in a row"),
}
_SEASON_DAYS = {
    "any": ("", ""),
    "all": (" (alle Tage)", " (all days)"),
    "first": (" (erster Tag)", " (first day)"),
}
_ROUNDS = {
    "up": ("angefangene zählen voll", "started ones count in full"),
    "down": ("nur volle", "full ones only"),
    "nearest": ("kaufmännisch gerundet", "rounded half up"),
}
_JOINS = {
    "product": (" mal ", " times "),
    "sum": (" plus ", " plus "),
    "largest": (" oder, falls mehr, ", " or, if more, "),
    "smallest": (" oder, falls weniger, ", " or, if less, "),
}


class ConditionWords:
    """Says conditions and measures in the labels of one document."""

    def __init__(self, ordinance: Ordinance) -> None:
        self.ordinance = ordinance
        self.words = Words(ordinance)

    def labels(self, listed: str, names: Iterable[str]) -> LocalizedText:
        """The labels of entries of a list, joined by *or*; an unknown name is its own word."""
        known = {entry.id: localized(entry.label) for entry in getattr(self.ordinance, listed)}
        return joined([known.get(name, LocalizedText(name, name)) for name in names], *_OR)

    def condition(self, when: When) -> LocalizedText:
        """The whole condition; empty where it asks for nothing."""
        said = [
            _colon(word, self.labels(listed, getattr(when, name)))
            for name, word, listed in _LISTS
            if getattr(when, name) is not None
        ]
        if when.kind is not None:
            said.append(
                _colon(LocalizedText("Art", "kind"), joined([_kind(name) for name in when.kind], *_OR))
            )
        said.extend(self._answers(when))
        said.extend(
            self.words.range(getattr(when, name), units) for name, units in _RANGES if getattr(when, name)
        )
        said.extend(self._figures(when))
        said.extend(self._times(when))
        for name, word in (
            ("any_of", LocalizedText("mindestens eines davon", "at least one of")),
            ("none_of", LocalizedText("nicht", "not")),
        ):
            inner = getattr(when, name)
            if inner is not None:
                said.append(_colon(word, joined([_bracketed(self.condition(one)) for one in inner], *_OR)))
        return joined(said)

    def measure(self, measure: Measure) -> LocalizedText:
        """What is counted, with its steps and rounding."""
        said = self._source(measure)
        if measure.above is not None:
            beyond = self.measure(measure.above)
            said = LocalizedText(f"{said.de} über {beyond.de} hinaus", f"{said.en} beyond {beyond.en}")
        if measure.divided_by is not None:
            among = self.measure(measure.divided_by)
            said = LocalizedText(f"{said.de} geteilt durch {among.de}", f"{said.en} divided by {among.en}")
        if measure.step != 1:
            step = number(measure.step)
            said = LocalizedText(f"{said.de} in Schritten von {step.de}", f"{said.en} in steps of {step.en}")
        notes = [LocalizedText(*_ROUNDS[measure.round])] if measure.round in _ROUNDS else []
        if measure.tolerance:
            slack = number(measure.tolerance)
            notes.append(LocalizedText(f"bis {slack.de} darüber frei", f"up to {slack.en} over is free"))
        if measure.stretch == "whole":
            notes.append(
                LocalizedText("vom ersten bis zum letzten Termin", "from the first date to the last")
            )
        if measure.rounding_over == "booking":
            notes.append(
                LocalizedText("über alle Termine zusammen gerundet", "rounded over all dates together")
            )
        if measure.day_change != "00:00":
            notes.append(
                LocalizedText(
                    f"ein neuer Tag beginnt um {measure.day_change} Uhr",
                    f"a new day begins at {measure.day_change}",
                )
            )
        if measure.during is not None:
            during = self.during(measure.during)
            notes.append(LocalizedText(f"nur {during.de}", f"only {during.en}"))
        if measure.clock == "wall":
            notes.append(LocalizedText("nach der Uhr", "by the wall clock"))
        beside = joined(notes, ", ", ", ")
        return LocalizedText(f"{said.de} ({beside.de})", f"{said.en} ({beside.en})") if notes else said

    def during(self, during: During) -> LocalizedText:
        """The part of the time that counts."""
        said = (
            [_window(LocalizedText("Zeit", "time"), during)]
            if during.model_fields_set & {"from_", "to"}
            else []
        )
        said += self._times(When(weekday=during.weekday, season=during.season, holiday=during.holiday))
        return joined(said, ", ", ", ")

    def _source(self, measure: Measure) -> LocalizedText:
        if measure.count is not None:
            plain = measure.model_copy(update={"round": "exact"})
            return self.words.unit(unit_of(plain))
        if measure.number is not None:
            return number(measure.number)
        for name in ("fact", "measured"):
            fact_id = getattr(measure, name)
            if fact_id is not None:
                answer = self.labels("facts", [fact_id])
                after = (" nach der Nutzung", " after use") if name == "measured" else ("", "")
                return LocalizedText(f"„{answer.de}“{after[0]}", f"“{answer.en}”{after[1]}")
        for name, words in _JOINS.items():
            parts = getattr(measure, name)
            if parts is not None:
                return joined([self.measure(part) for part in parts], *words)
        return LocalizedText(f"Vorgeschichte: {measure.history}", f"history: {measure.history}")

    def _answers(self, when: When) -> list[LocalizedText]:
        said = []
        for fact_id, wanted in (when.facts or {}).items():
            said.append(_colon(self.labels("facts", [fact_id]), self._wanted(fact_id, wanted)))
        for class_id, names in (when.classes or {}).items():
            known = {value.id: localized(value.label) for one in self.ordinance.classes if one.id == class_id
                     for value in one.values}  # fmt: skip
            labels = joined([known.get(name, LocalizedText(name, name)) for name in names], *_OR)
            said.append(_colon(self.labels("classes", [class_id]), labels))
        for place, names in (when.reading or {}).items():
            known = {one.id: localized(one.label) for entry in self.ordinance.ambiguities if entry.id == place
                     for one in entry.readings}  # fmt: skip
            labels = joined([known.get(name, LocalizedText(name, name)) for name in names], *_OR)
            said.append(_colon(LocalizedText("Lesart", "reading"), labels))
        return said

    def _wanted(self, fact_id: str, wanted: object) -> LocalizedText:
        options = {option.id: localized(option.label) for fact in self.ordinance.facts if fact.id == fact_id
                   for option in fact.options}  # fmt: skip
        if isinstance(wanted, FactTest):
            said = [self.words.range(wanted, ("", ""))] if wanted.bounds() else []
            if wanted.includes is not None:
                known = options | {one.id: localized(one.label) for one in self.ordinance.resources}
                known[THIS_RESOURCE] = LocalizedText("dieses Angebot", "this offer")
                name = known.get(wanted.includes, LocalizedText(wanted.includes, wanted.includes))
                said.append(LocalizedText(f"enthält {name.de}", f"includes {name.en}"))
            if wanted.given is not None:
                said.append(
                    LocalizedText("beantwortet", "answered")
                    if wanted.given
                    else LocalizedText("nicht beantwortet", "not answered")
                )
            return joined(said, ", ", ", ")
        values = wanted if isinstance(wanted, tuple) else (wanted,)
        return joined([_answer(value, options) for value in values], *_OR)

    def _figures(self, when: When) -> list[LocalizedText]:
        said = []
        if when.booked is not None:
            of, count = self.labels("resources", when.booked.of), self.words.range(when.booked, ("", ""))
            said.append(LocalizedText(f"gebucht aus {of.de}: {count.de}", f"booked of {of.en}: {count.en}"))
        for test in when.values or ():
            said.append(_colon(self.measure(test.of), self.words.range(test, ("", ""))))
        if when.quota is not None:
            used, per = self.words.range(when.quota, _COUNTED[when.quota.count]), _PERIODS[when.quota.per]
            words = LocalizedText(f"{used.de} {per[0]}", f"{used.en} {per[1]}")
            some = when.quota.of
            said.append(_colon(self.labels("resources", some), words) if some is not None else words)
        return said

    def _times(self, when: When) -> list[LocalizedText]:
        said = []
        if when.weekday is not None:
            said.append(self.words.condition(When(weekday=when.weekday)))
        said.extend(_season(season) for season in when.season or ())
        said.extend(
            LocalizedText(f"vom {one.from_:%d.%m.%Y} bis {one.to:%d.%m.%Y}", f"from {one.from_} to {one.to}")
            for one in when.between or ()
        )
        if when.holiday is not None:
            said.append(
                LocalizedText("Feiertag", "public holiday")
                if when.holiday
                else LocalizedText("kein Feiertag", "no public holiday")
            )
        for name, word in (("starts", ("Beginn", "start")), ("ends", ("Ende", "end"))):
            window = getattr(when, name)
            if window is not None:
                said.append(_window(LocalizedText(*word), window))
        for name, word in (("lead", ("Anfrage", "request")), ("notice", ("Absage", "cancellation"))):
            notice = getattr(when, name)
            if notice is not None:
                said.append(_colon(LocalizedText(*word), self.words.notice(notice)))
        return said


def _colon(word: LocalizedText, rest: LocalizedText) -> LocalizedText:
    return LocalizedText(f"{word.de}: {rest.de}".strip(), f"{word.en}: {rest.en}".strip())


def _bracketed(text: LocalizedText) -> LocalizedText:
    return LocalizedText(f"({text.de})", f"({text.en})") if ";" in text.de else text


def _kind(name: str) -> LocalizedText:
    return KINDS.get(name, LocalizedText(name, name))


def _answer(value: object, options: dict[str, LocalizedText]) -> LocalizedText:
    if isinstance(value, bool):
        return LocalizedText("ja", "yes") if value else LocalizedText("nein", "no")
    return options.get(str(value), LocalizedText(str(value), str(value)))


def _season(season: Season) -> LocalizedText:
    first, last, days = season.from_, season.to, _SEASON_DAYS[season.days]
    return LocalizedText(
        f"vom {first[3:]}.{first[:2]}. bis {last[3:]}.{last[:2]}.{days[0]}", f"{first} to {last}{days[1]}"
    )


def _window(word: LocalizedText, window: ClockWindow) -> LocalizedText:
    if window.to == "24:00":
        return LocalizedText(f"{word.de} ab {window.from_} Uhr", f"{word.en} from {window.from_}")
    if window.from_ == "00:00":
        return LocalizedText(f"{word.de} bis {window.to} Uhr", f"{word.en} until {window.to}")
    return LocalizedText(
        f"{word.de} von {window.from_} bis {window.to} Uhr", f"{word.en} from {window.from_} to {window.to}"
    )
