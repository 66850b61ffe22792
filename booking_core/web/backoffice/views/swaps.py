"""Bookings that take each other's places: choosing them, both prices, the yes. Two swap, three and more go round.

Not here: moving one (``views.moves``), other pages of a booking (``views.booking``).
"""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from booking_core.identity.access import allowed_locations
from booking_core.kernel.errors import BookingError, NotFound
from booking_core.reservations.contracts import BookingFilter, BookingRow, BookingView
from booking_core.reservations.queries import booking_rows
from booking_core.web.backoffice.pages import StaffRequest, actor_of, office_page
from booking_core.web.backoffice.presenters.lists import Empty, ListPage
from booking_core.web.backoffice.presenters.moves import exchange_table, swap_choices, swap_url
from booking_core.web.backoffice.views.booking import SECTION, booking_to_change, crumbs_to
from booking_core.workflows.exchange_bookings import exchange_bookings, preview_exchange

_NEAR = timedelta(days=14)
_MOST_CHOICES = 50
_MOST_IN_RING = 6
_PAIR = 2


def swap(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Choose the next booking of the ring: open ones near in time, or found by their words."""
    ring = [booking_to_change(request, one) for one in (uuid, *_uuids(request, "mit"))]
    text = request.GET.get("q", "").strip()
    lead = _("Womit soll diese Buchung Zeit und Raum tauschen?")
    if len(ring) > 1:
        lead = _("Welche Buchung kommt dazu? Sie bekommt den Platz von „%(title)s“.") % {
            "title": ring[0].title
        }
    page = ListPage(
        title=_("Tauschen: %(title)s") % {"title": ring[0].title},
        lead=lead,
        table=swap_choices([one.uuid for one in ring], _choices(request, ring, text)),
        empty=Empty(_("Keine andere Buchung gefunden"), _("Suchen Sie nach Nummer, Anlass oder Namen.")),
        search_label=_("Nummer, Anlass oder Name"),
        search_text=text,
        search_keeps=[("mit", str(one.uuid)) for one in ring[1:]],
    )
    crumbs = crumbs_to(request, ring[0], _("Tauschen"))
    return office_page(request, "list_page.html", {"listing": page}, section=SECTION, crumbs=crumbs)


def _choices(request: StaffRequest, ring: Sequence[BookingView], text: str) -> list[BookingRow]:
    day = timezone.localtime(ring[0].start).date()
    wanted = BookingFilter(
        states=frozenset({"requested", "confirmed"}),
        location_ids=allowed_locations(request.staff),
        first_on=max(timezone.localdate(), day - _NEAR) if not text else timezone.localdate(),
        last_on=day + _NEAR if not text else None,
        text=text,
    )
    chosen = {one.uuid for one in ring}
    rows = booking_rows(wanted, per_page=_MOST_CHOICES).rows
    now = timezone.now()
    return [row for row in rows if row.uuid not in chosen and not row.dates and row.start > now]


def swap_with(request: StaffRequest, uuid: UUID, other: UUID) -> HttpResponse:
    """Show all prices and what stands in the way, then swap in one step. ``?dann=…`` are further ones of the ring."""
    uuids = [uuid, other, *_uuids(request, "dann")]
    ring = [booking_to_change(request, one) for one in uuids]
    now, fault = timezone.now(), ""
    if request.method == "POST":
        try:
            exchange_bookings(_versions_seen(request, uuids), actor=actor_of(request), now=now)
        except BookingError as error:
            fault = str(error)
        else:
            messages.success(request, _("Die Buchungen sind getauscht. Die E-Mails sind unterwegs."))
            return redirect("backoffice_booking", uuid)
    preview = preview_exchange(uuids, actor=actor_of(request), now=now)
    back = (
        swap_url([uuid, *uuids[2:]])
        if len(uuids) > _PAIR
        else reverse("backoffice_booking_swap", args=[uuid])
    )
    context = {
        "title": _("Diese Buchungen tauschen?"),
        "table": exchange_table(preview.steps),
        "fault": fault or preview.fault,
        "is_possible": preview.is_possible,
        "versions": [step.booking.version for step in preview.steps],
        "back_url": back,
        "more_url": _more_url(uuids),
        "turned_url": swap_url([uuid, *reversed(uuids[1:])]) if len(uuids) > _PAIR else "",
    }
    status = 409 if fault or not preview.is_possible else 200
    crumbs = crumbs_to(request, ring[0], _("Tauschen"))
    return office_page(request, "swap.html", context, section=SECTION, crumbs=crumbs, status=status)


def _more_url(uuids: Sequence[UUID]) -> str:
    """Where a further booking is chosen for the ring."""
    if len(uuids) >= _MOST_IN_RING:
        return ""
    query = "&".join(f"mit={one}" for one in uuids[1:])
    return f"{reverse('backoffice_booking_swap', args=[uuids[0]])}?{query}"


def _uuids(request: StaffRequest, name: str) -> list[UUID]:
    """The bookings an address names. Raises NotFound for nonsense."""
    try:
        return [UUID(text) for text in request.GET.getlist(name)[:_MOST_IN_RING]]
    except ValueError:
        raise NotFound(_("Diese Buchung gibt es nicht.")) from None


def _versions_seen(request: StaffRequest, uuids: Sequence[UUID]) -> list[tuple[UUID, int]]:
    """The versions the page showed; anything else is told as stale."""
    typed = request.POST.getlist("version")
    numbers = [int(text) if text.isdecimal() and len(text) < 10 else 0 for text in typed]  # noqa: PLR2004 — digits
    return list(zip(uuids, [*numbers, *(0 for _one in uuids)], strict=False))
