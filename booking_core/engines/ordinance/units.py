"""Units in words: what one of it is called, in German and English.

Not here: counting them (``measuring``).
"""

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


def unit_of(measure: Measure) -> str:
    """The unit a measure counts in, where the rule names none."""
    if measure.count == "hours" and measure.round == "up" and measure.step == 1:
        return "started_hour"
    if measure.count is not None:
        return _OF_COUNT[measure.count]
    if measure.product:
        return unit_of(measure.product[0])
    return "piece"


def unit_label(ordinance: Ordinance, unit: str) -> LocalizedText:
    """The unit in words; an unknown one is its own word."""
    for own in ordinance.units:
        if own.id == unit:
            return LocalizedText(own.label.de, own.label.en)
    return UNITS.get(unit, LocalizedText(unit, unit))
