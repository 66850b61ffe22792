"""Single dates of a series at the clerk's desk: the list on the booking's page; cancel, move, restore.

Not here: entering a series (``series_new``), the list of all series (``series``).
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from booking_core.identity.access import access_booking
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.queries import booking_by_uuid
from booking_core.web.backoffice import roles
from booking_core.web.backoffice.pages import StaffRequest, actor_of, may, office_page
from booking_core.web.series.dates import (
    Answer,
    LinkTo,
    Visit,
    dates_table,
    move_page,
    restore_page,
)
from booking_core.web.series.dropping import drop_page
from design_system.contracts import Crumb, Table

SECTION = "backoffice_bookings"


@dataclass(frozen=True, slots=True)
class SeriesTables:
    """The dates of a series: those to come, those that are over; None where there are none."""

    coming: Table | None
    past: Table | None


def series_tables(request: StaffRequest, booking: BookingView) -> SeriesTables | None:
    """The dates of a series with the ways to change them; None for any other booking."""
    if booking.series is None:
        return None
    link = _link_of(booking.uuid)
    can_change = booking.is_open and may(request, roles.DECIDE)
    now = timezone.now()
    coming = dates_table(booking, now=now, link=link if can_change else None, past=False)
    past = dates_table(booking, now=now, link=link if may(request, roles.NOTE) else None, past=True)
    return SeriesTables(coming if coming.rows else None, past if past.rows else None)


def _link_of(uuid: UUID) -> LinkTo:
    return lambda what, slot: reverse(f"backoffice_date_{what}", args=[uuid, slot])


def cancel(request: StaffRequest, uuid: UUID, slot: str) -> HttpResponse:
    """Cancel one date, from here on, a range or all to come."""
    return _date_page(request, uuid, slot, drop_page, "drop", _("Termine absagen"))


def move(request: StaffRequest, uuid: UUID, slot: str) -> HttpResponse:
    """Let one date take place at another time or in another room."""
    return _date_page(request, uuid, slot, move_page, "move", _("Termin verlegen"))


def restore(request: StaffRequest, uuid: UUID, slot: str) -> HttpResponse:
    """Let a date that was given up take place after all."""
    return _date_page(request, uuid, slot, restore_page, "restore", _("Termin wieder aufnehmen"))


def _date_page(
    request: StaffRequest, uuid: UUID, slot: str, page: Callable[[Visit], Answer], part: str, title: str
) -> HttpResponse:
    booking = access_booking(request.staff, booking_by_uuid(uuid), for_writing=True)
    answer = page(
        Visit(request, booking, slot, actor_of(request), timezone.now(), request.staff.may_see_location)
    )
    own_url = reverse("backoffice_booking", args=[uuid])
    if answer.done:
        messages.success(request, answer.done)
        return redirect(own_url)
    context = {**answer.context, "part": f"series/{part}.html", "title": title, "back_url": own_url}
    crumbs = [Crumb(_("Buchungen"), reverse(SECTION)), Crumb(booking.number, own_url), Crumb(title)]
    return office_page(
        request, "series_date.html", context, section=SECTION, crumbs=crumbs, status=answer.status
    )
