"""All series at the desk: which run, which have not answered, which are not used; asking and noting.

Not here: single dates (``series_dates``), entering a series (``series_new``).
"""

from datetime import timedelta
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from booking_core.identity.access import access_booking, allowed_locations
from booking_core.kernel.errors import BookingError
from booking_core.reservations.queries import booking_by_uuid
from booking_core.reservations.queries.series import SeriesFilter, SeriesRow, series_rows
from booking_core.reservations.series_words import rule_words
from booking_core.web.backoffice import roles
from booking_core.web.backoffice.pages import (
    StaffRequest,
    actor_of,
    may,
    office_page,
    refusal_status,
    show_error,
)
from booking_core.web.backoffice.presenters.bookings import STATE_TONES
from booking_core.web.backoffice.presenters.lists import Action
from booking_core.web.backoffice.views.bookings import PER_PAGE, django_page, page_number
from booking_core.web.series.dates import date_of
from booking_core.workflows.standing_bookings import ask_to_confirm, note_use
from booking_core.workflows.yearly_confirmation import ask_all_to_confirm, to_be_asked
from design_system.contracts import Cell, Column, Crumb, NavItem, Table
from design_system.templatetags.formats import clock, long_date, span_words
from design_system.widgets import DateWidget

SECTION = "backoffice_series"
_FILTERS = ("", "unconfirmed", "unused")


class ConfirmByForm(forms.Form):
    """Until when the club shall answer."""

    confirm_by = forms.DateField(label=gettext_lazy("Antwort bis"), widget=DateWidget)


def series_list(request: StaffRequest) -> HttpResponse:
    """Series that still run, filtered by what needs looking after."""
    only = request.GET.get("nur", "")
    only = only if only in _FILTERS else ""
    wanted = SeriesFilter(only, location_ids=allowed_locations(request.staff))
    listing = series_rows(wanted, now=timezone.now(), page=page_number(request), per_page=PER_PAGE)
    labels = {"": _("Alle Serien"), "unconfirmed": _("Ohne Antwort"), "unused": _("Nicht genutzt")}
    base = reverse(SECTION)
    context = {
        "title": _("Serien"),
        "lead": _("Regelmäßige Termine, die noch laufen."),
        "actions": [Action(_("Vereine um Bestätigung bitten"), reverse("backoffice_series_ask_all"), "mail")]
        if may(request, roles.DECIDE)
        else [],
        "tabs": [
            NavItem(label, f"{base}?nur={key}" if key else base, key == only) for key, label in labels.items()
        ],
        "table": _table(listing.rows),
        "is_filtered": bool(only),
        "page": django_page(listing.total, listing.number, PER_PAGE),
    }
    return office_page(request, "series_list.html", context, section=SECTION)


def confirmation(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Ask the club by mail whether it goes on."""
    booking = access_booking(request.staff, booking_by_uuid(uuid), for_writing=True)
    in_a_month = timezone.localdate() + timedelta(days=28)
    form = ConfirmByForm(request.POST or None, initial={"confirm_by": in_a_month})
    if form.is_valid():
        try:
            ask_to_confirm(
                uuid, confirm_by=form.cleaned_data["confirm_by"], actor=actor_of(request), now=timezone.now()
            )
        except BookingError as error:
            show_error(form, error)
        else:
            messages.success(
                request, _("Die Frage ist unterwegs. Bleibt sie ohne Antwort, steht die Serie in der Liste.")
            )
            return redirect("backoffice_booking", uuid)
    title = _("Um Bestätigung bitten")
    context = {
        "title": title,
        "lead": f"{booking.title} · {booking.number}",
        "form": form,
        "submit": _("Verein fragen"),
        "back_url": reverse("backoffice_booking", args=[uuid]),
    }
    crumbs = [
        Crumb(_("Serien"), reverse(SECTION)),
        Crumb(booking.number, reverse("backoffice_booking", args=[uuid])),
        Crumb(title),
    ]
    return office_page(
        request, "form_page.html", context, section=SECTION, crumbs=crumbs, status=refusal_status(form)
    )


def ask_all(request: StaffRequest) -> HttpResponse:
    """The yearly question to all clubs at once: how many it goes to, then the question."""
    form = ConfirmByForm(
        request.POST or None, initial={"confirm_by": timezone.localdate() + timedelta(days=28)}
    )
    now, count = timezone.now(), None
    if form.is_valid():
        day = form.cleaned_data["confirm_by"]
        uuids = to_be_asked(allowed_locations(request.staff), confirm_by=day, now=now)
        count = len(uuids)
        if request.POST.get("step") == "ask" and uuids:
            try:
                asked = ask_all_to_confirm(uuids, confirm_by=day, actor=actor_of(request), now=now)
            except BookingError as error:
                show_error(form, error)
            else:
                messages.success(request, _asked_words(asked))
                return redirect(f"{reverse(SECTION)}?nur=unconfirmed")
    context = {
        "title": _("Vereine um Bestätigung bitten"),
        "lead": _("Einmal im Jahr: Brauchen die Vereine ihre regelmäßigen Termine noch?"),
        "form": form,
        "count": None if form.errors else count,
        "count_words": _to_ask_words(count) if count else "",
        "back_url": reverse(SECTION),
    }
    crumbs = [Crumb(_("Serien"), reverse(SECTION)), Crumb(_("Um Bestätigung bitten"))]
    return office_page(
        request, "series_ask_all.html", context, section=SECTION, crumbs=crumbs, status=refusal_status(form)
    )


def _to_ask_words(count: int) -> str:
    return ngettext("Gefragt wird %(count)s Verein.", "Gefragt werden %(count)s Vereine.", count) % {
        "count": count
    }


def _asked_words(count: int) -> str:
    return ngettext(
        "%(count)s Frage ist unterwegs. Wer nicht antwortet, wird eine Woche vorher erinnert.",
        "%(count)s Fragen sind unterwegs. Wer nicht antwortet, wird eine Woche vorher erinnert.",
        count,
    ) % {"count": count}


def date_use(request: StaffRequest, uuid: UUID, slot: str) -> HttpResponse:
    """Note whether a date was used; the caretaker's one tap on the day's page comes here too."""
    booking = access_booking(request.staff, booking_by_uuid(uuid))
    date = date_of(booking, slot)
    back = reverse("backoffice_booking", args=[uuid])
    fault = ""
    if request.method == "POST":
        try:
            noted = note_use(
                uuid, {slot: request.POST.get("use", "")}, actor=actor_of(request), now=timezone.now()
            )
        except BookingError as error:
            fault = str(error)
        else:
            messages.success(request, _noted_words(noted.in_a_row, was_asked=noted.was_asked))
            return redirect("backoffice_today" if request.POST.get("from") == "today" else back)
    context = {
        "title": _("Wurde der Termin genutzt?"),
        "lead": f"{booking.title}: {span_words(date.span)}",
        "fault": fault,
        "attendance": date.attendance,
        "back_url": back,
    }
    crumbs = [Crumb(booking.number, back), Crumb(_("Nutzung"))]
    status = 409 if fault else 200
    return office_page(
        request, "date_use.html", context, section="backoffice_today", crumbs=crumbs, status=status
    )


def _noted_words(in_a_row: int, *, was_asked: bool) -> str:
    if was_asked:
        return ngettext(
            "Vermerkt: %(count)s Termin nicht genutzt. Der Verein wird gefragt.",
            "Vermerkt: %(count)s Termine hintereinander nicht genutzt. Der Verein wird gefragt.",
            in_a_row,
        ) % {"count": in_a_row}
    return _("Vermerkt.")


def _table(rows: tuple[SeriesRow, ...]) -> Table:
    return Table(
        caption=_("Serien"),
        is_caption_hidden=True,
        is_dense=True,
        is_stacked=True,
        columns=[
            Column(_("Serie")),
            Column(_("Wo")),
            Column(_("Nächster Termin")),
            Column(_("Stand")),
            Column(_("Bestätigung")),
        ],
        rows=[_row(row) for row in rows],
    )


def _row(row: SeriesRow) -> list[Cell | str]:
    booking = row.booking
    left = ngettext("noch %(count)s Termin", "noch %(count)s Termine", row.dates_left) % {
        "count": row.dates_left
    }
    unused = ngettext("zuletzt %(count)s nicht genutzt", "zuletzt %(count)s nicht genutzt", row.unused) % {
        "count": row.unused
    }
    return [
        Cell(booking.title, reverse("backoffice_booking", args=[booking.uuid]),
             note=f"{booking.organisation_name or booking.contact_name} · {rule_words(row.rule)}"),
        Cell(", ".join(booking.resource_names), note=", ".join(booking.location_names)),
        Cell(f"{long_date(row.next_start)}, {clock(row.next_start)}" if row.next_start else _("keiner mehr"),
             note=left),
        Cell(unused, tone="danger", note=_("Verein gefragt") if row.unused_asked_at else "")
        if row.unused
        else Cell(booking.state_label, tone=STATE_TONES[booking.state]),
        _confirmation(row),
    ]  # fmt: skip


def _confirmation(row: SeriesRow) -> Cell:
    if row.confirm_by:
        overdue = row.confirm_by < timezone.localdate()
        label = _("überfällig") if overdue else _("gefragt")
        until = _("Antwort bis %(day)s") % {"day": long_date(row.confirm_by)}
        return Cell(label, tone="danger" if overdue else "warning", note=until)
    return (
        Cell(_("bestätigt"), tone="success", note=long_date(row.confirmed_at))
        if row.confirmed_at
        else Cell("–")
    )
