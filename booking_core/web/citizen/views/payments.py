"""What an own booking still costs: the invoices, where to pay, the code for the banking app, the documents.

Not here: who the booking belongs to (``visitors.require_own``).
"""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from booking_core.finance.contracts import InvoiceView
from booking_core.finance.paper.girocode import girocode_svg
from booking_core.finance.queries.invoices import invoice_by_uuid, invoice_file
from booking_core.reservations.queries.bookings import booking_by_uuid
from booking_core.web.citizen.visitors import require_own


@require_safe
def booking_invoice(request: HttpRequest, uuid: UUID, invoice: UUID) -> HttpResponse:
    """One document of an own booking, as PDF."""
    _own_invoice(request, uuid, invoice)
    number, pdf = invoice_file(invoice)
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{number}.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_safe
def booking_girocode(request: HttpRequest, uuid: UUID, invoice: UUID) -> HttpResponse:
    """The code for what is still open on an invoice, as a drawing."""
    found = _own_invoice(request, uuid, invoice)
    if not found.paper.payee.iban or found.row.balance.cents <= 0:
        raise Http404
    svg = girocode_svg(found.paper.payee, cents=found.row.balance.cents, reference=found.paper.reference)
    answer = HttpResponse(svg, content_type="image/svg+xml")
    answer["Cache-Control"] = "private, no-store"
    return answer


def _own_invoice(request: HttpRequest, uuid: UUID, invoice: UUID) -> InvoiceView:
    """The invoice, if it is one of this booking and the booking is the visitor's; else 404."""
    booking = require_own(request, booking_by_uuid(uuid, with_events=False))
    found = invoice_by_uuid(invoice)
    if booking.uuid not in found.booking_uuids:
        raise Http404
    return found
