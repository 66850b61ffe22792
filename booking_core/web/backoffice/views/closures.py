"""Closures: list, make (a dialogue shows the bookings they would hit), lift.

Not here: days with other opening hours (``views.upkeep``).
"""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from booking_core.catalog.queries import locations
from booking_core.identity.access import access_location, allowed_locations
from booking_core.identity.contracts import StaffMember
from booking_core.kernel.errors import BookingError, NotFound
from booking_core.reservations.contracts import BookingRow, ClosureView
from booking_core.reservations.errors import ClosureHitsBookings
from booking_core.reservations.queries import closures
from booking_core.reservations.services.closures import close, reopen
from booking_core.web.backoffice import roles
from booking_core.web.backoffice.forms.fields import Choices
from booking_core.web.backoffice.forms.upkeep import ClosureForm
from booking_core.web.backoffice.pages import StaffRequest, actor_of, may, office_page, show_error
from booking_core.web.backoffice.presenters.bookings import booking_table
from booking_core.web.backoffice.presenters.catalogue import closure_table
from booking_core.web.backoffice.presenters.lists import Action, Empty, ListPage
from booking_core.web.backoffice.views.bookings import visible_resources
from design_system.contracts import Crumb, Table
from design_system.templatetags.formats import span_words

SECTION = "backoffice_closures"


def closure_list(request: StaffRequest) -> HttpResponse:
    """List closures that are not over."""
    create = Action(_("Sperrung anlegen"), reverse("backoffice_closure_new"), "plus", "primary")
    listing = ListPage(
        title=_("Sperrungen"),
        lead=_(
            "Zeiten, in denen etwas nicht gebucht werden kann: Reparatur, Grundreinigung, eigene Veranstaltungen."
        ),
        actions=[create],
        table=closure_table(_ahead(request.staff)),
        empty=Empty(
            _("Keine Sperrungen"), _("Alles lässt sich zu den Öffnungszeiten buchen."), create, "lock"
        ),
    )
    return office_page(request, "list_page.html", {"listing": listing}, section=SECTION)


def new_closure(request: StaffRequest) -> HttpResponse:
    """Close a place; where bookings lie in the way, list them and ask again."""
    form = ClosureForm(request.POST or None, places=_places(request.staff))
    hit: Table | None = None
    if form.is_valid():
        try:
            _close(request, form)
        except ClosureHitsBookings as refusal:
            hit = _hit_table(refusal.bookings, with_money=may(request, roles.SEE_BOOKINGS))
        except BookingError as error:
            show_error(form, error)
        else:
            messages.success(request, _("Die Sperrung ist gespeichert."))
            return redirect(SECTION)
    context = {
        "title": _("Sperrung anlegen"),
        "form": form,
        "hit": hit,
        "back_url": reverse(SECTION),
    }
    crumbs = [Crumb(_("Sperrungen"), reverse(SECTION)), Crumb(_("Anlegen"))]
    status = 409 if hit else 422 if form.errors else 200
    return office_page(request, "closure_new.html", context, section=SECTION, crumbs=crumbs, status=status)


def _close(request: StaffRequest, form: ClosureForm) -> None:
    location_id, resource_id = _place(request.staff, form.cleaned_data["place"])
    close(
        access_location(request.staff, location_id),
        resource_id,
        form.spans()[0],
        form.cleaned_data["reason"],
        actor=actor_of(request),
        over_bookings=request.POST.get("step") == "anyway",
    )


def lift(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Take a closure back, after asking."""
    closure = next((one for one in _ahead(request.staff) if one.uuid == uuid), None)
    if closure is None:
        raise NotFound(_("Diese Sperrung gibt es nicht."))
    if request.method == "POST":
        reopen(uuid, actor=actor_of(request))
        messages.success(request, _("Die Sperrung ist aufgehoben."))
        return redirect(SECTION)
    place = closure.resource_name or closure.location_name
    context = {
        "title": _("Sperrung aufheben?"),
        "sentences": [
            f"{place}: {span_words(closure.span)}, {closure.reason}",
            _("Die Zeit lässt sich danach sofort wieder buchen."),
        ],
        "submit": _("Ja, aufheben"),
        "cancel_url": reverse(SECTION),
    }
    crumbs = [Crumb(_("Sperrungen"), reverse(SECTION)), Crumb(_("Aufheben"))]
    return office_page(request, "confirm_page.html", context, section=SECTION, crumbs=crumbs)


def _ahead(member: StaffMember) -> tuple[ClosureView, ...]:
    now = timezone.now()
    return tuple(one for one in closures(location_ids=allowed_locations(member)) if one.span.end > now)


def _places(member: StaffMember) -> Choices:
    resources = visible_resources(member)
    choices: Choices = []
    for place in locations(include_unpublished=True):
        if member.may_see_location(place.id):
            choices.append((f"l{place.id}", _("%(place)s (ganzer Standort)") % {"place": place.name}))
            choices += [(f"r{one.id}", f"– {one.name}") for one in resources if one.location.id == place.id]
    return choices


def _place(member: StaffMember, code: str) -> tuple[int, int | None]:
    number = int(code[1:])
    if code.startswith("l"):
        return number, None
    found = next(one for one in visible_resources(member) if one.id == number)
    return found.location.id, found.id


def _hit_table(rows: Sequence[BookingRow], *, with_money: bool) -> Table:
    return booking_table(rows, caption=_("Buchungen in dieser Zeit"), with_money=with_money)
