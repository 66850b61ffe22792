"""What the town offers: the list, and editing a location or a resource.

Not here: hours and photos (``views.upkeep``), parts and tariffs (``views.resource_parts``).
"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from booking_core.catalog.contracts import LocationView, ResourceView
from booking_core.catalog.queries import locations, resource_by_id
from booking_core.catalog.services.places import save_location
from booking_core.identity.access import access_location
from booking_core.kernel.errors import BookingError, NotFound
from booking_core.ordinances.queries import ordinances_list
from booking_core.reservations.errors import LayoutClashes
from booking_core.web.backoffice import roles
from booking_core.web.backoffice.forms.catalogue import (
    NEW_RESOURCE,
    LocationForm,
    ResourceForm,
    location_facts,
    resource_facts,
)
from booking_core.web.backoffice.forms.fields import location_choices
from booking_core.web.backoffice.pages import (
    StaffRequest,
    actor_of,
    may,
    office_page,
    refusal_status,
    require_all_locations,
    show_error,
)
from booking_core.web.backoffice.presenters.catalogue import location_tabs, place_sections, resource_tabs
from booking_core.web.backoffice.presenters.lists import Action
from booking_core.web.backoffice.presenters.moves import clash_table
from booking_core.web.backoffice.views.bookings import visible_resources
from booking_core.workflows.offering import save_offer
from design_system.contracts import Crumb

SECTION = "backoffice_catalogue"


def catalogue(request: StaffRequest) -> HttpResponse:
    """List locations with their resources."""
    can_edit = may(request, roles.EDIT_CATALOGUE)
    places = [one for one in locations(include_unpublished=True) if request.staff.may_see_location(one.id)]
    actions = []
    if can_edit and not request.staff.location_ids:
        actions = [Action(_("Neuer Standort"), reverse("backoffice_location_new"), "plus", "primary")]
    context = {
        "title": _("Angebote"),
        "actions": actions,
        "places": place_sections(
            places,
            visible_resources(request.staff),
            ordinance_names={found: one.name for one in ordinances_list() for found in one.resource_ids},
            can_edit=can_edit,
        ),
    }
    return office_page(request, "catalogue.html", context, section=SECTION)


def new_location(request: StaffRequest) -> HttpResponse:
    """Make a location; only for members responsible for all of them."""
    require_all_locations(request)
    return _location_page(request, None)


def location(request: StaffRequest, location_id: int) -> HttpResponse:
    """Change a location."""
    return _location_page(request, location_of(request, location_id))


def _location_page(request: StaffRequest, place: LocationView | None) -> HttpResponse:
    form = LocationForm(request.POST or None, initial=location_facts(place) if place else None)
    if form.is_valid():
        try:
            saved = save_location(
                form.data_for(place), location_id=place.id if place else None, actor=actor_of(request)
            )
        except BookingError as error:
            show_error(form, error)
        else:
            messages.success(request, _("%(name)s ist gespeichert.") % {"name": saved.name})
            return redirect("backoffice_location", saved.id)
    title = place.name if place else _("Neuer Standort")
    context = {
        "title": title,
        "form": form,
        "submit": _("Speichern"),
        "back_url": reverse(SECTION),
        "tabs": location_tabs(place, "backoffice_location") if place else (),
    }
    return office_page(
        request,
        "form_page.html",
        context,
        section=SECTION,
        crumbs=crumbs_to(title),
        status=refusal_status(form),
    )


def new_resource(request: StaffRequest) -> HttpResponse:
    """Make something that can be booked; the town's first page of it is hidden until someone publishes it."""
    return _resource_page(request, None)


def resource(request: StaffRequest, resource_id: int) -> HttpResponse:
    """Change a resource."""
    return _resource_page(request, resource_of(request, resource_id))


def _resource_page(request: StaffRequest, found: ResourceView | None) -> HttpResponse:
    choices = location_choices(locations(include_unpublished=True), request.staff.location_ids)
    initial = (
        resource_facts(found) if found else {**NEW_RESOURCE, "location_id": request.GET.get("standort", "")}
    )
    form = ResourceForm(request.POST or None, initial=initial, locations=choices)
    clashes = None
    if form.is_valid():
        try:
            saved = save_offer(
                form.data_for(found), resource_id=found.id if found else None, actor=actor_of(request)
            )
        except LayoutClashes as refusal:
            show_error(form, refusal)
            clashes = clash_table(refusal.misfits)
        except BookingError as error:
            show_error(form, error)
        else:
            messages.success(request, _("%(name)s ist gespeichert.") % {"name": saved.name})
            return redirect("backoffice_resource", saved.id)
    title = found.name if found else _("Neues Angebot")
    context = {
        "title": title,
        "form": form,
        "submit": _("Speichern"),
        "back_url": reverse(SECTION),
        "tabs": resource_tabs(found, "backoffice_resource") if found else (),
        "clashes": clashes,
    }
    return office_page(
        request,
        "form_page.html",
        context,
        section=SECTION,
        crumbs=crumbs_to(title),
        status=refusal_status(form),
    )


def location_of(request: StaffRequest, location_id: int) -> LocationView:
    """The location, if it is one of the member's. Raises NotFound."""
    access_location(request.staff, location_id)
    for place in locations(include_unpublished=True):
        if place.id == location_id:
            return place
    raise NotFound(_("Diesen Standort gibt es nicht."))


def resource_of(request: StaffRequest, resource_id: int) -> ResourceView:
    """The resource, if it stands at one of the member's locations. Raises NotFound."""
    found = resource_by_id(resource_id)
    access_location(request.staff, found.location.id)
    return found


def crumbs_to(*labels: str) -> list[Crumb]:
    """The way from the catalogue to this page."""
    return [Crumb(_("Angebote"), reverse(SECTION)), *(Crumb(label) for label in labels)]
