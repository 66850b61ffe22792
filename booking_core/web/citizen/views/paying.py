"""Paying online: what is due and how, on to the page to pay on, and back with the answer.

Not here: transfers and documents (``payments``), what a payment means (``workflows.payments``).
"""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from booking_core.finance.contracts_payments import PaymentView
from booking_core.finance.errors import PaymentUnderway, ProviderRefused, ProviderUnreachable
from booking_core.finance.queries.payments import payment_by_uuid
from booking_core.kernel.errors import BookingError
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.queries.bookings import booking_by_uuid
from booking_core.web.citizen.presenters.paying import due_cards, payment_page
from booking_core.web.citizen.views.booking_changes import crumbs_to
from booking_core.web.citizen.visitors import actor_of, require_own
from booking_core.workflows.payments.looking import look_after
from booking_core.workflows.payments.starting import begin_payment
from booking_core.workflows.payments.ways import dues_of_booking

_PURPOSES = frozenset({"fee", "deposit"})


@require_http_methods(["GET", "HEAD", "POST"])
def booking_pay(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What is due and how it can be paid; one click leads to the page to pay on."""
    booking = require_own(request, booking_by_uuid(uuid, with_events=False))
    fault = ""
    if request.method == "POST":
        purpose = request.POST.get("wofuer", "")
        if purpose not in _PURPOSES:
            raise Http404
        try:
            payment = begin_payment(
                uuid, purpose=purpose, actor=actor_of(request, name=booking.contact.name), now=timezone.now()
            )
        except PaymentUnderway as fault_underway:
            messages.info(request, str(fault_underway))
            return redirect("booking_payment", uuid=uuid, payment=fault_underway.context["payment"])
        except BookingError as refusal:
            fault = str(refusal)
        else:
            return redirect(payment.pay_url)
    booking = booking_by_uuid(uuid, with_events=False)
    dues = dues_of_booking(booking, now=timezone.now())
    context = {
        "booking": booking,
        "cards": due_cards(booking, dues),
        "fault": fault,
        "breadcrumbs": crumbs_to(booking, _("Bezahlen")),
    }
    return render(request, "citizen/booking_pay.html", context, status=409 if fault else 200)


@require_safe
def booking_payment(request: HttpRequest, uuid: UUID, payment: UUID) -> HttpResponse:
    """Where people come back to: paid, on its way, failed, run out. Asks the provider where that is not known yet."""
    booking = require_own(request, booking_by_uuid(uuid, with_events=False))
    found = _of_booking(booking, payment)
    if not found.is_over:
        found = _looked_after(found)
    booking = booking_by_uuid(uuid, with_events=False)
    context = {
        "booking": booking,
        "payment": payment_page(booking, found, was_cancelled="abgebrochen" in request.GET),
        "breadcrumbs": crumbs_to(booking, _("Zahlung")),
    }
    template = (
        "citizen/parts/payment_state.html"
        if request.headers.get("HX-Request")
        else "citizen/booking_payment.html"
    )
    return render(request, template, context)


def _of_booking(booking: BookingView, uuid: UUID) -> PaymentView:
    found = payment_by_uuid(uuid)
    if found.booking_id != booking.id or found.kind not in {"payment", "hold"}:
        raise Http404
    return found


def _looked_after(payment: PaymentView) -> PaymentView:
    """As fresh as can be had now; where the provider does not answer, the page says what is known."""
    try:
        return look_after(payment.uuid, now=timezone.now())
    except (ProviderUnreachable, ProviderRefused):
        return payment


def pay_url_of(booking: BookingView) -> str:
    """The page on which this booking is paid."""
    return reverse("booking_pay", args=[booking.uuid])
