"""Settling: the list of uses that are over, and one screen to enter what was read, see the bill and settle.

Not here: what it comes to (``workflows.settle_booking``).
"""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from booking_core.catalog.queries import locations
from booking_core.identity.access import access_booking, allowed_locations
from booking_core.kernel.errors import BookingError
from booking_core.kernel.money import Money
from booking_core.ordinances.queries import stored_version
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.errors import Stale
from booking_core.reservations.queries import booking_by_uuid
from booking_core.reservations.queries.settlements import due_settlements, settlements_of
from booking_core.reservations.settling import SettlementView
from booking_core.web.backoffice import roles
from booking_core.web.backoffice.forms.fields import location_choices
from booking_core.web.backoffice.forms.settlements import DueFilterForm, SettleForm, initial_of
from booking_core.web.backoffice.pages import StaffRequest, actor_of, may, office_page, show_error
from booking_core.web.backoffice.presenters.bookings import booking_spans
from booking_core.web.backoffice.presenters.cases import version_name
from booking_core.web.backoffice.presenters.inbox import Notice, stale_notice
from booking_core.web.backoffice.presenters.settlements import (
    due_table,
    preview_result,
    settlement_history,
    with_last_readings,
)
from booking_core.web.backoffice.views.bookings import django_page, page_number
from booking_core.workflows.after_use import AfterUse, after_use_of
from booking_core.workflows.settle_booking import (
    SettlementPreview,
    is_price_open,
    preview_settlement,
    settle_booking,
)
from design_system.contracts import Crumb

SECTION = "backoffice_settlements"
PER_PAGE = 50


def due_list(request: StaffRequest) -> HttpResponse:
    """List uses that are over, those that wait for a settlement first of all."""
    places = location_choices(locations(include_unpublished=True), request.staff.location_ids)
    form = DueFilterForm(request.GET, locations=places, auto_id="filter_%s")
    form.is_valid()  # a filter with a fault is shown with its error; the rest of it still filters
    wanted = form.due_filter(allowed_locations(request.staff, form.wanted_locations()))
    listing = due_settlements(wanted, now=timezone.now(), page=page_number(request), per_page=PER_PAGE)
    context = {
        "title": _("Abrechnung"),
        "lead": _("Nutzungen, die vorbei sind: Zähler ablesen, Personen zählen, Kaution zurückgeben."),
        "form": form,
        "is_filtered": any(form.cleaned_data.values()),
        "total": listing.total,
        "table": due_table(listing.rows, caption=_("Nutzungen")),
        "page": django_page(listing.total, listing.number, PER_PAGE),
    }
    return office_page(request, "settlements.html", context, section=SECTION)


def settle(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Enter what was read and found, see what it comes to, settle. Corrections start from the last settlement."""
    desk = _desk(request, access_booking(request.staff, booking_by_uuid(uuid), for_writing=True))
    notices: list[Notice] = []
    if desk.form.is_valid():
        try:
            if _settle(request, desk):
                messages.success(request, _("Abgerechnet. Die E-Mail ist unterwegs."))
                return redirect("backoffice_booking", uuid)
            if request.POST.get("step") == "settle":
                notices = [_changed_notice()]
        except Stale:
            desk = _desk(request, booking_by_uuid(uuid))
            notices = [stale_notice(desk.booking)]
            if desk.form.is_valid():
                _preview(desk)
        except BookingError as error:
            show_error(desk.form, error)
    context = {**_context(desk), "notices": notices}
    crumbs = [Crumb(_("Abrechnung"), reverse(SECTION)), Crumb(desk.booking.number)]
    status = 422 if desk.form.errors else 409 if notices else 200
    return office_page(request, "settle.html", context, section=SECTION, crumbs=crumbs, status=status)


@dataclass(slots=True)
class _Desk:
    """One booking being settled: what it asks for, the form, and what the last look at it came to."""

    booking: BookingView
    earlier: tuple[SettlementView, ...]
    after: AfterUse
    form: SettleForm
    found: SettlementPreview | None = None


def _desk(request: StaffRequest, booking: BookingView) -> _Desk:
    earlier, after = settlements_of(booking.id), after_use_of(booking)
    form = SettleForm(
        request.POST or None,
        after=after,
        has_deposit=bool(booking.deposit),
        may_name_fee=may(request, roles.DECIDE),
        initial=initial_of(booking.version, earlier[-1] if earlier else None),
    )
    return _Desk(booking, earlier, after, form)


def _settle(request: StaffRequest, desk: _Desk) -> bool:
    """Work it out; settle if that was asked for and the total is the one on the screen. True if settled."""
    total = _preview(desk)
    typed = desk.form.cleaned_data
    if request.POST.get("step") != "settle" or typed["shown_cents"] != total.cents:
        return False
    settle_booking(
        desk.booking.uuid,
        desk.form.wish(),
        actor=actor_of(request),
        expected_version=typed["expected_version"],
        expected_total=total,
    )
    return True


def _preview(desk: _Desk) -> Money:
    """Work it out; the form remembers the total and the state it is about."""
    desk.found = preview_settlement(desk.booking.uuid, desk.form.wish())
    total = desk.found.bill.total
    data = dict(desk.form.data.items())
    data["shown_cents"], data["expected_version"] = str(total.cents), str(desk.booking.version)
    desk.form.data = data
    return total


def _context(desk: _Desk) -> dict[str, object]:
    booking, form, source = desk.booking, desk.form, _source(desk.booking)
    is_open = not desk.found.is_fee_known if desk.found else is_price_open(booking)
    return {
        "title": _("Abrechnen: %(title)s") % {"title": booking.title},
        "lead": " · ".join([*booking_spans(booking), booking.number]),
        "form": form,
        "readings": with_last_readings(form.reading_rows(), desk.after.numbers, desk.after.last),
        "has_deposit": bool(booking.deposit),
        "names_fee": "fee" in form.fields and is_open,
        "has_persons": "persons" in form.fields,
        "damages_open": any(field.value() or field.errors for pair in form.damage_rows() for field in pair),
        "result": preview_result(desk.found, source=source) if desk.found else None,
        "history": settlement_history(desk.earlier, source=source),
        "is_over": booking.state == "confirmed" and booking.start <= timezone.now(),
        "back_url": reverse("backoffice_booking", args=[booking.uuid]),
    }


def _changed_notice() -> Notice:
    return Notice("info", _("Der Betrag hat sich geändert."), _("Prüfen Sie ihn und rechnen Sie dann ab."))


def _source(booking: BookingView) -> str:
    return version_name(stored_version(booking.ordinance_version_id)) if booking.ordinance_version_id else ""
