"""The time somebody keeps while filling in the form: found, renewed quietly, or gone with a sentence and ways out.

Not here: the pages of the steps (``views.booking_steps``).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import wraps
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy

from booking_core.catalog.contracts import ResourceView
from booking_core.catalog.queries import resources_by_id
from booking_core.kernel.errors import BookingError, NotFound
from booking_core.reservations.errors import HoldExpired, Taken
from booking_core.web.citizen import gathering
from booking_core.web.citizen.drafts import Draft, draft_of, keep_draft, with_hold
from booking_core.web.citizen.forms.booking import booking_data
from booking_core.web.citizen.presenters.links import with_query
from booking_core.web.citizen.presenters.steps import step_urls, waiting_url
from booking_core.web.citizen.quote_panel import day_ways_out
from booking_core.web.citizen.visitors import viewer_of
from booking_core.workflows.contracts import HeldWish, PricedWish, Viewer, Wish
from booking_core.workflows.earlier_bookings import party_of_contact
from booking_core.workflows.holding import hold_wish, resume_hold
from booking_core.workflows.wishes import wish_from_data, wish_to_data
from tenants.context import tenant_zone


@dataclass(frozen=True, slots=True)
class HeldStep:
    """What a step of a held booking works with."""

    request: HttpRequest
    draft: Draft
    priced: PricedWish
    viewer: Viewer
    now: datetime

    @property
    def resource(self) -> ResourceView:
        return self.priced.resources[0]

    @property
    def urls(self) -> tuple[str, str, str]:
        return step_urls(self.draft.slug, self.draft.hold_uuid)


_GONE = gettext_lazy("Ihre Angaben sind nicht mehr gespeichert. Bitte wählen Sie die Zeit noch einmal.")


class DraftGone(Exception):
    """Neither the session nor a hold knows this booking any more."""


def with_held_time(
    view: Callable[[HttpRequest, HeldStep], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Give ``view`` the held booking. A hold that ran out is renewed; where that fails, a page says what works."""

    @wraps(view)
    def wrapped(request: HttpRequest, slug: str, hold: UUID) -> HttpResponse:
        draft, now = draft_of(request, hold), timezone.now()
        viewer = _booker(viewer_of(request), draft)
        try:
            draft, held = _held(request, slug, hold, draft=draft, viewer=viewer, now=now)
        except DraftGone:
            messages.warning(request, _GONE)
            return redirect("booking_time", slug=slug)
        except BookingError as fault:
            return time_gone(request, draft, fault, viewer=viewer, now=now)
        step = HeldStep(request, draft, held.priced, viewer, now)
        if draft.hold_uuid != str(hold) and request.method != "POST":
            return redirect(request.path.replace(str(hold), draft.hold_uuid))
        return view(request, step)

    return wrapped


def _booker(viewer: Viewer, draft: Draft | None) -> Viewer:
    """The viewer; once the contact is typed and proven, the club booked for: what it used before counts."""
    typed = draft.contact.get("email", "").strip().lower() if draft else ""
    if draft is None or not typed or (viewer.user_id is None and viewer.email.lower() != typed):
        return viewer
    return replace(viewer, party_id=party_of_contact(draft.contact_value, viewer))


def time_gone(
    request: HttpRequest, draft: Draft | None, fault: BookingError, *, viewer: Viewer, now: datetime
) -> HttpResponse:
    """Say that the time is not free any more, keep what was typed, offer what works."""
    if draft is None:
        raise fault
    wish = wish_from_data(draft.wish)
    resource = gathering.resource_of(wish)
    span = wish.spans[0]
    days = gathering.DayRange.around(span, tenant_zone())
    times = gathering.times_of(wish.resource_ids, days, now=now, quantity=wish.wanted)
    known = resources_by_id(wish.resource_ids[1:])
    beside = tuple(one.slug for one in known.values())
    context = {
        "sentence": str(fault),
        "span": span,
        "resource": resource,
        "ways_out": day_ways_out(
            resource,
            wish,
            viewer=viewer,
            now=now,
            times=times.together(resource.id),
            draft_uuid=draft.hold_uuid,
            beside=beside,
        ),
        "waiting_url": waiting_url(draft.slug, booking_data(wish)) if isinstance(fault, Taken) else "",
        "back_url": with_query(
            step_urls(draft.slug, draft.hold_uuid)[0].split("?")[0],
            None,
            **_typed(wish, draft, tuple(known.values())),
        ),
    }
    return render(request, "citizen/time_gone.html", context, status=fault.http_status)


def _typed(wish: Wish, draft: Draft, beside: tuple[ResourceView, ...]) -> dict[str, object]:
    return {
        "halten": draft.hold_uuid,
        **booking_data(wish, beside=beside),
        "dazu": tuple(one.slug for one in beside),
    }


def _held(
    request: HttpRequest, slug: str, hold: UUID, *, draft: Draft | None, viewer: Viewer, now: datetime
) -> tuple[Draft, HeldWish]:
    """The draft and its hold, renewed where it ran out."""
    try:
        held = resume_hold(hold, viewer=viewer, now=now)
    except (HoldExpired, NotFound) as gone:
        if draft is None:
            raise DraftGone from gone
        held = hold_wish(wish_from_data(draft.wish), viewer=viewer, now=now)
        return keep_draft(request, with_hold(draft, held), instead_of=hold), held
    if draft is None:
        wish = wish_to_data(held.priced.wish)
        draft = keep_draft(request, Draft(str(hold), held.expires_at.isoformat(), slug, wish))
    return draft, held
