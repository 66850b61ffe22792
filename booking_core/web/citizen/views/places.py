"""Where people arrive: the town's home and the page of one location.

Not here: results (``search``), one resource (``resource``).
"""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from booking_core.catalog.contracts import ResourceView
from booking_core.catalog.queries import location_by_slug, published_resources
from booking_core.ordinances.contracts import Tariff
from booking_core.web.citizen import gathering
from booking_core.web.citizen.forms.search import SearchForm
from booking_core.web.citizen.presenters import days, places
from booking_core.web.citizen.presenters.links import resource_url
from booking_core.web.citizen.visitors import remembered_group
from design_system.contracts import Crumb, PlaceCard
from tenants.context import tenant_zone

_MOST_ON_HOME = 24
_STRIP_DAYS = 7


@require_safe
def town_home(request: HttpRequest) -> HttpResponse:
    """One line of search, the places with their next seven days, how it works."""
    resources = published_resources()
    group = remembered_group(request)
    today = timezone.localdate()
    tariffs = gathering.tariffs_of(resources, today)
    shown = resources[:_MOST_ON_HOME]
    form = SearchForm(today=today, groups=gathering.groups_of(tariffs), initial={"gruppe": group})
    context = {
        "form": form,
        "cards": _cards(shown, tariffs, group),
        "more_count": len(resources) - len(shown),
        "first_day": today,
    }
    return render(request, "citizen/home.html", context)


@require_safe
def location_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Address, the way there, the step-free way in, and what can be booked here."""
    location = location_by_slug(slug)
    here = tuple(one for one in published_resources() if one.location.id == location.id)
    tariffs = gathering.tariffs_of(here, timezone.localdate())
    context = {
        "location": location,
        "address": places.address_lines(location),
        "photos": [places.photo(view) for view in location.photos],
        "cards": _cards(here, tariffs, remembered_group(request)),
        "breadcrumbs": [Crumb(_("Start"), reverse("town_home")), Crumb(location.name)],
    }
    return render(request, "citizen/location.html", context)


def _cards(resources: tuple[ResourceView, ...], tariffs: dict[int, Tariff], group: str) -> list[PlaceCard]:
    """Cards with photo, facts, the first price and a strip of the next seven days."""
    zone, now, today = tenant_zone(), timezone.now(), timezone.localdate()
    week_range = gathering.DayRange(today, _STRIP_DAYS, zone)
    times = gathering.times_of([one.id for one in resources], week_range, now=now)
    week = [today + timedelta(days=number) for number in range(_STRIP_DAYS)]
    cards = []
    for resource in resources:
        opened, free = times.open_of(resource.id), times.free_of(resource.id)
        price, for_whom = gathering.price_from(tariffs.get(resource.id), group)
        cards.append(
            places.place_card(
                resource,
                url=resource_url(resource.slug),
                price=price,
                price_note=_("für: %(group)s") % {"group": for_whom} if for_whom else "",
                strips=[days.card_strip(day, opened, free, zone) for day in week],
            )
        )
    return cards
