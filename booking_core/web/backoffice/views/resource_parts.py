"""The parts a hall consists of, and which entry of which ordinance prices a resource.

Not here: the other pages of a resource (``views.catalogue``, ``views.upkeep``).
"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from booking_core.catalog.contracts import ResourceView
from booking_core.kernel.errors import BookingError
from booking_core.ordinances.queries import ordinances_list, stored_version
from booking_core.ordinances.services import bind_resource
from booking_core.reservations.contracts import BookingFilter
from booking_core.reservations.queries import booking_rows
from booking_core.web.backoffice.forms.catalogue import PartsForm, TariffForm
from booking_core.web.backoffice.pages import StaffRequest, actor_of, office_page, refusal_status, show_error
from booking_core.web.backoffice.presenters.bookings import booking_table
from booking_core.web.backoffice.presenters.catalogue import resource_tabs, tariff_entries
from booking_core.web.backoffice.presenters.quotes import in_words
from booking_core.web.backoffice.views.bookings import visible_resources
from booking_core.web.backoffice.views.catalogue import SECTION, crumbs_to, resource_of
from booking_core.workflows.offering import divide_offer
from design_system.contracts import Table


def parts(request: StaffRequest, resource_id: int) -> HttpResponse:
    """Show what a resource consists of; divide a hall that is still whole."""
    found = resource_of(request, resource_id)
    form = PartsForm(request.POST or None)
    if form.is_valid():
        try:
            made = divide_offer(resource_id, form.names(), actor=actor_of(request))
        except BookingError as error:
            show_error(form, error)
        else:
            messages.success(request, _("%(count)s Teile sind angelegt.") % {"count": len(made)})
            return redirect("backoffice_resource_parts", resource_id)
    own = {claim.unit_id for claim in found.claims}
    sharing = [
        one
        for one in visible_resources(request.staff)
        if one.id != found.id and own & {claim.unit_id for claim in one.claims}
    ]
    context = {
        **_frame(found, "backoffice_resource_parts"),
        "form": form if len(found.claims) == 1 and not sharing and found.most_pieces == 1 else None,
        "sharing": [
            {"name": one.name, "url": reverse("backoffice_resource_parts", args=[one.id])} for one in sharing
        ],
        "hit": _bookings_ahead(found),
    }
    crumbs = crumbs_to(found.name, _("Teile"))
    return office_page(
        request, "parts.html", context, section=SECTION, crumbs=crumbs, status=refusal_status(form)
    )


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


def _bookings_ahead(found: ResourceView) -> Table:
    wanted = BookingFilter(
        resource_ids=frozenset({found.id}),
        states=frozenset({"requested", "confirmed"}),
        first_on=timezone.localdate(),
    )
    return booking_table(booking_rows(wanted, per_page=20).rows, caption=_("Betroffene Buchungen"))
