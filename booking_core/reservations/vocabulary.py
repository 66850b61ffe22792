"""The words for what happens to a booking: kind of event → label.

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
    "moved": _("Verlegt"),
    "changed": _("Angaben geändert"),
    "asked": _("Rückfrage gestellt"),
    "answered": _("Rückfrage beantwortet"),
    "noted": _("Vermerk"),
}
