"""Wishes as plain JSON and back, and what other rooms call the same things.

Not here: whether a wish is allowed (``conditions``).
"""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, cast

from django.utils.translation import gettext as _

from booking_core.catalog.contracts import ResourceView
from booking_core.catalog.queries import resources_by_id
from booking_core.kernel.errors import InvalidInput, NotFound
from booking_core.kernel.spans import Span
from booking_core.ordinances.contracts import PriceQuestion
from booking_core.reservations.contracts import BookingView
from booking_core.workflows.contracts import Viewer, Wish


def wish_to_data(wish: Wish) -> dict[str, object]:
    """The wish as plain JSON values; ``wish_from_data`` gives back an equal wish."""
    return {
        "resource_ids": list(wish.resource_ids),
        "spans": [[span.start.isoformat(), span.end.isoformat()] for span in wish.spans],
        "quantity": wish.quantity,
        "group": wish.group,
        "purpose": wish.purpose,
        "persons": wish.persons,
        "extras": {extra: str(amount) for extra, amount in wish.extras.items()},
        "facts": {fact: _plain(value) for fact, value in wish.facts.items()},
    }


def wish_from_data(data: Mapping[str, object]) -> Wish:
    """Rebuild a wish from ``wish_to_data``."""
    stored = cast(Mapping[str, Any], data)
    return Wish(
        resource_ids=tuple(stored["resource_ids"]),
        spans=tuple(
            Span(datetime.fromisoformat(start), datetime.fromisoformat(end)) for start, end in stored["spans"]
        ),
        quantity=stored["quantity"],
        group=stored["group"],
        purpose=stored["purpose"],
        persons=stored["persons"],
        extras={extra: Decimal(amount) for extra, amount in stored["extras"].items()},
        facts={
            fact: tuple(value) if isinstance(value, list) else value
            for fact, value in stored["facts"].items()
        },
    )


def wish_of_booking(booking: BookingView) -> Wish:
    """The wish a booking was made from, as far as it is stored."""
    return Wish(
        resource_ids=tuple(dict.fromkeys(item.resource_id for item in booking.items)),
        spans=tuple(sorted({item.span for item in booking.items})),
        quantity=booking.items[0].quantity,
        group=booking.customer_group,
        purpose=booking.purpose,
        persons=booking.persons,
        extras={extra: Decimal(amount) for extra, amount in booking.extras.items()},
        facts={
            fact: tuple(value) if isinstance(value, list) else value for fact, value in booking.facts.items()
        },
    )


def price_question(wish: Wish, *, viewer: Viewer, now: datetime) -> PriceQuestion:
    """The wish as the ordinances room asks for a price. The viewer's proven group counts where none is named."""
    return PriceQuestion(
        resource_ids=wish.resource_ids,
        spans=wish.spans,
        quantity=wish.quantity,
        group=wish.group or viewer.group,
        purpose=wish.purpose,
        persons=wish.persons,
        extras=wish.extras,
        facts=wish.facts,
        requested_at=now,
    )


def wished_resources(wish: Wish, *, viewer: Viewer) -> tuple[ResourceView, ...]:
    """The resources of a wish in its order. Raises NotFound for unknown or unpublished ones, InvalidInput."""
    if not wish.resource_ids or not wish.spans:
        raise InvalidInput(_("Wählen Sie, was Sie buchen möchten und wann."), field="spans")
    found = resources_by_id(wish.resource_ids)
    resources = tuple(found[one] for one in dict.fromkeys(wish.resource_ids) if one in found)
    if len(resources) != len(wish.resource_ids) or not all(
        viewer.is_staff or (one.is_published and one.location.is_published) for one in resources
    ):
        raise NotFound(_("Dieses Angebot gibt es nicht."))
    return resources


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return str(value)
    return list(value) if isinstance(value, tuple) else value
