"""Units in words: what one of it is called, in German and English.

Not here: counting them (``measuring``).
"""

import re

from booking_core.engines.ordinance.contracts import LocalizedText
from booking_core.engines.ordinance.language.measures import Measure
from booking_core.engines.ordinance.language.model import Ordinance

UNITS: dict[str, LocalizedText] = {
    "booking": LocalizedText("Buchung", "booking"),
    "flat": LocalizedText("pauschal", "flat"),
    "base": LocalizedText("Grundpreis", "base price"),
    "use": LocalizedText("Nutzung", "use"),
    "event": LocalizedText("Veranstaltung", "event"),
    "once": LocalizedText("einmalig", "once"),
    "date": LocalizedText("Termin", "date"),
    "minute": LocalizedText("Minute", "minute"),
    "hour": LocalizedText("Stunde", "hour"),
    "started_hour": LocalizedText("angefangene Stunde", "started hour"),
    "duration_step": LocalizedText("Zeitstufe", "duration step"),
    "day": LocalizedText("Tag", "day"),
    "day_part": LocalizedText("Tagesabschnitt", "part of the day"),
    "day_24h": LocalizedText("24 Stunden", "24 hours"),
    "night": LocalizedText("Nacht", "night"),
    "handover_period": LocalizedText("Übergabezeitraum", "handover period"),
    "week": LocalizedText("Woche", "week"),
    "month": LocalizedText("Monat", "month"),
    "year": LocalizedText("Jahr", "year"),
    "person": LocalizedText("Person", "person"),
    "piece": LocalizedText("Stück", "piece"),
    "quantity": LocalizedText("Stück", "piece"),
    "resource": LocalizedText("Objekt", "resource"),
    "m2": LocalizedText("m²", "m²"),
    "m3": LocalizedText("m³", "m³"),
    "kWh": LocalizedText("kWh", "kWh"),
    "metre": LocalizedText("Meter", "metre"),
    "km": LocalizedText("km", "km"),
    "kg": LocalizedText("kg", "kg"),
    "percent": LocalizedText("Anteil", "share"),
    "vat": LocalizedText("Anteil", "share"),
    "factor": LocalizedText("Anteil", "share"),
}

_OF_COUNT = {
    "booking": "booking",
    "dates": "date",
    "minutes": "minute",
    "hours": "hour",
    "weekly_hours": "hour",
    "days": "day",
    "nights": "night",
    "days_24h": "day_24h",
    "handover_periods": "handover_period",
    "weeks": "week",
    "months": "month",
    "persons": "person",
    "pieces": "piece",
    "quantity": "piece",
    "resources": "resource",
    "area_m2": "m2",
}
_OF_STEP = {"minutes": "min", "hours": "h", "days": "d", "persons": "p"}
_STEPS = {
    "min": LocalizedText("Minuten", "minutes"),
    "h": LocalizedText("Stunden", "hours"),
    "d": LocalizedText("Tage", "days"),
    "p": LocalizedText("Personen", "persons"),
}
_STEPPED = re.compile(rf"^(started_)?(\d+)({'|'.join(_STEPS)})$")


def unit_of(measure: Measure) -> str:
    """The unit a measure counts in, where the rule names none; of steps the step.

    >>> unit_of(Measure.model_validate({"count": "hours", "step": "0.5", "round": "up"}))
    'started_30min'
    """
    stepped = _step_of(measure) if measure.step != 1 else None
    if stepped is not None:
        return stepped
    if measure.count == "hours" and measure.round == "up" and measure.step == 1:
        return "started_hour"
    if measure.count is not None:
        return _OF_COUNT[measure.count]
    if measure.product:
        return unit_of(measure.product[0])
    return "piece"


def _step_of(measure: Measure) -> str | None:
    """A price of each step must not be told as one of each hour; part of an hour is told in minutes."""
    short, size = _OF_STEP.get(measure.count or "", ""), measure.step
    if short == "h" and size % 1:
        short, size = "min", size * 60
    if not short or size % 1:
        return None
    return f"{'started_' if measure.round == 'up' else ''}{int(size)}{short}"


def unit_label(ordinance: Ordinance, unit: str) -> LocalizedText:
    """The unit in words; an unknown one is its own word."""
    for own in ordinance.units:
        if own.id == unit:
            return LocalizedText(own.label.de, own.label.en)
    stepped = _STEPPED.match(unit)
    if stepped is None:
        return UNITS.get(unit, LocalizedText(unit, unit))
    started, size, short = stepped.groups()
    words = _STEPS[short]
    german, english = ("angefangene ", "started ") if started else ("", "")
    return LocalizedText(f"{german}{size} {words.de}", f"{english}{size} {words.en}")
