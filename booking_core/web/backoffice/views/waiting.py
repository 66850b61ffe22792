"""The waiting list at the desk: who waits for what, in the order the ordinance gives.

Not here: offering (the scheduler does it by itself, ``workflows.waiting_list``).
"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from booking_core.identity.access import access_location, allowed_locations
from booking_core.reservations.queries.waiting import entry_by_uuid, waiting_for
from booking_core.reservations.waiting_contracts import WaitingView
from booking_core.web.backoffice import roles
from booking_core.web.backoffice.pages import StaffRequest, actor_of, may, office_page
from booking_core.web.backoffice.presenters.lists import Action, Empty, ListPage
from booking_core.workflows.waiting_list import leave_waiting_list
from design_system.contracts import Cell, Column, Crumb, Table
from design_system.templatetags.formats import clock, long_date, span_words

SECTION = "backoffice_waiting"
_TONES = {"waiting": "warning", "offered": "success"}


def waiting_list(request: StaffRequest) -> HttpResponse:
    """Everyone who waits at the member's locations, by resource, time and place in line."""
    entries = waiting_for(location_ids=allowed_locations(request.staff))
    listing = ListPage(
        title=_("Warteliste"),
        lead=_("Wird eine Zeit frei, bekommt sie die erste Person auf der Liste für eine Weile angeboten."),
        table=_table(entries, with_links=may(request, roles.DECIDE)),
        empty=Empty(
            _("Niemand wartet"),
            _("Wer eine vergebene Zeit möchte, kann sich auf der Webseite eintragen."),
            Action(_("Alle Buchungen"), reverse("backoffice_bookings")),
            "clock",
        ),
    )
    return office_page(request, "list_page.html", {"listing": listing}, section=SECTION)


def waiting_remove(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Take somebody off the list, after a yes."""
    entry = entry_by_uuid(uuid)
    access_location(request.staff, entry.location_id)
    if request.method == "POST":
        leave_waiting_list(uuid, actor=actor_of(request))
        messages.success(request, _("%(name)s steht nicht mehr auf der Warteliste.") % {"name": entry.name})
        return redirect(SECTION)
    context = {
        "title": _("Von der Warteliste nehmen?"),
        "lead": f"{entry.name}: {entry.resource_name}, {span_words(entry.span)}",
        "sentences": [_("Ein offenes Angebot geht an die nächste Person.")],
        "submit": _("Ja, austragen"),
        "cancel_url": reverse(SECTION),
    }
    crumbs = [Crumb(_("Warteliste"), reverse(SECTION)), Crumb(_("Austragen"))]
    return office_page(request, "confirm_page.html", context, section=SECTION, crumbs=crumbs)


def _table(entries: tuple[WaitingView, ...], *, with_links: bool) -> Table:
    columns = [Column(_("Was")), Column(_("Wann")), Column(_("Wer")), Column(_("Seit")), Column(_("Stand"))]
    return Table(
        caption=_("Warteliste"),
        is_caption_hidden=True,
        is_dense=True,
        is_stacked=True,
        columns=[*columns, Column(_("Austragen"))] if with_links else columns,
        rows=[_row(entry, with_links=with_links) for entry in entries],
    )


def _row(entry: WaitingView, *, with_links: bool) -> list[Cell | str]:
    until = ""
    if entry.offered_until is not None and entry.state == "offered":
        until = _("bis %(when)s") % {
            "when": f"{long_date(entry.offered_until)}, {clock(entry.offered_until)}"
        }
    cells: list[Cell | str] = [
        Cell(entry.resource_name, note=entry.location_name),
        span_words(entry.span),
        Cell(entry.name, note=entry.email),
        f"{long_date(entry.asked_at)}, {clock(entry.asked_at)}",
        Cell(entry.state_label, tone=_TONES[entry.state], note=until),  # type: ignore[arg-type]  # a tone
    ]
    if with_links:
        cells.append(Cell(_("austragen"), reverse("backoffice_waiting_remove", args=[entry.uuid])))
    return cells
