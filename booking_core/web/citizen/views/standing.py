"""What clubs do from a mail without signing in: give one date back, say that the series goes on; reminders on or off.

Not here: other changes to dates (``series``). A link only opens the page; the button does it.
"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from booking_core.identity.contracts import Actor
from booking_core.kernel.errors import BookingError
from booking_core.messaging.standing_links import date_of_token, series_of_token
from booking_core.reservations.queries.bookings import booking_by_uuid
from booking_core.web.citizen.visitors import require_own
from booking_core.web.series.plans import booking_times
from booking_core.workflows.series_dates import release_date
from booking_core.workflows.standing_bookings import confirm_continuation, set_reminders
from design_system.templatetags.formats import span_words


@require_http_methods(["GET", "HEAD", "POST"])
def date_release(request: HttpRequest, token: str) -> HttpResponse:
    """Give one date back. Two taps from two phones do the same as one."""
    uuid, slot = date_of_token(token)
    booking = booking_by_uuid(uuid)
    date = next((item for item in booking.items if item.slot == slot), None)
    away = next((one for one in (booking.series.away if booking.series else ()) if one.key == slot), None)
    fault = ""
    if request.method == "POST":
        try:
            release_date(uuid, slot, actor=Actor(booking.contact.name), now=timezone.now())
        except BookingError as refusal:
            fault = str(refusal)
        else:
            messages.success(request, _("Danke! Die Zeit ist wieder frei, die Verwaltung weiß Bescheid."))
            return redirect("date_release", token=token)
    span = date.span if date else away.span if away else None
    is_over = span is not None and span.start <= timezone.now()
    context = {
        "title": booking.title,
        "where": date.resource_name if date else "",
        "when": span_words(span) if span else slot,
        "fault": fault,
        "is_released": date is None,
        "is_over": is_over,
        "can_release": date is not None and booking.is_open and not is_over,
    }
    return render(request, "citizen/date_release.html", context, status=409 if fault else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def series_continue(request: HttpRequest, token: str) -> HttpResponse:
    """Say that the series goes on."""
    uuid = series_of_token(token)
    booking = booking_by_uuid(uuid, with_events=False)
    fault = ""
    if request.method == "POST":
        try:
            confirm_continuation(uuid, actor=Actor(booking.contact.name), now=timezone.now())
        except BookingError as refusal:
            fault = str(refusal)
        else:
            messages.success(request, _("Danke! Ihre Termine bleiben, wie sie sind."))
            return redirect("series_continue", token=token)
    series = booking.series
    context = {
        "title": booking.title,
        "times": booking_times(booking),
        "fault": fault,
        "is_open": booking.is_open and series is not None,
        "is_waiting": bool(series and series.confirm_by),
    }
    return render(request, "citizen/series_continue.html", context, status=409 if fault else 200)


@require_POST
def own_reminders(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Switch the mail before each date on or off."""
    require_own(request, booking_by_uuid(uuid, with_events=False))
    wanted = request.POST.get("erinnern") == "an"
    set_reminders(uuid, wanted=wanted)
    text = _("Wir erinnern Sie vor jedem Termin.") if wanted else _("Wir erinnern Sie nicht mehr an Termine.")
    messages.success(request, text)
    return redirect("own_booking", uuid=uuid)
