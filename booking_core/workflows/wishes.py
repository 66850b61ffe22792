"""Wishes as plain JSON and back, and what other rooms call the same things.

Not here: whether a wish is allowed (``conditions``).
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import replace
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
from booking_core.reservations.drafts import ItemData, items_of
from booking_core.reservations.series_data import repeat_from_data, repeat_to_data
from booking_core.workflows.contracts import Viewer, Wish
from tenants.context import tenant_zone


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
        "elsewhere": [[room, span.start.isoformat(), span.end.isoformat()] for room, span in wish.elsewhere],
        "repeat": repeat_to_data(wish.repeat) if wish.repeat else None,
        "further_groups": list(wish.further_groups),
        "pieces": {str(one): pieces for one, pieces in wish.pieces.items()},
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
        elsewhere=tuple(
            (room, Span(datetime.fromisoformat(start), datetime.fromisoformat(end)))
            for room, start, end in stored.get("elsewhere", [])
        ),
        repeat=repeat_from_data(stored["repeat"]) if stored.get("repeat") else None,
        further_groups=tuple(stored.get("further_groups", ())),
        pieces={int(one): pieces for one, pieces in stored.get("pieces", {}).items()},
    )


def items_of_wish(wish: Wish) -> tuple[ItemData, ...]:
    """What a wish takes: its resources for each span, and what takes place elsewhere. Dates of a series carry
    their day as name."""
    items = [
        *items_of(wish.resource_ids, wish.spans, quantity=wish.wanted),
        *(ItemData(room, span, wish.pieces_of(room)) for room, span in wish.elsewhere),
    ]
    if wish.repeat is None:
        return tuple(items)
    zone = tenant_zone()
    named = [replace(item, slot=item.span.start.astimezone(zone).date().isoformat()) for item in items]
    return tuple(sorted(named, key=lambda item: (item.span, item.resource_id)))


def parts_of_wish(wish: Wish) -> tuple[Wish, ...]:
    """The wish in parts of one set of resources each, as places and ordinances see them; usually one."""
    by_room: dict[int, list[Span]] = defaultdict(list)
    for room, span in wish.elsewhere:
        by_room[room].append(span)
    parts = [replace(wish, elsewhere=())] if wish.spans else []
    parts += [
        replace(wish, resource_ids=(room,), spans=tuple(sorted(spans)), elsewhere=(), extras={})
        for room, spans in sorted(by_room.items())
    ]
    return tuple(parts)


def wish_of_booking(booking: BookingView) -> Wish:
    """The wish a booking was made from, as far as it is stored. The most frequent set of resources is the main one."""
    rooms_at: dict[Span, list[int]] = defaultdict(list)
    for item in booking.items:
        rooms_at[item.span].append(item.resource_id)
    main = Counter(tuple(rooms) for rooms in rooms_at.values()).most_common(1)[0][0]
    first = next(item.quantity for item in booking.items if item.resource_id == main[0])
    return Wish(
        resource_ids=main,
        spans=tuple(sorted(span for span, rooms in rooms_at.items() if tuple(rooms) == main)),
        elsewhere=tuple(
            (room, span) for span, rooms in sorted(rooms_at.items()) if tuple(rooms) != main for room in rooms
        ),
        quantity=first,
        group=booking.customer_group,
        purpose=booking.purpose,
        persons=booking.persons,
        extras={extra: Decimal(amount) for extra, amount in booking.extras.items()},
        facts={
            fact: tuple(value) if isinstance(value, list) else value for fact, value in booking.facts.items()
        },
        further_groups=booking.further_groups,
        pieces=pieces_taken({item.resource_id: item.quantity for item in booking.items}, first),
    )


def pieces_taken(wanted: Mapping[int, int], usual: int) -> dict[int, int]:
    """The resources taken in another number than ``usual``: what a wish with that quantity names in ``pieces``."""
    return {one: pieces for one, pieces in wanted.items() if pieces != usual}


def price_question(wish: Wish, *, viewer: Viewer, now: datetime) -> PriceQuestion:
    """The wish as the ordinances room asks for a price. The viewer's proven group counts where none is named."""
    return PriceQuestion(
        resource_ids=wish.resource_ids,
        spans=wish.spans,
        quantity=wish.wanted,
        group=wish.group or viewer.group,
        purpose=wish.purpose,
        persons=wish.persons,
        extras=wish.extras,
        facts=wish.facts,
        requested_at=now,
        further_groups=wish.further_groups,
    )


def wished_resources(wish: Wish, *, viewer: Viewer) -> tuple[ResourceView, ...]:
    """The resources of a wish in its order. Raises NotFound for unknown or unpublished ones, InvalidInput."""
    if not wish.resource_ids or not wish.all_spans:
        raise InvalidInput(_("Wählen Sie, was Sie buchen möchten und wann."), field="spans")
    found = resources_by_id(wish.all_resource_ids)
    resources = tuple(found[one] for one in wish.all_resource_ids if one in found)
    if len(resources) != len(wish.all_resource_ids) or not all(
        viewer.is_staff or (one.is_published and one.location.is_published) for one in resources
    ):
        raise NotFound(_("Dieses Angebot gibt es nicht."))
    return resources


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return str(value)
    return list(value) if isinstance(value, tuple) else value
