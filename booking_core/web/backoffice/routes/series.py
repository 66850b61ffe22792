"""Routes about series: entering one, single dates of it, the school holidays it leaves out.

Not here: the booking's own pages (``urls``).
"""

from booking_core.web.backoffice import roles
from booking_core.web.backoffice.doors import office_door
from booking_core.web.backoffice.views import series_dates, series_new, settings

_DATE = "buchungen/<uuid:uuid>/termine/<slug:slot>/"

urlpatterns = [
    office_door("buchungen/neu/serie/", series_new.new_series, "series_new", roles.DECIDE),
    office_door("buchungen/neu/serie/<uuid:hold>/", series_new.series_who, "series_who", roles.DECIDE),
    office_door(
        "einstellungen/schulferien/", settings.school_holidays_settings, "settings_holidays", roles.ADMINISTER
    ),
    office_door(f"{_DATE}absagen/", series_dates.cancel, "date_cancel", roles.DECIDE),
    office_door(f"{_DATE}verlegen/", series_dates.move, "date_move", roles.DECIDE),
    office_door(f"{_DATE}aufnehmen/", series_dates.restore, "date_restore", roles.DECIDE),
]
