"""Routes of the handover to the treasury: take a file, say how it looks.

Not here: the rest of the treasury (``finance``, ``treasury``).
"""

from typing import Any

from django.views.decorators.http import require_http_methods, require_POST, require_safe

from booking_core.web.backoffice import roles
from booking_core.web.backoffice.doors import office_door
from booking_core.web.backoffice.views.finance import handover, handover_settings

_form = require_http_methods(["GET", "HEAD", "POST"])
_BASE = "kasse/uebergabe/"

urlpatterns: list[Any] = [
    office_door(_BASE, require_safe(handover.handover), "handover", roles.RECORD_MONEY),
    office_door(f"{_BASE}datei/", require_POST(handover.handover_file), "handover_file", roles.RECORD_MONEY),
    office_door(f"{_BASE}datev/", _form(handover_settings.datev_accounts), "datev", roles.SET_UP_MONEY),
    office_door(
        f"{_BASE}profile/<slug:key>/", _form(handover_settings.csv_profile), "csv_profile", roles.SET_UP_MONEY
    ),
    office_door(
        f"{_BASE}profile/<slug:key>/loeschen/",
        _form(handover_settings.csv_profile_delete),
        "csv_profile_delete",
        roles.SET_UP_MONEY,
    ),
]
