"""Opening hours, days that differ, photos: the same pages for a location and for a resource.

Not here: closures (``views.closures``).
"""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from booking_core.catalog.contracts import OpeningRules, PhotoView
from booking_core.catalog.queries import own_opening_rules
from booking_core.catalog.services.hours import delete_special_day, save_special_day, set_opening_hours
from booking_core.catalog.services.photos import add_photo, delete_photo, describe_photo, reorder_photos
from booking_core.kernel.errors import BookingError, NotFound
from booking_core.web.backoffice.forms.hours import SpecialDayForm, WeekForm, special_day_data
from booking_core.web.backoffice.forms.upkeep import PhotoForm
from booking_core.web.backoffice.pages import StaffRequest, actor_of, office_page, refusal_status, show_error
from booking_core.web.backoffice.presenters.catalogue import location_tabs, resource_tabs, special_day_rows
from booking_core.web.backoffice.views.catalogue import SECTION, crumbs_to, location_of, resource_of
from design_system.contracts import NavItem


@dataclass(frozen=True, slots=True)
class Owner:
    """The location or resource whose hours or photos are edited. ``kind``: location, resource."""

    kind: str
    id: int
    name: str
    photos: tuple[PhotoView, ...]
    tabs: list[NavItem]
    ids: dict[str, int]

    def route(self, page: str) -> str:
        """The name of this owner's page."""
        return f"backoffice_{self.kind}_{page}"


def hours(request: StaffRequest, kind: str, owner_id: int) -> HttpResponse:
    """Edit the week, list and add days that differ."""
    owner = _owner(request, kind, owner_id, "hours")
    rules = own_opening_rules(**owner.ids)
    week = WeekForm(
        request.POST if request.POST.get("form") == "week" else None, rules=rules, auto_id="week_%s"
    )
    day = SpecialDayForm(request.POST if request.POST.get("form") == "day" else None, auto_id="day_%s")
    if week.is_valid():
        try:
            set_opening_hours(week.cleaned_data["hours"], **owner.ids, actor=actor_of(request))
        except BookingError as error:
            show_error(week, error)
        else:
            messages.success(request, _("Die Öffnungszeiten sind gespeichert."))
            return redirect(owner.route("hours"), owner_id)
    if day.is_valid():
        try:
            save_special_day(special_day_data(day.cleaned_data), **owner.ids, actor=actor_of(request))
        except BookingError as error:
            show_error(day, error)
        else:
            messages.success(request, _("Der besondere Tag ist gespeichert."))
            return redirect(owner.route("hours"), owner_id)
    context = {
        "title": owner.name,
        "tabs": owner.tabs,
        "week": week,
        "day_form": day,
        "special_days": special_day_rows(rules.special),
        "delete_url": reverse(owner.route("special_day_delete"), args=[owner_id]),
        "hint": _hours_hint(owner, rules),
    }
    return office_page(
        request,
        "hours.html",
        context,
        section=SECTION,
        crumbs=crumbs_to(owner.name, _("Öffnungszeiten")),
        status=422 if week.errors or day.errors else 200,
    )


def special_day_delete(request: StaffRequest, kind: str, owner_id: int) -> HttpResponse:
    """Let the weekly hours hold again on some days."""
    owner = _owner(request, kind, owner_id, "hours")
    text = request.POST.get("day", "")
    known = {str(day.id): day.id for day in own_opening_rules(**owner.ids).special}
    if text not in known:
        raise NotFound(_("Diesen besonderen Tag gibt es nicht."))
    delete_special_day(known[text], actor=actor_of(request))
    messages.success(request, _("Der besondere Tag ist gelöscht."))
    return redirect(owner.route("hours"), owner_id)


def photos(request: StaffRequest, kind: str, owner_id: int) -> HttpResponse:
    """Show photos; add one, which needs a description."""
    owner = _owner(request, kind, owner_id, "photos")
    form = PhotoForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            add_photo(
                form.cleaned_data["picture"], form.cleaned_data["alt"], **owner.ids, actor=actor_of(request)
            )
        except BookingError as error:
            form.add_error("alt" if error.field == "alt" else "picture", str(error))
        else:
            messages.success(request, _("Das Bild ist gespeichert."))
            return redirect(owner.route("photos"), owner_id)
    context = {
        "title": owner.name,
        "tabs": owner.tabs,
        "photos": owner.photos,
        "form": form,
        "change_url": reverse(owner.route("photo_change"), args=[owner_id]),
    }
    crumbs = crumbs_to(owner.name, _("Fotos"))
    return office_page(
        request, "photos.html", context, section=SECTION, crumbs=crumbs, status=refusal_status(form)
    )


def photo_change(request: StaffRequest, kind: str, owner_id: int) -> HttpResponse:
    """Delete a photo, describe it anew, or move it one place forward."""
    owner = _owner(request, kind, owner_id, "photos")
    order = [photo.uuid for photo in owner.photos]
    uuid = next((one for one in order if str(one) == request.POST.get("photo")), None)
    if uuid is None:
        raise NotFound(_("Dieses Bild gibt es nicht."))
    try:
        messages.success(request, _change_photo(request, owner, uuid, order))
    except BookingError as error:
        messages.error(request, str(error))
    return redirect(owner.route("photos"), owner_id)


def _change_photo(request: StaffRequest, owner: Owner, uuid: UUID, order: list[UUID]) -> str:
    actor, step = actor_of(request), request.POST.get("step")
    if step == "delete":
        delete_photo(uuid, actor=actor)
        return _("Das Bild ist gelöscht.")
    if step == "forward":
        place = max(0, order.index(uuid) - 1)
        order.remove(uuid)
        reorder_photos([*order[:place], uuid, *order[place:]], **owner.ids, actor=actor)
        return _("Die Reihenfolge ist gespeichert.")
    describe_photo(uuid, request.POST.get("alt", ""), actor=actor)
    return _("Die Bildbeschreibung ist gespeichert.")


def _owner(request: StaffRequest, kind: str, owner_id: int, page: str) -> Owner:
    if kind == "location":
        place = location_of(request, owner_id)
        tabs = location_tabs(place, f"backoffice_location_{page}")
        return Owner(kind, place.id, place.name, place.photos, tabs, {"location_id": place.id})
    found = resource_of(request, owner_id)
    tabs = resource_tabs(found, f"backoffice_resource_{page}")
    return Owner(kind, found.id, found.name, found.photos, tabs, {"resource_id": found.id})


def _hours_hint(owner: Owner, rules: OpeningRules) -> str:
    if rules.weekly:
        return ""
    if owner.kind == "resource":
        return _("Ohne eigene Zeiten gelten die des Standorts.")
    return _("Ohne Zeiten ist rund um die Uhr geöffnet.")
