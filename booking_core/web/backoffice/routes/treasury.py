"""Routes of the treasury's work with the bank: refunds, debits, files, mandates; and the months.

Not here: invoices and movements (``finance``).
"""

from typing import Any

from django.views.decorators.http import require_http_methods, require_safe

from booking_core.web.backoffice import roles
from booking_core.web.backoffice.doors import office_door
from booking_core.web.backoffice.views.finance import bank_files, mandates, months, refunds

_form = require_http_methods(["GET", "HEAD", "POST"])
_FILE = "kasse/dateien/<uuid:uuid>/"

urlpatterns: list[Any] = [
    office_door("kasse/erstattungen/", _form(refunds.refunds), "refunds", roles.SEE_MONEY),
    office_door(
        "kasse/erstattungen/auftraege/<uuid:uuid>/zuruecknehmen/",
        _form(refunds.order_withdraw),
        "order_withdraw",
        roles.RECORD_MONEY,
    ),
    office_door(
        "kasse/erstattungen/<slug:kind>/<uuid:uuid>/",
        _form(refunds.refund_prepare),
        "refund_prepare",
        roles.RECORD_MONEY,
    ),
    office_door("kasse/lastschriften/", _form(refunds.debits), "debits", roles.RECORD_MONEY),
    office_door("kasse/dateien/", require_safe(bank_files.bank_files), "bank_files", roles.SEE_MONEY),
    office_door(_FILE, require_safe(bank_files.bank_file_page), "bank_file", roles.SEE_MONEY),
    office_door(
        f"{_FILE}datei.xml", require_safe(bank_files.bank_file_download), "bank_file_xml", roles.RECORD_MONEY
    ),
    office_door(
        f"{_FILE}<slug:step>/", _form(bank_files.bank_file_step), "bank_file_step", roles.RECORD_MONEY
    ),
    office_door("kasse/monate/", require_safe(months.month_list), "months", roles.SEE_MONEY),
    office_door("kasse/monate/<slug:when>/", require_safe(months.month), "month", roles.SEE_MONEY),
    office_door(
        "kasse/monate/<slug:when>/abschliessen/", _form(months.month_close), "month_close", roles.RECORD_MONEY
    ),
    office_door(
        "kasse/monate/<slug:when>/oeffnen/", _form(months.month_reopen), "month_reopen", roles.RECORD_MONEY
    ),
    office_door(
        "kundschaft/<uuid:uuid>/mandat/", _form(mandates.party_mandate), "party_mandate", roles.RECORD_MONEY
    ),
    office_door(
        "kundschaft/<uuid:uuid>/mandat/beenden/",
        _form(mandates.party_mandate_end),
        "party_mandate_end",
        roles.RECORD_MONEY,
    ),
]
