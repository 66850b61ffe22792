"""One booking: its file, notes, details, calendar file, cancelling.

Not here: moving it (``views.moves``), deciding about a request (``views.inbox``), people and extras
(``views.booking_scope``), entering a new one (``views.new_booking``).
"""

from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from booking_core.identity.access import access_booking
from booking_core.kernel.errors import BookingError
from booking_core.messaging.calendar import booking_calendar
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.errors import Stale
from booking_core.reservations.queries import booking_by_uuid
from booking_core.reservations.queries.settlements import settlements_of
from booking_core.web.backoffice import roles
from booking_core.web.backoffice.forms.bookings import DetailsForm, details_of
from booking_core.web.backoffice.forms.decisions import NoteForm
from booking_core.web.backoffice.pages import (
    StaffRequest,
    actor_of,
    may,
    office_page,
    refusal_status,
    show_error,
)
from booking_core.web.backoffice.presenters.cases import case_page, version_name
from booking_core.web.backoffice.presenters.finance.booking_panel import booking_money_panel
from booking_core.web.backoffice.presenters.inbox import Notice, stale_notice
from booking_core.web.backoffice.presenters.lists import Action
from booking_core.web.backoffice.presenters.settlements import SettlementHistory, settlement_history
from booking_core.web.backoffice.views.series_dates import series_tables
from booking_core.workflows.case_file import CaseFile, case_file
from booking_core.workflows.change_booking import change_details
from booking_core.workflows.decide_booking import note_on_booking
from design_system.contracts import Crumb

SECTION = "backoffice_bookings"


def booking(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Show one booking with all that is known of it."""
    case = case_file(uuid, member=request.staff)
    context = {
        "case": case_page(case, member=request.staff),
        "actions": _actions(request, case.booking),
        "dates": series_tables(request, case.booking),
        "note_form": NoteForm(initial={"text": case.booking.staff_note})
        if may(request, roles.NOTE)
        else None,
        "money": booking_money_panel(case.booking, request.staff) if may(request, roles.SEE_MONEY) else None,
        "settlement": _settlement(request, case),
    }
    return office_page(
        request, "booking.html", context, section=SECTION, crumbs=crumbs_to(request, case.booking)
    )


def _settlement(request: StaffRequest, case: CaseFile) -> SettlementHistory | None:
    if not may(request, roles.SEE_BOOKINGS | roles.SETTLE):
        return None
    return settlement_history(settlements_of(case.booking.id), source=version_name(case.version))


def note(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Keep a note only staff see."""
    found = access_booking(request.staff, booking_by_uuid(uuid))
    form = NoteForm(request.POST)
    if form.is_valid():
        note_on_booking(uuid, actor=actor_of(request), text=form.cleaned_data["text"])
        messages.success(request, _("Die Notiz ist gespeichert."))
        return redirect("backoffice_booking", uuid)
    return _form_page(request, found, form, title=_("Interne Notiz"), submit=_("Notiz speichern"))


def calendar_file(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """The booking as a calendar file."""
    found = access_booking(request.staff, booking_by_uuid(uuid))
    return HttpResponse(
        booking_calendar(found, method="PUBLISH"),
        headers={
            "Content-Type": "text/calendar; charset=utf-8",
            "Content-Disposition": f'attachment; filename="{found.number}.ics"',
        },
    )


def details(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Correct words and contact data."""
    found = booking_to_change(request, uuid)
    form = DetailsForm(request.POST or None, initial=details_of(found))
    notices: list[Notice] = []
    if form.is_valid():
        typed = form.cleaned_data
        try:
            change_details(
                uuid,
                title=typed["title"],
                message=typed["message"],
                contact=form.contact(),
                actor=actor_of(request),
                expected_version=typed["expected_version"],
                title_is_public=typed["title_is_public"],
            )
        except Stale:
            notices = [stale_notice(booking_by_uuid(uuid))]
        except BookingError as error:
            show_error(form, error)
        else:
            messages.success(request, _("Die Angaben sind gespeichert."))
            return redirect("backoffice_booking", uuid)
    return _form_page(request, found, form, title=_("Angaben ändern"), submit=_("Speichern"), notices=notices)


def booking_to_change(request: StaffRequest, uuid: UUID) -> BookingView:
    """The booking, if the member may decide about it. Raises NotFound, NotAllowed."""
    return access_booking(request.staff, booking_by_uuid(uuid), for_writing=True)


def _form_page(
    request: StaffRequest,
    found: BookingView,
    form: BaseForm,
    *,
    title: str,
    submit: str,
    notices: list[Notice] | None = None,
) -> HttpResponse:
    context = {
        "title": title,
        "lead": f"{found.title} · {found.number}",
        "form": form,
        "submit": submit,
        "notices": notices or [],
        "back_url": reverse("backoffice_booking", args=[found.uuid]),
    }
    status = 409 if notices else refusal_status(form)
    return office_page(
        request,
        "form_page.html",
        context,
        section=SECTION,
        crumbs=crumbs_to(request, found, title),
        status=status,
    )


def crumbs_to(request: StaffRequest, found: BookingView, last: str = "") -> list[Crumb]:
    """The way from the list of bookings to this one, or to its page ``last``."""
    crumbs = [Crumb(_("Buchungen"), reverse(SECTION))] if may(request, roles.SEE_BOOKINGS) else []
    own = Crumb(found.number, reverse("backoffice_booking", args=[found.uuid]) if last else "")
    return [*crumbs, own, *([Crumb(last)] if last else [])]


def _actions(request: StaffRequest, found: BookingView) -> list[Action]:
    actions = [
        Action(
            _("Kalenderdatei"),
            reverse("backoffice_booking_calendar", args=[found.uuid]),
            "download",
            "tertiary",
        )
    ]
    if found.state == "confirmed" and found.start <= timezone.now() and may(request, roles.SETTLE):
        url = reverse("backoffice_settle", args=[found.uuid])
        actions.insert(0, Action(_("Abrechnen"), url, "check-circle", "primary"))
    if not (found.is_open and may(request, roles.DECIDE)):
        return actions
    if found.waits_for_payment:  # nobody decides on it, and it does not change until it is paid
        cancel = reverse("backoffice_booking_cancel", args=[found.uuid])
        return [*actions, Action(_("Stornieren …"), cancel, "trash")]
    if found.state == "requested":
        decide = Action(
            _("Entscheiden"), reverse("backoffice_inbox_request", args=[found.uuid]), "inbox", "primary"
        )
        actions.insert(0, decide)
    return [
        *actions,
        *(
            [
                Action(_("Verschieben"), reverse("backoffice_booking_move", args=[found.uuid]), "clock"),
                Action(_("Tauschen"), reverse("backoffice_booking_swap", args=[found.uuid]), "refresh"),
            ]
            if found.series is None
            else []
        ),
        Action(_("Personen und Extras"), reverse("backoffice_booking_scope", args=[found.uuid]), "people"),
        *(
            [
                Action(
                    _("Um Bestätigung bitten"),
                    reverse("backoffice_series_confirmation", args=[found.uuid]),
                    "mail",
                )
            ]
            if found.series is not None
            else []
        ),
        Action(_("Angaben ändern"), reverse("backoffice_booking_details", args=[found.uuid]), "edit"),
        Action(_("Stornieren …"), reverse("backoffice_booking_cancel", args=[found.uuid]), "trash"),
    ]
