"""The words for what happens to a booking: kind of event → label, and why a date does not take place.

Not here: the states' labels (``models.BookingState``).
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EVENT_LABELS: Mapping[str, "Promise | str"] = {
    "requested": _("Angefragt"),
    "confirmed": _("Bestätigt"),
    "declined": _("Abgelehnt"),
    "cancelled": _("Storniert"),
    "lapsed": _("Nicht rechtzeitig bezahlt"),
    "revived": _("Doch noch bezahlt"),
    "paid": _("Bezahlt"),
    "secured": _("Kaution hinterlegt"),
    "hold_lapsed": _("Reservierung der Kaution abgelaufen"),
    "refunded": _("Zurückgezahlt"),
    "payment_failed": _("Zahlung gescheitert"),
    "payment_returned": _("Zahlung geht zurück"),
    "moved": _("Verlegt"),
    "changed": _("Angaben geändert"),
    "asked": _("Rückfrage gestellt"),
    "answered": _("Rückfrage beantwortet"),
    "noted": _("Vermerk"),
    "settled": _("Abgerechnet"),
    "dates_cancelled": _("Termine abgesagt"),
    "dates_changed": _("Termine geändert"),
    "restored": _("Termine wieder aufgenommen"),
    "released": _("Termin freigegeben"),
    "attendance": _("Nutzung vermerkt"),
    "confirmation_asked": _("Um Bestätigung gebeten"),
    "answer_reminded": _("An die Bestätigung erinnert"),
    "answer_missing": _("Keine Antwort auf die Frage nach der Fortsetzung"),
    "continued": _("Fortsetzung bestätigt"),
    "unused_asked": _("Nach ungenutzten Terminen gefragt"),
}

AWAY_LABELS: Mapping[str, "Promise | str"] = {
    "public_holiday": _("Feiertag"),
    "school_holiday": _("Schulferien"),
    "skipped": _("Diese Uhrzeit gibt es wegen der Zeitumstellung nicht"),
    "taken": _("war belegt"),
    "refused": _("war nicht möglich"),
    "unwanted": _("nicht gewünscht"),
    "cancelled": _("abgesagt"),
    "released": _("freigegeben"),
}
