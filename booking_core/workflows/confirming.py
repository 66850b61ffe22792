"""Whether a request may confirm itself, and the price as it is stored with a booking.

Not here: the clerk's decision (``decide_booking``).
"""

from dataclasses import replace
from datetime import datetime

from booking_core.engines.ordinance import quote_to_data, request_to_data
from booking_core.kernel.money import ZERO
from booking_core.ordinances.queries import tariffs_for
from booking_core.reservations.drafts import PriceData
from booking_core.workflows.assumed_price import assumed_price
from booking_core.workflows.contracts import PricedWish, Viewer
from booking_core.workflows.earlier_bookings import EarlierBookings
from booking_core.workflows.quoting import is_price_known
from booking_core.workflows.wishes import parts_of_wish, price_question
from tenants.context import current_tenant, tenant_zone


def confirms_itself(priced: PricedWish, *, viewer: Viewer, now: datetime) -> bool:
    """True where the town wants it, the ordinance accepts at a known price, and nobody gains by a mere claim.

    Who says to belong to a cheaper group without proof ("local club") waits for a clerk.
    """
    quote = priced.quote
    if (
        not current_tenant().auto_confirm
        or quote is None
        or not is_price_known(quote)
        or quote.needs_approval
    ):
        return False
    group = priced.wish.group
    if (not group or group == viewer.group) and not priced.wish.further_groups:
        return True
    zone = tenant_zone()
    on = priced.wish.all_spans[0].start.astimezone(zone).date()
    dearest = ZERO
    past = EarlierBookings(viewer, priced.wish.all_spans)
    for part in parts_of_wish(priced.wish):
        question = replace(price_question(part, viewer=viewer, now=now), group="", further_groups=())
        found = assumed_price(question, tariffs_for(part.resource_ids, on), zone=zone, past=past).quote
        if found is None:
            return False
        dearest += found.total
    return dearest <= quote.total


def price_data(priced: PricedWish) -> PriceData:
    """The price with its full derivation, as a booking keeps it. Unknown prices count as nothing until set."""
    quote = priced.quote
    if quote is None:
        return PriceData()
    known = is_price_known(quote)
    return PriceData(
        total=quote.total if known else ZERO,
        deposit=quote.deposit if known else ZERO,
        quote=quote_to_data(quote),
        ordinance_version_id=priced.ordinance_version_id,
        requests=[request_to_data(one) for one in priced.requests] or None,
    )
