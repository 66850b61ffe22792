"""Send a credit back online, after a look at the sum.

Not here: refunds by transfer (``movements``), those that go by themselves (``workflows.payments.returning``).
"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from booking_core.finance.queries.invoices import invoice_by_uuid
from booking_core.kernel.errors import BookingError
from booking_core.web.backoffice.pages import StaffRequest, actor_of, office_page, require_all_locations
from booking_core.web.backoffice.views.finance.invoices import SECTION, invoice_crumbs
from booking_core.workflows.payments.credits import online_credit, return_credit
from design_system.templatetags.formats import euro


def refund_online(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """How much goes back, then a yes."""
    require_all_locations(request)
    invoice, fault = invoice_by_uuid(uuid), ""
    back = reverse("backoffice_invoice", args=[uuid])
    if request.method == "POST":
        try:
            return_credit(uuid, actor=actor_of(request), now=timezone.now())
        except BookingError as error:
            fault = str(error)
        else:
            messages.success(request, _("Die Erstattung ist unterwegs."))
            return redirect(back)
    sentence = _("%(sum)s gehen auf dem Weg zurück, auf dem sie bezahlt wurden.")
    context = {
        "title": _("Online erstatten?"),
        "lead": f"{invoice.row.number} · {invoice.row.party_name}",
        "fault": fault,
        "sentences": [sentence % {"sum": euro(online_credit(invoice))}],
        "submit": _("Ja, erstatten"),
        "cancel_url": back,
    }
    crumbs = invoice_crumbs(invoice, _("Erstatten"))
    status = 409 if fault else 200
    return office_page(request, "confirm_page.html", context, section=SECTION, crumbs=crumbs, status=status)
