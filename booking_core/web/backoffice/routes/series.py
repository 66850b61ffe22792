"""Routes about series and the waiting list: entering, single dates, the lists, the school holidays left out.

Not here: the booking's own pages (``urls``).
"""

from django.views.decorators.http import require_safe

from booking_core.web.backoffice import roles
from booking_core.web.backoffice.doors import office_door
from booking_core.web.backoffice.views import series, series_dates, series_new, settings, waiting

_DATE = "buchungen/<uuid:uuid>/termine/<slug:slot>/"

urlpatterns = [
    office_door("buchungen/neu/serie/", series_new.new_series, "series_new", roles.DECIDE),
    office_door("buchungen/neu/serie/<uuid:hold>/", series_new.series_who, "series_who", roles.DECIDE),
    office_door(f"{_DATE}nutzung/", series.date_use, "date_use", roles.NOTE),
    office_door(
        "buchungen/<uuid:uuid>/fortsetzung/", series.confirmation, "series_confirmation", roles.DECIDE
    ),
    office_door("serien/bestaetigung/", series.ask_all, "series_ask_all", roles.DECIDE),
    office_door("serien/", require_safe(series.series_list), "series", roles.SEE_BOOKINGS),
    office_door("warteliste/", require_safe(waiting.waiting_list), "waiting", roles.SEE_BOOKINGS),
    office_door("warteliste/<uuid:uuid>/austragen/", waiting.waiting_remove, "waiting_remove", roles.DECIDE),
    office_door(
        "einstellungen/schulferien/", settings.school_holidays_settings, "settings_holidays", roles.ADMINISTER
    ),
    office_door(f"{_DATE}absagen/", series_dates.cancel, "date_cancel", roles.DECIDE),
    office_door(f"{_DATE}verlegen/", series_dates.move, "date_move", roles.DECIDE),
    office_door(f"{_DATE}aufnehmen/", series_dates.restore, "date_restore", roles.DECIDE),
]
