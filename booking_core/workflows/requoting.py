"""Quote a stored booking again: its version, its requests as they were priced, the same figures.

Not here: what is entered after the use (``settle_booking``), other versions (``simulate``).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from booking_core.engines.ordinance import Quote, QuoteRequest, added_up, quote, request_from_stored
from booking_core.kernel.errors import InvalidInput
from booking_core.ordinances.contracts import StoredVersion, Tariff
from booking_core.ordinances.queries import document_of_version, stored_version, tariffs_for
from booking_core.ordinances.quoting import price_with
from booking_core.reservations.contracts import BookingView
from booking_core.workflows.contracts import Viewer
from booking_core.workflows.quoting import price_wish_by_version
from booking_core.workflows.wishes import parts_of_wish, price_question, wish_of_booking
from tenants.context import tenant_zone


def requote_booking(booking: BookingView) -> Quote | None:
    """The price of a booking worked out anew by the version it was quoted with, however long ago.

    None where no ordinance priced it, or where a booking from before requests were kept has lost its resource's
    binding. Today's versions, bindings and readings play no part.
    """
    requests = requests_of_booking(booking)
    if not requests or booking.ordinance_version_id is None:
        return None
    document = document_of_version(booking.ordinance_version_id)
    return added_up([quote(document, request) for request in requests])


def requests_of_booking(booking: BookingView) -> tuple[QuoteRequest, ...]:
    """What the engine was asked when the booking was priced; empty where no ordinance priced it.

    Usually one; dates in other rooms have one per set of rooms. Bookings from before requests were kept are rebuilt
    from what is stored of them and today's bindings.
    """
    if booking.ordinance_version_id is None:
        return ()
    if booking.priced_requests is not None:
        return tuple(request_from_stored(one) for one in booking.priced_requests)
    price = price_wish_by_version(
        wish_of_booking(booking), booking.ordinance_version_id, requested_at=booking.requested_at
    )
    return price.requests if price else ()


def requests_of_bookings(bookings: Sequence[BookingView]) -> dict[int, tuple[QuoteRequest, ...]]:
    """What the engine was asked for many bookings, by id; those it cannot be known of any more are missing.

    No statement where all requests were kept; else one for the bindings and one or two per version.
    """
    found = {
        one.id: tuple(request_from_stored(request) for request in one.priced_requests)
        for one in bookings
        if one.priced_requests
    }
    older = [one for one in bookings if not one.priced_requests and one.ordinance_version_id is not None]
    if not older:
        return found
    bound = tariffs_for({item.resource_id for one in older for item in one.items}, date.max)
    versions = {one: stored_version(one) for one in {one.ordinance_version_id for one in older} if one}
    for booking in older:
        requests = _rebuilt(booking, versions[booking.ordinance_version_id or 0], bound)
        if requests:
            found[booking.id] = requests
    return found


def _rebuilt(
    booking: BookingView, version: StoredVersion, bound: Mapping[int, Tariff]
) -> tuple[QuoteRequest, ...]:
    """The requests from what is stored and today's bindings; empty where they no longer fit together."""
    tariffs = {
        room: replace(tariff, version=version)
        for room, tariff in bound.items()
        if tariff.ordinance_id == version.ordinance_id
    }
    parts = parts_of_wish(wish_of_booking(booking))
    questions = [price_question(part, viewer=Viewer(), now=booking.requested_at) for part in parts]
    try:
        prices = [price_with(question, tariffs, zone=tenant_zone()) for question in questions]
    except InvalidInput:
        return ()
    known = [price for price in prices if price is not None]
    return tuple(one for price in known for one in price.requests) if len(known) == len(prices) else ()
