"""What stands beside the booking form: time in words, price with its paragraphs, what speaks against it, ways out.

Not here: the form (``forms.booking``), its markup (``templates/citizen/parts``).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from booking_core.catalog.contracts import ResourceView
from booking_core.engines.availability import candidate_starts
from booking_core.kernel.spans import Span
from booking_core.web.citizen import gathering
from booking_core.web.citizen.presenters import prices
from booking_core.web.citizen.presenters.links import booking_url
from booking_core.web.series.plans import wish_times
from booking_core.workflows.contracts import BookingChoices, PricedWish, Viewer, Wish
from booking_core.workflows.search_contracts import Offer
from design_system.contracts import PriceTable
from design_system.templatetags.formats import span_words

_MOST_TIMES = 3
_NO_PRICE = gettext_noop(
    "Den Preis legt die Verwaltung fest. Sie erfahren ihn, bevor etwas verbindlich wird."
)


@dataclass(frozen=True, slots=True)
class WayOut:
    """One thing that works instead, one click away."""

    label: str
    url: str
    price: str = ""


@dataclass(frozen=True, slots=True)
class QuotePanel:
    """The panel ready to print. ``price`` None: a clerk names it."""

    when: str = ""
    for_whom: str = ""
    price: PriceTable | None = None
    no_price: str = ""
    refusals: tuple[prices.Refusal, ...] = ()
    decisions: tuple[prices.Refusal, ...] = ()
    taken: str = ""
    waiting_url: str = ""
    ways_out: tuple[WayOut, ...] = field(default=())

    @property
    def is_shown(self) -> bool:
        return bool(self.when)


def panel_of(priced: PricedWish, choices: BookingChoices) -> QuotePanel:
    """The price of a wish, line by line."""
    quote, group = priced.quote, priced.wish.group
    knows = quote is not None and quote.fee_known
    refused = prices.refusals(quote)
    return QuotePanel(
        when="; ".join(wish_times(priced.wish)),
        for_whom=choices.group_label(group) if group else "",
        price=prices.price_table(quote, source=choices.ordinance_name)
        if quote and knows and not refused
        else None,
        no_price="" if knows else _(_NO_PRICE),
        refusals=refused,
        decisions=prices.decisions(quote),
    )


def day_ways_out(
    resource: ResourceView,
    wish: Wish,
    *,
    viewer: Viewer,
    now: datetime,
    times: gathering.Times,
    draft_uuid: str = "",
    beside: tuple[str, ...] = (),
) -> tuple[WayOut, ...]:
    """The nearest times that day at which this resource is free as long, and what else is free at this time.

    ``draft_uuid`` names what was typed so far; the links keep it, and the rooms ``beside`` this one.
    """
    span, group = wish.spans[0], wish.group
    same_day = [
        WayOut(
            f"{resource.name}: {span_words(other)}",
            booking_url(resource.slug, other, gruppe=group, halten=draft_uuid, dazu=beside),
        )
        for other in _nearest(resource, span, times)
    ]
    if beside:
        return tuple(same_day)
    others = gathering.elsewhere(resource, span, viewer=viewer, group=group, now=now)
    return (*same_day, *offers_as_ways_out(others, span, group=group, draft_uuid=draft_uuid))


def _nearest(resource: ResourceView, span: Span, times: gathering.Times) -> list[Span]:
    """Up to three other times of the same length, nearest first, none overlapping another."""
    starts = candidate_starts(
        times.free_of(resource.id), span.duration, grid_minutes=resource.grid_minutes, zone=times.days.zone
    )
    chosen: list[Span] = []
    for start in sorted(starts, key=lambda one: abs(one - span.start)):
        other = Span(start, start + span.duration)
        if other != span and not any(other.overlaps(one) for one in chosen):
            chosen.append(other)
        if len(chosen) == _MOST_TIMES:
            break
    return chosen


def offers_as_ways_out(
    offers: Iterable[Offer], span: Span, *, group: str, draft_uuid: str = ""
) -> tuple[WayOut, ...]:
    """Other places at the same time, with their price."""
    return tuple(
        WayOut(
            _("%(name)s, %(place)s") % {"name": offer.resource.name, "place": offer.resource.location.name},
            booking_url(offer.resource.slug, span, gruppe=group, halten=draft_uuid),
            prices.price_sentence(offer.quote).figure,
        )
        for offer in offers
    )
