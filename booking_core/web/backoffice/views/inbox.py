"""The inbox: requests ordered by what is due, one of them open with everything needed to decide.

Not here: bookings that are decided (``views.bookings``).
"""

from collections.abc import Callable, Mapping
from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from booking_core.identity.access import access_booking, allowed_locations
from booking_core.kernel.errors import BookingError
from booking_core.reservations.contracts import BookingFilter, BookingRow, BookingView
from booking_core.reservations.errors import Stale
from booking_core.reservations.queries import booking_by_uuid, inbox
from booking_core.web.backoffice import roles
from booking_core.web.backoffice.forms.decisions import ConfirmForm, DeclineForm, QuestionForm
from booking_core.web.backoffice.pages import StaffRequest, actor_of, may, office_page, show_error
from booking_core.web.backoffice.presenters.cases import case_page
from booking_core.web.backoffice.presenters.inbox import Notice, inbox_entries, stale_notice
from booking_core.workflows.case_file import case_file
from booking_core.workflows.decide_booking import ask_question, confirm_booking, decline_booking
from design_system.contracts import Crumb, KeyHint

SECTION = "backoffice_inbox"


def inbox_list(request: StaffRequest) -> HttpResponse:
    """Show the list; beside it, where there is room, the request that is due first."""
    rows = _rows(request)
    return _page(request, rows, rows[0].uuid if rows else None)


def inbox_request(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Show one request beside the list."""
    return _page(request, _rows(request), uuid, is_chosen=True)


def confirm(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Confirm, unless somebody was faster."""
    form = ConfirmForm(request.POST)

    def decide(booking: BookingView) -> None:
        confirm_booking(uuid, actor=actor_of(request), **form.cleaned_data)
        messages.success(
            request, _("%(number)s ist bestätigt. Die E-Mail ist unterwegs.") % {"number": booking.number}
        )

    return _decide(request, uuid, "confirm", form, decide)


def decline(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Decline with a reason, unless somebody was faster."""
    form = DeclineForm(request.POST)

    def decide(booking: BookingView) -> None:
        decline_booking(
            uuid,
            actor=actor_of(request),
            expected_version=form.cleaned_data["expected_version"],
            reason=form.cleaned_data["words"],
        )
        messages.success(
            request, _("%(number)s ist abgelehnt. Die E-Mail ist unterwegs.") % {"number": booking.number}
        )

    return _decide(request, uuid, "decline", form, decide)


def ask(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Ask the person who booked; the request stays in the inbox."""
    form = QuestionForm(request.POST)

    def decide(booking: BookingView) -> None:
        ask_question(uuid, actor=actor_of(request), text=form.cleaned_data["text"])
        messages.success(request, _("Ihre Frage zu %(number)s ist unterwegs.") % {"number": booking.number})

    return _decide(request, uuid, "ask", form, decide)


def _decide(
    request: StaffRequest, uuid: UUID, name: str, form: BaseForm, decide: Callable[[BookingView], None]
) -> HttpResponse:
    """Run one decision; whatever it refuses comes back on the same page with what was typed."""
    booking = access_booking(request.staff, booking_by_uuid(uuid), for_writing=True)
    if form.is_valid():
        try:
            decide(booking)
        except Stale:
            return _page(request, _rows(request), uuid, is_chosen=True, forms={name: form}, is_stale=True)
        except BookingError as error:
            show_error(form, error)
        else:
            return redirect(SECTION)
    return _page(request, _rows(request), uuid, is_chosen=True, forms={name: form})


def _rows(request: StaffRequest) -> tuple[BookingRow, ...]:
    return inbox(BookingFilter(location_ids=allowed_locations(request.staff)))


def _page(
    request: StaffRequest,
    rows: tuple[BookingRow, ...],
    uuid: UUID | None,
    *,
    is_chosen: bool = False,
    forms: Mapping[str, BaseForm] | None = None,
    is_stale: bool = False,
) -> HttpResponse:
    case = case_file(uuid, member=request.staff) if uuid else None
    booking = case.booking if case else None
    notice: Notice | None = stale_notice(booking) if booking and is_stale else None
    position = next((place for place, row in enumerate(rows) if row.uuid == uuid), None)
    context = {
        "entries": inbox_entries(rows, uuid),
        "is_chosen": is_chosen,
        "case": case_page(case, member=request.staff) if case else None,
        "notice": notice,
        "can_decide": booking is not None
        and booking.state == "requested"
        and not booking.waits_for_payment
        and may(request, roles.DECIDE),
        "previous_url": _url(rows, position, -1),
        "next_url": _url(rows, position, 1),
        "key_hints": _key_hints(may(request, roles.DECIDE)),
        **_forms(booking, forms or {}),
    }
    refused = any(form.errors for form in (forms or {}).values())
    return office_page(
        request,
        "inbox.html",
        context,
        section=SECTION,
        crumbs=[Crumb(_("Eingang"), reverse(SECTION)), Crumb(booking.number)]
        if booking and is_chosen
        else (),
        status=409 if is_stale else 422 if refused else 200,
    )


def _forms(booking: BookingView | None, typed: Mapping[str, BaseForm]) -> dict[str, object]:
    """The three forms; one that came back keeps its words but learns the new version."""
    if booking is None:
        return {}
    fresh = {"expected_version": booking.version}
    confirm_form = typed.get("confirm") or ConfirmForm(initial=fresh)
    decline_form = typed.get("decline") or DeclineForm(initial=fresh)
    return {
        "confirm_form": confirm_form,
        "decline_form": decline_form,
        "question_form": typed.get("ask") or QuestionForm(),
        "open_form": next(iter(typed), ""),
    }


def _url(rows: tuple[BookingRow, ...], position: int | None, step: int) -> str:
    if position is None or not 0 <= position + step < len(rows):
        return ""
    return reverse("backoffice_inbox_request", args=[rows[position + step].uuid])


def _key_hints(can_decide: bool) -> list[KeyHint]:
    hints = [KeyHint("j", _("nächste")), KeyHint("k", _("vorige"))]
    decide = [KeyHint("b", _("bestätigen")), KeyHint("a", _("ablehnen")), KeyHint("r", _("nachfragen"))]
    return [*hints, *decide] if can_decide else hints
