"""Routes of a town's page about its fee; ``config.urls_tenant`` includes them."""

from django.views.decorators.http import require_http_methods, require_safe

from booking_core.web.backoffice.doors import office_door
from booking_core.web.backoffice.roles import ADMINISTER, SEE_FEE
from subscriptions import views

_form = require_http_methods(["GET", "HEAD", "POST"])
_BASE = "verbund/"

urlpatterns = [
    office_door(_BASE, require_safe(views.fee), "fee", SEE_FEE),
    office_door(f"{_BASE}bestellen/", _form(views.order), "fee_order", ADMINISTER),
    office_door(f"{_BASE}tarif/", _form(views.change_plan), "fee_plan", ADMINISTER),
    office_door(f"{_BASE}anschrift/", _form(views.billing), "fee_billing", SEE_FEE),
    office_door(f"{_BASE}zahlungsweg/", _form(views.way), "fee_way", ADMINISTER),
    office_door(f"{_BASE}stripe/", require_safe(views.stripe_portal), "fee_stripe", SEE_FEE),
    office_door(f"{_BASE}beenden/", _form(views.leave), "fee_leave", ADMINISTER),
    office_door(
        f"{_BASE}rechnungen/<uuid:uuid>/rechnung.pdf", require_safe(views.invoice_pdf), "fee_pdf", SEE_FEE
    ),
    office_door(
        f"{_BASE}rechnungen/<uuid:uuid>/rechnung.xml", require_safe(views.invoice_as_xml), "fee_xml", SEE_FEE
    ),
]
