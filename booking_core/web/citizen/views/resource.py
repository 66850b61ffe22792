"""The page of one resource: facts, free times, prices in words, rules, the way there.

Not here: the views of its free times (``resource_times``), booking it (``booking_time``).
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from booking_core.catalog.contracts import ResourceView
from booking_core.catalog.queries import resource_by_slug
from booking_core.ordinances.queries import price_tables
from booking_core.web.citizen.forms.wall_time import WallTimeForm
from booking_core.web.citizen.presenters import places, prices
from booking_core.web.citizen.presenters.links import booking_url
from booking_core.web.citizen.views.resource_times import looked_at, times_context
from booking_core.web.citizen.visitors import remembered_group
from design_system.contracts import Crumb
from tenants.context import tenant_zone


@require_safe
def resource_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything one wants to know before booking."""
    resource = resource_by_slug(slug)
    wish = WallTimeForm(request.GET)
    span = wish.span if "tag" in request.GET and wish.is_valid() else None
    group = request.GET.get("gruppe") or remembered_group(request)
    default = span.start.astimezone(tenant_zone()).date() if span else timezone.localdate()
    looked = looked_at(request, resource, default=default, group=group)
    all_hours = request.GET.get("stunden") == "alle"
    context = {
        "resource": resource,
        "photos": [places.photo(one) for one in (resource.photos or resource.location.photos)],
        "facts": places.all_facts(resource),
        "address": places.address_lines(resource.location),
        "times": times_context(looked, all_hours=all_hours),
        "tariffs": prices.tariff_sections(price_tables(resource.id, timezone.localdate())),
        "span": span,
        "book_url": booking_url(resource.slug, span, gruppe=group, personen=request.GET.get("personen", "")),
        "breadcrumbs": _crumbs(resource),
    }
    return render(request, "citizen/resource.html", context)


def _crumbs(resource: ResourceView) -> list[Crumb]:
    return [
        Crumb(_("Start"), reverse("town_home")),
        Crumb(resource.location.name, reverse("location_page", args=[resource.location.slug])),
        Crumb(resource.name),
    ]
