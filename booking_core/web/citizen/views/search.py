"""Results: what is free at the wished time, what it costs, and what else would work. All of it is in the address.

Not here: how offers are found (``workflows.search``).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from booking_core.catalog.contracts import ResourceView
from booking_core.catalog.queries import published_resources
from booking_core.web.citizen import gathering
from booking_core.web.citizen.forms.search import SearchForm
from booking_core.web.citizen.presenters import days, places, prices
from booking_core.web.citizen.presenters.filters import (
    Chosen,
    chosen_filters,
    filter_groups,
    relaxed,
    without_filters,
)
from booking_core.web.citizen.presenters.links import booking_url, resource_url
from booking_core.web.citizen.visitors import remember_group, remembered_group, viewer_of
from booking_core.workflows.contracts import Offer, SearchResult, SearchWish
from booking_core.workflows.search import find_offers
from design_system.contracts import DayStrip, PlaceCard, PriceTable
from tenants.context import tenant_zone

_PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """The search as understood: its wish and the day to draw."""

    wish: SearchWish
    day: date | None


@dataclass(frozen=True, slots=True)
class Hit:
    """One result: its card, the link that books it, prefilled, and how its price comes about."""

    card: PlaceCard
    book_url: str = ""
    refusal: str = ""
    price: PriceTable | None = None
    strips: Sequence[DayStrip] = ()


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The result page."""
    resources = published_resources()
    today = timezone.localdate()
    groups = gathering.groups_of(gathering.tariffs_of(resources, today))
    query = {"gruppe": remembered_group(request), **request.GET.dict()}
    form = SearchForm(query, groups=groups)
    asked = _asked(form, chosen_filters(request.GET), resources)
    remember_group(request, asked.wish.group)
    result = (
        find_offers(asked.wish, viewer=viewer_of(request), now=timezone.now())
        if form.is_valid()
        else SearchResult(())
    )
    page = Paginator(result.fitting, _PER_PAGE).get_page(request.GET.get("page"))
    offers = (*page.object_list, *result.alternatives)
    draw = _Drawing(asked, offers)
    context = {
        "form": form,
        "page": page,
        "hits": [draw.hit(offer) for offer in page.object_list],
        "alternatives": [draw.hit(offer) for offer in result.alternatives],
        "filters": filter_groups(resources, request.GET),
        "reset_url": without_filters(request.GET) if chosen_filters(request.GET).count else "",
        "relaxed_url": relaxed(request.GET),
        "is_narrow": bool(asked.wish.persons or asked.wish.text or chosen_filters(request.GET).count),
        "span": asked.wish.span,
        "has_resources": bool(resources),
    }
    return render(request, "citizen/search.html", context)


def _asked(form: SearchForm, chosen: Chosen, resources: tuple[ResourceView, ...]) -> Asked:
    form.is_valid()
    values = form.cleaned_data
    group = values.get("gruppe", "")
    wish = SearchWish(
        span=form.span,
        text=values.get("was", ""),
        kinds=chosen.kinds,
        location_ids=frozenset(
            one.location.id for one in resources if one.location.slug in chosen.location_slugs
        ),
        amenities=chosen.amenities,
        accessibility=chosen.accessibility,
        persons=values.get("personen"),
        group=group,
    )
    return Asked(wish, values.get("tag"))


class _Drawing:
    """Turns offers into cards; reads the times of the shown offers once."""

    def __init__(self, asked: Asked, offers: tuple[Offer, ...]) -> None:
        self.asked, self.zone = asked, tenant_zone()
        self.times: gathering.Times | None = None
        if asked.day is not None:
            ids = [offer.resource.id for offer in offers]
            self.times = gathering.times_of(
                ids, gathering.DayRange(asked.day, 1, self.zone), now=timezone.now()
            )

    def hit(self, offer: Offer) -> Hit:
        """The offer as a card; with a time it carries its price and the link that books it."""
        wish, answers = (
            self.asked.wish,
            {"personen": self.asked.wish.persons, "gruppe": self.asked.wish.group},
        )
        span = offer.span if wish.span else None
        price = prices.price_sentence(offer.quote) if span else prices.PriceSentence("")
        for_whom = _("für: %(group)s") % {"group": offer.group_label} if span and offer.group_label else ""
        card = places.place_card(
            offer.resource,
            url=resource_url(offer.resource.slug, span, **answers),
            price=price.figure,
            price_note=" · ".join(part for part in (for_whom, price.note) if part),
            reason=" · ".join(offer.reasons),
        )
        can_book = span is not None and offer.is_free and not offer.refusal
        return Hit(
            card,
            booking_url(offer.resource.slug, span, **answers, zweck=offer.purpose) if can_book else "",
            _refusal(offer),
            _price(offer) if span else None,
            self._strips(offer),
        )

    def _strips(self, offer: Offer) -> list[DayStrip]:
        """The wished day as a bar with the wish in it; offers for another day have none."""
        if self.times is None or self.asked.day is None:
            return []
        if offer.span is not None and offer.span.start.astimezone(self.zone).date() != self.asked.day:
            return []
        opened, free = self.times.open_of(offer.resource.id), self.times.free_of(offer.resource.id)
        url = resource_url(offer.resource.slug, woche=self.asked.day.isoformat())
        return [days.day_strip(self.asked.day, opened, free, self.zone, wish=offer.span, url=url)]


def _price(offer: Offer) -> PriceTable | None:
    """The lines behind the figure, where the rules allow it and there are any."""
    quote = offer.quote
    if quote is None or not quote.fee_known or not quote.lines or prices.refusals(quote):
        return None
    return prices.price_table(quote)


def _refusal(offer: Offer) -> str:
    """Why the rules say no, with the paragraph where they name one."""
    if not offer.refusal:
        return ""
    found = next((one for one in prices.refusals(offer.quote) if one.text == offer.refusal), None)
    return f"{offer.refusal} ({found.paragraph})" if found and found.paragraph else offer.refusal
