"""Results: what is free at the wished time, what it costs, and what else would work. All of it is in the address.

Not here: how offers are found (``workflows.search``), how one is printed (``presenters.hits``).
"""

from math import ceil

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from booking_core.catalog.contracts import ResourceView
from booking_core.catalog.queries import published_resources
from booking_core.web.citizen import gathering
from booking_core.web.citizen.forms.search import SearchForm
from booking_core.web.citizen.presenters.filters import (
    chosen_filters,
    filter_choices,
    filter_groups,
    relaxed,
    without_filters,
)
from booking_core.web.citizen.presenters.hits import hit_of
from booking_core.web.citizen.visitors import remember_group, remembered_group, viewer_of
from booking_core.workflows.search import find_offers
from booking_core.workflows.search_contracts import SearchResult, SearchWish
from tenants.context import tenant_zone

_PER_PAGE = 20


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The result page."""
    resources, zone = published_resources(), tenant_zone()
    form = _form(request, resources)
    wish = _wish(form, request.GET, resources)
    remember_group(request, wish.group)
    number, result = 1, SearchResult(())
    if form.is_valid():
        number, result = _page(request, wish)
    chosen = chosen_filters(request.GET).count
    context = {
        "form": form,
        "page": Paginator(range(result.total), _PER_PAGE).get_page(number),
        "hits": [hit_of(offer, wish, zone) for offer in result.fitting],
        "alternatives": [hit_of(offer, wish, zone) for offer in result.alternatives],
        "filters": filter_groups(resources, request.GET),
        "reset_url": without_filters(request.GET) if chosen else "",
        "relaxed_url": relaxed(request.GET),
        "is_narrow": bool(wish.persons or wish.text or wish.most or chosen or form.is_choosy),
        "span": wish.fixed,
        "is_timed": bool(wish.windows),
        "has_resources": bool(resources),
    }
    return render(request, "citizen/search.html", context)


def _form(request: HttpRequest, resources: tuple[ResourceView, ...]) -> SearchForm:
    today = timezone.localdate()
    tariffs = gathering.tariffs_of(resources, today)
    query = request.GET.copy()
    query.setdefault("gruppe", remembered_group(request))
    return SearchForm(
        query,
        today=today,
        groups=gathering.groups_of(tariffs),
        purposes=gathering.purposes_of(tariffs),
        filters=filter_choices(resources),
    )


def _wish(form: SearchForm, query: QueryDict, resources: tuple[ResourceView, ...]) -> SearchWish:
    form.is_valid()
    values, chosen = form.cleaned_data, chosen_filters(query)
    return SearchWish(
        windows=form.windows,
        duration=form.duration,
        text=values.get("was", ""),
        kinds=chosen.kinds,
        location_ids=frozenset(
            one.location.id for one in resources if one.location.slug in chosen.location_slugs
        ),
        amenities=chosen.amenities,
        accessibility=chosen.accessibility,
        persons=values.get("personen"),
        quantity=values.get("menge") or 1,
        rooms=values.get("raeume") or 1,
        most=values.get("hoechstens"),
        group=values.get("gruppe", ""),
        purpose=values.get("zweck", ""),
    )


def _page(request: HttpRequest, wish: SearchWish) -> tuple[int, SearchResult]:
    """The page asked for and its number; the last one where there are fewer."""
    viewer, now = viewer_of(request), timezone.now()
    asked = request.GET.get("page", "")
    number = max(1, int(asked)) if asked.isdecimal() and len(asked) < 6 else 1  # noqa: PLR2004 — no town has more
    result = find_offers(wish, viewer=viewer, now=now, first=(number - 1) * _PER_PAGE, most=_PER_PAGE)
    last = max(1, ceil(result.total / _PER_PAGE))
    if number <= last:
        return number, result
    return last, find_offers(wish, viewer=viewer, now=now, first=(last - 1) * _PER_PAGE, most=_PER_PAGE)
