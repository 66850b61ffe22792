"""The parts a hall consists of, and which entry of which ordinance prices a resource.

Not here: the other pages of a resource (``views.catalogue``, ``views.upkeep``).
"""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from booking_core.catalog.contracts import ResourceView
from booking_core.kernel.errors import BookingError
from booking_core.ordinances.queries import ordinances_list, stored_version
from booking_core.ordinances.services import bind_resource
from booking_core.reservations.contracts import Misfit
from booking_core.reservations.errors import LayoutClashes
from booking_core.web.backoffice.forms.catalogue import PartsForm, TariffForm
from booking_core.web.backoffice.forms.layout import LayoutForm
from booking_core.web.backoffice.pages import StaffRequest, actor_of, office_page, refusal_status, show_error
from booking_core.web.backoffice.presenters.catalogue import resource_tabs, tariff_entries
from booking_core.web.backoffice.presenters.moves import clash_table
from booking_core.web.backoffice.presenters.quotes import in_words
from booking_core.web.backoffice.views.bookings import visible_resources
from booking_core.web.backoffice.views.catalogue import SECTION, crumbs_to, resource_of
from booking_core.workflows.change_parts import preview_layout, save_layout
from booking_core.workflows.offering import divide_offer


def parts(request: StaffRequest, resource_id: int) -> HttpResponse:
    """Draw what a hall consists of; see which bookings would clash; save. What is still whole is divided here."""
    found = resource_of(request, resource_id)
    if request.POST.get("step") == "divide":
        return _divide(request, found)
    together = _together(request, found)
    form = LayoutForm(request.POST or None, resources=together)
    misfits: Sequence[Misfit] = ()
    is_possible = False
    if form.is_valid():
        try:
            misfits = preview_layout(form.layout(), actor=actor_of(request))
            is_possible = not misfits
            if is_possible and request.POST.get("step") == "save":
                save_layout(form.layout(), actor=actor_of(request))
                messages.success(
                    request, _("Die Aufteilung ist gespeichert. Alle Buchungen sind dabei geblieben.")
                )
                return redirect("backoffice_resource_parts", resource_id)
        except LayoutClashes as refusal:
            misfits, is_possible = refusal.misfits, False
        except BookingError as error:
            show_error(form, error)
    return _parts_page(request, found, form, misfits=misfits, is_possible=is_possible)


def _divide(request: StaffRequest, found: ResourceView) -> HttpResponse:
    form = PartsForm(request.POST)
    if form.is_valid():
        try:
            made = divide_offer(found.id, form.names(), actor=actor_of(request))
        except BookingError as error:
            show_error(form, error)
        else:
            messages.success(request, _("%(count)s Teile sind angelegt.") % {"count": len(made)})
            return redirect("backoffice_resource_parts", found.id)
    return _parts_page(request, found, LayoutForm(resources=_together(request, found)), divide=form)


def _parts_page(
    request: StaffRequest,
    found: ResourceView,
    form: LayoutForm,
    *,
    divide: PartsForm | None = None,
    misfits: Sequence[Misfit] = (),
    is_possible: bool = False,
) -> HttpResponse:
    inside = {one.id for one in form.resources}
    here = [one for one in visible_resources(request.staff) if one.location.id == found.location.id]
    is_whole = len(found.claims) == 1 and len(inside) == 1 and found.most_pieces == 1
    context = {
        **_frame(found, "backoffice_resource_parts"),
        "form": form,
        "drawing": form.drawing(_("%(name)s: Teile und Angebote") % {"name": found.name}),
        "divide": (divide or PartsForm()) if is_whole else None,
        "others": [
            {"name": one.name, "url": _with(request, found, [*inside, one.id])}
            for one in here
            if one.id not in inside
        ],
        "included": [one.id for one in form.resources if one.id != found.id],
        "clashes": clash_table(misfits) if misfits else None,
        "is_possible": is_possible,
    }
    faulty = form.errors or (divide is not None and divide.errors)
    status = 422 if faulty else 409 if misfits else 200
    crumbs = crumbs_to(found.name, _("Teile"))
    return office_page(request, "parts.html", context, section=SECTION, crumbs=crumbs, status=status)


def _with(request: StaffRequest, found: ResourceView, ids: Sequence[int]) -> str:
    query = "&".join(f"mit={one}" for one in ids if one != found.id)
    return f"{request.path}?{query}"


def _together(request: StaffRequest, found: ResourceView) -> list[ResourceView]:
    """The resource, whatever shares a unit with it, and what the clerk drew in; all at its location."""
    wanted = {int(text) for text in request.GET.getlist("mit") if text.isdecimal()}
    here = [one for one in visible_resources(request.staff) if one.location.id == found.location.id]
    inside = {found.id, *(one.id for one in here if one.id in wanted)}
    while True:
        units = {claim.unit_id for one in here if one.id in inside for claim in one.claims}
        more = {one.id for one in here if units & {claim.unit_id for claim in one.claims}} - inside
        if not more:
            break
        inside |= more
    return [found, *(one for one in here if one.id in inside and one.id != found.id)]


def tariff(request: StaffRequest, resource_id: int) -> HttpResponse:
    """Choose which entry of which ordinance prices a resource."""
    found = resource_of(request, resource_id)
    ordinances = [one for one in ordinances_list() if one.versions]
    entries = tariff_entries(
        {one.id: one.name for one in ordinances},
        {
            one.id: [
                (info.id, in_words(info.label))
                for info in stored_version(one.versions[0].id).document.resources
            ]
            for one in ordinances
        },
    )
    bound = next((one.id for one in ordinances if found.id in one.resource_ids), None)
    initial = {"codes": [f"{bound}:{code}" for code in found.tariff_codes] if bound else []}
    form = TariffForm(request.POST or None, initial=initial, entries=entries)
    if form.is_valid():
        try:
            bind_resource(resource_id, form.ordinance_id(), form.document_codes(), actor=actor_of(request))
        except BookingError as error:
            show_error(form, error)
        else:
            messages.success(request, _("Das Entgelt ist zugeordnet."))
            return redirect("backoffice_resource_tariff", resource_id)
    context = {**_frame(found, "backoffice_resource_tariff"), "form": form, "has_entries": bool(entries)}
    crumbs = crumbs_to(found.name, _("Entgelt"))
    return office_page(
        request, "tariff.html", context, section=SECTION, crumbs=crumbs, status=refusal_status(form)
    )


def _frame(found: ResourceView, route: str) -> dict[str, object]:
    return {
        "title": found.name,
        "resource": found,
        "tabs": resource_tabs(found, route),
        "back_url": reverse("backoffice_resource", args=[found.id]),
    }
