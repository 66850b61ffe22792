"""What a series costs without some dates, with others, and what giving dates up costs: by its own version.

Not here: the changes themselves (``series_dates``).
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from booking_core.engines.ordinance import Outcome, quote_to_data, request_to_data
from booking_core.ordinances.contracts import Pricing
from booking_core.reservations.contracts import BookingView, ItemView
from booking_core.reservations.drafts import ItemData, PriceData
from booking_core.workflows.cancellation_costs import Answers, answered_wish, cost_of_dates
from booking_core.workflows.conditions import language
from booking_core.workflows.contracts import CancellationPreview, Wish
from booking_core.workflows.earlier_bookings import past_of_booking
from booking_core.workflows.quoting import price_wish_by_version, refusal_of
from booking_core.workflows.wishes import wish_of_booking
from design_system.formats import euro


def items_data(booking: BookingView) -> tuple[ItemData, ...]:
    """The dates as they are, as services take them."""
    return tuple(ItemData(item.resource_id, item.span, item.quantity, item.slot) for item in booking.items)


def _without(booking: BookingView, dropped: Collection[str]) -> Wish:
    items = tuple(item for item in booking.items if item.slot not in dropped)
    return wish_of_booking(replace(booking, items=items))


def dropping_cost(
    booking: BookingView, dropped: Collection[str], *, now: datetime, answers: Answers, by_staff: bool
) -> CancellationPreview:
    """What is owed for giving up these dates now. Raises InvalidInput (an answer nobody asked for)."""
    facts = answered_wish(booking, answers, by_staff=by_staff).facts
    return cost_of_dates(booking, dropped, now=now, facts=facts)


def priced_without(booking: BookingView, dropped: Collection[str]) -> PriceData:
    """The price of the dates that stay."""
    return _price_of(booking, _without(booking, dropped))


def priced_with(booking: BookingView, items: Collection[ItemData], *, by_staff: bool = True) -> PriceData:
    """The price of the series with these dates. Raises RefusedByOrdinance for citizens."""
    views = tuple(
        ItemView(0, item.resource_id, "", "", 0, "", item.span, item.quantity, item.slot)
        for item in sorted(items, key=lambda one: (one.span, one.resource_id))
    )
    return _price_of(booking, wish_of_booking(replace(booking, items=views)), by_staff=by_staff)


def _price_of(booking: BookingView, wish: Wish, *, by_staff: bool = True) -> PriceData:
    """The price by the booking's own version; unchanged where a clerk named it or the version gives none.

    What the version refuses, a citizen cannot do. Raises RefusedByOrdinance.
    """
    version_id = booking.ordinance_version_id
    price: Pricing | None = None
    if version_id is not None and booking.quote.get("outcome") == Outcome.ACCEPTED.value:
        price = price_wish_by_version(
            wish,
            version_id,
            requested_at=booking.requested_at,
            past=past_of_booking(booking, wish.all_spans),
        )
    quote = price.quote if price else None
    refusal = refusal_of(quote)
    if refusal is not None and not by_staff:
        raise refusal
    if price is None or quote is None or quote.outcome != Outcome.ACCEPTED or not quote.fee_known:
        return same_price(booking)
    requests = [request_to_data(one) for one in price.requests]
    return PriceData(quote.total, quote.deposit, quote_to_data(quote), version_id, requests)


def same_price(booking: BookingView) -> PriceData:
    """The price as it is."""
    return PriceData(
        booking.total,
        booking.deposit,
        booking.quote,
        booking.ordinance_version_id,
        booking.priced_requests,
    )


def fee_words(booking: BookingView, cost: CancellationPreview) -> str:
    """What is owed for the dates given up, in the booking's language."""
    with translation.override(booking.language):
        owed = _("Für das Absagen fällt ein Entgelt von %(fee)s an.") % {"fee": euro(cost.fee, language())}
        if not cost.is_known:
            decides = _("Ob für das Absagen ein Entgelt anfällt, entscheidet die Verwaltung.")
            return f"{owed} {decides}" if cost.fee else decides
        return owed if cost.fee else _("Für das Absagen entstehen keine Kosten.")
