"""A booking as it was at one moment, as plain JSON: for whoever writes about it later.

Not here: the history people read (``BookingEvent``), other rows of the booking. What no letter says stays out: staff
notes, events, how the price was derived.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from booking_core.kernel.money import Money
from booking_core.kernel.spans import Span
from booking_core.reservations.contracts import BookingView, Contact, ItemView, SeriesView
from booking_core.reservations.series_data import repeat_from_data, repeat_to_data

_PLAIN = (
    "id", "number", "state", "state_label", "source", "title", "party_id", "booked_by_id", "purpose", "customer_group",
    "persons", "language", "version", "sequence", "message",
)  # fmt: skip
_CONTACT = ("name", "email", "phone", "street", "postal_code", "city", "organisation_name")
_ITEM = (
    "id", "resource_id", "resource_name", "resource_slug", "location_id", "location_name", "quantity", "slot",
)  # fmt: skip
_LEFT_OUT_OF_QUOTES: dict[str, object] = {"derivation": [], "reasons": []}


def booking_to_data(booking: BookingView) -> dict[str, object]:
    """What letters say of a booking, as plain JSON values; ``booking_from_data`` rebuilds it."""
    return {
        **{name: getattr(booking, name) for name in _PLAIN},
        "uuid": str(booking.uuid),
        "party_uuid": str(booking.party_uuid),
        "contact": {name: getattr(booking.contact, name) for name in _CONTACT},
        "items": [_item_to_data(item) for item in booking.items],
        "total": [booking.total.cents, booking.total.currency],
        "deposit": [booking.deposit.cents, booking.deposit.currency],
        "requested_at": booking.requested_at.isoformat(),
        "pay_by": booking.pay_by.isoformat() if booking.pay_by else None,
        "quote": {**booking.quote, **_LEFT_OUT_OF_QUOTES} if booking.quote else {},
        "series": _series_to_data(booking.series) if booking.series else None,
    }


def booking_from_data(data: Mapping[str, object]) -> BookingView:
    """Rebuild a booking from ``booking_to_data``; what was left out is empty. Raises KeyError, ValueError."""
    stored = cast(Mapping[str, Any], data)
    return BookingView(
        **{name: stored[name] for name in _PLAIN},
        uuid=UUID(stored["uuid"]),
        party_uuid=UUID(stored["party_uuid"]),
        contact=Contact(**stored["contact"]),
        items=tuple(_item_from_data(item) for item in stored["items"]),
        total=Money(*stored["total"]),
        deposit=Money(*stored["deposit"]),
        requested_at=datetime.fromisoformat(stored["requested_at"]),
        pay_by=datetime.fromisoformat(stored["pay_by"]) if stored["pay_by"] else None,
        quote=stored["quote"],
        series=_series_from_data(stored["series"]) if stored["series"] else None,
    )


def _item_to_data(item: ItemView) -> dict[str, object]:
    known: dict[str, object] = {name: getattr(item, name) for name in _ITEM}
    return {**known, "span": [item.span.start.isoformat(), item.span.end.isoformat()]}


def _item_from_data(data: Mapping[str, Any]) -> ItemView:
    start, end = (datetime.fromisoformat(one) for one in data["span"])
    return ItemView(**{name: data[name] for name in _ITEM}, span=Span(start, end))


def _series_to_data(series: SeriesView) -> dict[str, object]:
    return {
        **repeat_to_data(series),
        "confirm_by": series.confirm_by.isoformat() if series.confirm_by else None,
    }


def _series_from_data(data: Mapping[str, Any]) -> SeriesView:
    repeat = repeat_from_data(data)
    confirm_by = date.fromisoformat(data["confirm_by"]) if data["confirm_by"] else None
    return SeriesView(repeat.rule, repeat.away, confirm_by=confirm_by)
