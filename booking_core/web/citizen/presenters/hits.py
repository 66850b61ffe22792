"""One result of a search as a card: why it fits, its price for exactly this time, the day with the wish drawn in.

Not here: how offers are found (``workflows.search``), the page around them (``views.search``).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from booking_core.kernel.spans import Span
from booking_core.web.citizen.forms.wall_time import wall_time_data
from booking_core.web.citizen.presenters import days, places, prices
from booking_core.web.citizen.presenters.links import booking_url, resource_url
from booking_core.web.citizen.presenters.steps import waiting_url
from booking_core.workflows.search_contracts import Offer, SearchWish
from design_system.contracts import DayStrip, PlaceCard, PriceTable
from design_system.templatetags.formats import span_words


@dataclass(frozen=True, slots=True)
class TimeLink:
    """Another time at which it can be booked."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Hit:
    """One result: its card, when it is free, the link that books it, further times, and how its price comes about."""

    card: PlaceCard
    when: str = ""
    book_url: str = ""
    refusal: str = ""
    price: PriceTable | None = None
    strips: Sequence[DayStrip] = ()
    other_times: Sequence[TimeLink] = ()
    waiting_url: str = ""


def hit_of(offer: Offer, wish: SearchWish, zone: ZoneInfo) -> Hit:
    """The offer as a card; with a time it carries its price and the link that books it."""
    span = offer.span
    price = prices.price_sentence(offer.quote) if span else prices.PriceSentence("")
    for_whom = _("für: %(group)s") % {"group": offer.group_label} if span and offer.group_label else ""
    card = places.place_card(
        offer.resource,
        url=resource_url(offer.resource.slug, span, personen=wish.persons, gruppe=wish.group),
        price=price.figure,
        price_note=" · ".join(part for part in (for_whom, price.note) if part),
        reason=" · ".join(offer.reasons),
    )
    if offer.beside:
        names = [one.name for one in (offer.resource, *offer.beside)]
        last = _("%(most)s und %(last)s") % {"most": ", ".join(names[:-1]), "last": names[-1]}
        card = replace(card, name=last)
    can_book = span is not None and offer.is_free and not offer.refusal
    return Hit(
        card,
        when=span_words(span) if span is not None and wish.fixed is None else "",
        book_url=_booking_url(offer, wish, span) if can_book else "",
        refusal=_refusal(offer),
        price=_price(offer) if span else None,
        strips=_strips(offer, zone),
        other_times=[TimeLink(span_words(one), _booking_url(offer, wish, one)) for one in offer.other_times],
        waiting_url=_waiting_url(offer, wish),
    )


def _waiting_url(offer: Offer, wish: SearchWish) -> str:
    """Another time is offered because the wished one is taken: wait for that one."""
    wished = wish.fixed
    if wished is None or offer.span is None or offer.span == wished or wished.start <= timezone.now():
        return ""
    answers = {"gruppe": offer.group, "zweck": offer.purpose, "personen": wish.persons}
    return waiting_url(offer.resource.slug, {**wall_time_data(wished), **answers})


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


def _booking_url(offer: Offer, wish: SearchWish, span: Span | None) -> str:
    return booking_url(
        offer.resource.slug,
        span,
        personen=wish.persons,
        gruppe=wish.group,
        zweck=offer.purpose,
        menge=wish.quantity if wish.quantity > 1 else None,
        dazu=tuple(one.slug for one in offer.beside),
    )


def _strips(offer: Offer, zone: ZoneInfo) -> list[DayStrip]:
    """The day as a bar with the wish in it; where the use lasts longer, its first day."""
    if offer.span is None or not offer.open_that_day:
        return []
    day = offer.span.start.astimezone(zone).date()
    url = resource_url(offer.resource.slug, datum=day.isoformat())
    return [days.day_strip(day, offer.open_that_day, offer.free_that_day, zone, wish=offer.span, url=url)]
