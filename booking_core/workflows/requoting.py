"""Quote a stored booking again: its version, its requests as they were priced, the same figures.

Not here: what is entered after the use (``settle_booking``), other versions (``simulate``).
"""

from booking_core.engines.ordinance import Quote, QuoteRequest, added_up, quote, request_from_stored
from booking_core.ordinances.queries import document_of_version
from booking_core.reservations.contracts import BookingView
from booking_core.workflows.quoting import price_wish_by_version
from booking_core.workflows.wishes import wish_of_booking


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
