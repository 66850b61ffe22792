"""Own bookings: the list, one booking, its calendar file, the way in by the link of a mail.

Not here: changing them (``booking_changes``).
"""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from booking_core.kernel.errors import BookingError
from booking_core.messaging.booking_links import booking_of_token
from booking_core.messaging.calendar import booking_calendar
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.queries.bookings import booking_by_uuid, bookings_of
from booking_core.reservations.queries.settlements import settlements_of
from booking_core.reservations.queries.waiting import entries_of
from booking_core.web.citizen.forms.people import EmailForm, TextForm
from booking_core.web.citizen.guest_proof import proven_email
from booking_core.web.citizen.presenters.bookings import booking_lists, booking_page
from booking_core.web.citizen.presenters.money_steps import MoneySteps, with_money
from booking_core.web.citizen.presenters.payments import payment_panel
from booking_core.web.citizen.presenters.settlements import settled_page
from booking_core.web.citizen.views.guests import send_code_and_wait
from booking_core.web.citizen.views.series import date_link
from booking_core.web.citizen.views.waiting import waiting_lines
from booking_core.web.citizen.visitors import open_by_link, require_own
from booking_core.web.series.dates import dates_table
from booking_core.workflows.quoting import choices_of_booking
from design_system.contracts import Crumb, Table


@require_http_methods(["GET", "HEAD", "POST"])
def own_bookings(request: HttpRequest) -> HttpResponse:
    """The bookings of the account or of the proven address; strangers are asked for one of the two."""
    email = proven_email(request)
    if not request.user.is_authenticated and not email:
        return _ask_who(request)
    user_id = request.user.pk if request.user.is_authenticated else None
    address = str(request.user.email) if request.user.is_authenticated else email
    rows = bookings_of(user_id=user_id, email=address)
    context = {
        "lists": booking_lists(rows, now=timezone.now()),
        "waiting": waiting_lines(entries_of(user_id=user_id, email=address)),
        "guest_email": "" if user_id else email,
    }
    return render(request, "citizen/own_bookings.html", context)


@require_safe
def own_booking(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One booking: where it stands, what happened, what can be done."""
    booking = require_own(request, booking_by_uuid(uuid))
    choices = choices_of_booking(booking)
    page = booking_page(
        booking,
        now=timezone.now(),
        purpose=choices.purpose_label(booking.purpose) if booking.purpose else "",
        group=choices.group_label(booking.customer_group) if booking.customer_group else "",
    )
    payment = payment_panel(booking, now=timezone.now())
    steps = payment.steps if payment else MoneySteps()
    context = {
        "booking": page,
        "timeline": with_money(page.timeline, steps, has_use=booking.is_open),
        "payment": payment,
        "settled": settled_page(settlements_of(booking.id), booked=booking.total),
        "answer_form": TextForm(),
        "dates": _dates(booking, past=False),
        "wants_reminders": booking.series is not None and booking.series.wants_reminders,
        "past_dates": _dates(booking, past=True),
        "breadcrumbs": [Crumb(_("Meine Buchungen"), reverse("own_bookings")), Crumb(booking.number)],
    }
    return render(request, "citizen/own_booking.html", context)


def _dates(booking: BookingView, *, past: bool) -> Table | None:
    """The dates of a series, with ways to change those that are to come."""
    if booking.series is None:
        return None
    link = date_link(booking.uuid) if booking.is_open and not past else None
    table = dates_table(booking, now=timezone.now(), link=link, past=past)
    return table if table.rows else None


@require_safe
def booking_link(request: HttpRequest, token: str) -> HttpResponse:
    """The signed link of a mail: remember it for this session and show the booking."""
    uuid = booking_of_token(token)
    open_by_link(request, uuid)
    return redirect("own_booking", uuid=uuid)


@require_safe
def booking_calendar_file(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The booking as a calendar file."""
    booking = require_own(request, booking_by_uuid(uuid))
    method = "PUBLISH" if booking.is_open else "CANCEL"
    answer = HttpResponse(
        booking_calendar(booking, method=method),  # type: ignore[arg-type]  # one of the two literals above
        content_type=f"text/calendar; charset=utf-8; method={method}",
    )
    answer["Content-Disposition"] = f'attachment; filename="{booking.number}.ics"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _ask_who(request: HttpRequest) -> HttpResponse:
    form = EmailForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            return send_code_and_wait(request, form.cleaned_data["email"], next_url=reverse("own_bookings"))
        except BookingError as fault:
            form.add_error("email", str(fault))
    context = {"form": form, "login_url": f"{reverse('account_login')}?next={request.path}"}
    return render(request, "citizen/own_bookings_sign_in.html", context, status=422 if form.errors else 200)
