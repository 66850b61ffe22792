"""Routes of payments online: which ways are on, the town's account, what was paid, deposits."""

from django.views.decorators.http import require_http_methods, require_safe

from booking_core.web.backoffice import roles
from booking_core.web.backoffice.doors import office_door
from booking_core.web.backoffice.views.finance import (
    online_deposit,
    online_payments,
    online_refund,
    payment_list,
)

_form = require_http_methods(["GET", "HEAD", "POST"])

urlpatterns = [
    office_door(
        "kasse/online/", _form(online_payments.online_payments), "online_payments", roles.SET_UP_MONEY
    ),
    office_door(
        "kasse/online/zurueck/", require_safe(online_payments.returned), "online_returned", roles.SET_UP_MONEY
    ),
    office_door(
        "kasse/online/weiter/", require_safe(online_payments.go_on), "online_go_on", roles.SET_UP_MONEY
    ),
    office_door(
        "kasse/online/trennen/",
        _form(online_payments.disconnect_account),
        "online_disconnect",
        roles.SET_UP_MONEY,
    ),
    office_door(
        "kasse/rechnungen/<uuid:uuid>/online-erstatten/",
        _form(online_refund.refund_online),
        "invoice_online_refund",
        roles.RECORD_MONEY,
    ),
    office_door("kasse/zahlungen/", require_safe(payment_list.payments), "payments", roles.SEE_MONEY),
    office_door(
        "kasse/zahlungen/<uuid:uuid>/", require_safe(payment_list.payment), "payment", roles.SEE_MONEY
    ),
    office_door(
        "buchungen/<uuid:uuid>/kaution-online/",
        _form(online_deposit.end_online_deposit),
        "booking_online_deposit",
        roles.RECORD_MONEY,
    ),
]
