"""Moving a booking, by form or from the plan; the price is shown before anything moves.

Not here: swapping (``views.swaps``), the plan itself (``views.plan``), other pages of a booking (``views.booking``).
"""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from booking_core.catalog.contracts import ResourceView
from booking_core.catalog.queries import resources_by_id
from booking_core.identity.access import allowed_locations
from booking_core.kernel.errors import BookingError
from booking_core.kernel.spans import Span
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.errors import Stale
from booking_core.reservations.queries import booking_by_uuid
from booking_core.reservations.queries.hits import bookings_hit, closed_units
from booking_core.web.backoffice.forms.bookings import MoveForm
from booking_core.web.backoffice.forms.times import span_data
from booking_core.web.backoffice.pages import StaffRequest, actor_of, office_page, show_error
from booking_core.web.backoffice.presenters.inbox import Notice, stale_notice
from booking_core.web.backoffice.presenters.lists import Action
from booking_core.web.backoffice.presenters.moves import move_notice
from booking_core.web.backoffice.views.booking import SECTION, booking_to_change, crumbs_to
from booking_core.web.backoffice.views.bookings import resource_choices
from booking_core.workflows.move_booking import move_booking, preview_move

_MOST_SWAPS = 3


def move(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Show what other times would cost, then move. ``?beginn=…&ort=…`` comes from the plan and is shown at once."""
    found = booking_to_change(request, uuid)
    form = MoveForm(
        request.POST or _from_plan(request, found),
        resources=resource_choices(request.staff),
        things=_things(found),
        spans=sorted({item.span for item in found.items}),
        initial={
            "expected_version": found.version,
            "resource_ids": [str(item.resource_id) for item in found.items],
        },
    )
    notices: list[Notice] = []
    swaps: list[Action] = []
    is_possible = False
    if form.is_valid():
        try:
            if request.POST.get("step") == "move":
                _move(request, uuid, form)
                messages.success(request, _("Die Buchung ist verschoben. Die E-Mail ist unterwegs."))
                return redirect("backoffice_booking", uuid)
            preview = preview_move(
                uuid,
                form.spans(),
                form.cleaned_data["resource_ids"],
                now=timezone.now(),
                by_staff=True,
                pieces=form.pieces(),
            )
            notices, is_possible = [move_notice(preview)], not preview.fault
            swaps = [] if is_possible else _swaps(request, found, form)
        except Stale:
            notices = [stale_notice(booking_by_uuid(uuid))]
        except BookingError as error:
            show_error(form, error)
    context = {
        "booking": found,
        "title": _("Verschieben: %(title)s") % {"title": found.title},
        "form": form,
        "notices": notices,
        "swaps": swaps,
        "is_possible": is_possible,
        "back_url": reverse("backoffice_booking", args=[uuid]),
    }
    status = 422 if form.errors else 409 if notices and not is_possible else 200
    return office_page(
        request,
        "move.html",
        context,
        section=SECTION,
        crumbs=crumbs_to(request, found, _("Verschieben")),
        status=status,
    )


def _from_plan(request: StaffRequest, found: BookingView) -> dict[str, object] | None:
    """What the form would hold for a stretch dropped elsewhere in the plan; it keeps its length."""
    try:
        start = datetime.fromisoformat(request.GET.get("beginn", ""))
        span = Span(start, start + found.items[0].span.duration)
    except (ValueError, OverflowError):
        return None
    place = request.GET.get("ort", "")
    own = list(dict.fromkeys(str(item.resource_id) for item in found.items))  # the first is what was dragged
    return {
        "expected_version": found.version,
        "resource_ids": own if not place.isdecimal() or place in own else [place, *own[1:]],
        **span_data([span]),
    }


def _move(request: StaffRequest, uuid: UUID, form: MoveForm) -> None:
    move_booking(
        uuid,
        spans=form.spans(),
        resource_ids=form.cleaned_data["resource_ids"],
        actor=actor_of(request),
        expected_version=form.cleaned_data["expected_version"],
        now=timezone.now(),
        pieces=form.pieces(),
    )


def _things(found: BookingView) -> dict[ResourceView, int]:
    """What is booked, and how many of each."""
    numbers = {item.resource_id: item.quantity for item in found.items}
    return {one: numbers[key] for key, one in resources_by_id(list(numbers)).items()}


def _swaps(request: StaffRequest, found: BookingView, form: MoveForm) -> list[Action]:
    """Bookings in the way that this one could take the place of, if the member may decide about them."""
    if found.series is not None:
        return []
    units = closed_units([], [int(one) for one in form.cleaned_data["resource_ids"]])
    in_the_way = [one for one, _slots in bookings_hit(units, form.spans())]
    allowed = allowed_locations(request.staff)
    return [
        Action(
            _("Tauschen mit: %(title)s") % {"title": one.title},
            reverse("backoffice_booking_swap_with", args=[found.uuid, one.uuid]),
            "refresh",
        )
        for one in in_the_way[:_MOST_SWAPS]
        if one.uuid != found.uuid
        and one.series is None
        and one.is_open
        and (not allowed or {item.location_id for item in one.items} <= allowed)
    ]
