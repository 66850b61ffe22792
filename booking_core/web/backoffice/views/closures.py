"""Closures: list, make (a dialogue settles with the bookings they would hit), lift.

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
from django.utils.translation import ngettext

from booking_core.catalog.queries import locations
from booking_core.identity.access import access_booking, access_location, allowed_locations
from booking_core.identity.contracts import StaffMember
from booking_core.kernel.errors import BookingError, NotFound
from booking_core.reservations.closure_contracts import ClosureView
from booking_core.reservations.errors import ClosureHitsBookings, Stale
from booking_core.reservations.queries import closures
from booking_core.reservations.services.closures import reopen
from booking_core.web.backoffice import roles
from booking_core.web.backoffice.forms.fields import Choices
from booking_core.web.backoffice.forms.upkeep import ClosureForm
from booking_core.web.backoffice.pages import StaffRequest, actor_of, may, office_page, show_error
from booking_core.web.backoffice.presenters.catalogue import closure_table
from booking_core.web.backoffice.presenters.closures import HitRow, chosen_decisions, hit_rows
from booking_core.web.backoffice.presenters.lists import Action, Empty, ListPage
from booking_core.web.backoffice.views.bookings import visible_resources
from booking_core.workflows.close_places import ClosureWish, Hit, Place, close_places, preview_closure
from design_system.contracts import Crumb
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
    """Close places; where bookings lie in the way, settle with each of them first."""
    form = ClosureForm(request.POST or None, places=_places(request.staff))
    hits: Sequence[HitRow] = ()
    fault = ""
    if form.is_valid():
        try:
            wish, now = _wish(request.staff, form), timezone.now()
            found = preview_closure(wish, now=now)
            if not found or request.POST.get("step") == "settle":
                made = _close(request, wish, found)
                messages.success(request, _closed_words(len(made), len(found)))
                return redirect(SECTION)
            hits = _hit_rows(request, found)
        except (ClosureHitsBookings, Stale) as refusal:
            fault = str(refusal)
            hits = _hit_rows(request, preview_closure(_wish(request.staff, form), now=timezone.now()))
        except BookingError as error:
            show_error(form, error)
            hits = _hit_rows(request, found) if request.POST.get("step") == "settle" else ()
    context = {
        "title": _("Sperrung anlegen"),
        "form": form,
        "hits": hits,
        "fault": fault,
        "can_decide": may(request, roles.DECIDE),
        "for_all": request.POST.get("for_all", ""),
        "back_url": reverse(SECTION),
    }
    crumbs = [Crumb(_("Sperrungen"), reverse(SECTION)), Crumb(_("Anlegen"))]
    status = 422 if form.errors else 409 if hits else 200
    return office_page(request, "closure_new.html", context, section=SECTION, crumbs=crumbs, status=status)


def _wish(member: StaffMember, form: ClosureForm) -> ClosureWish:
    places = tuple(Place(*_place(member, code)) for code in form.cleaned_data["places"])
    for place in places:
        access_location(member, place.location_id)
    return ClosureWish(places, form.every_year(), form.cleaned_data["reason"])


def _close(request: StaffRequest, wish: ClosureWish, hits: Sequence[Hit]) -> tuple[ClosureView, ...]:
    decisions = chosen_decisions(request.POST, hits, can_decide=may(request, roles.DECIDE))
    for hit in hits:
        decision = decisions.get(hit.booking.uuid)
        if decision is not None and decision.kind != "keep":
            access_booking(request.staff, hit.booking, for_writing=True)
    return close_places(wish, decisions, actor=actor_of(request), now=timezone.now())


def _hit_rows(request: StaffRequest, hits: Sequence[Hit]) -> list[HitRow]:
    return hit_rows(hits, request.POST, can_decide=may(request, roles.DECIDE))


def _closed_words(closures: int, bookings: int) -> str:
    made = ngettext("%(count)s Sperrung ist gespeichert.", "%(count)s Sperrungen sind gespeichert.", closures)
    words = made % {"count": closures}
    if bookings:
        settled = ngettext(
            "%(count)s Buchung ist geklärt.", "%(count)s Buchungen sind geklärt.", bookings
        ) % {"count": bookings}
        words = f"{words} {settled}"
    return words


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
