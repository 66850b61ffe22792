"""Another time for an own booking, and another number of what is booked in pieces.

Not here: other places (the administration moves those), people and extras (``asked``).
"""

from collections.abc import Mapping
from typing import Any

from booking_core.catalog.queries import resources_by_id
from booking_core.kernel.spans import Span
from booking_core.reservations.contracts import BookingView
from booking_core.web.citizen.forms.wall_time import WallTimeForm, wall_time_data
from booking_core.web.pieces import is_counted, piece_fields, pieces_data, typed_pieces


class MoveForm(WallTimeForm):
    """When, and how many."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, booking: BookingView) -> None:
        numbers = {item.resource_id: item.quantity for item in booking.items}
        self.things = tuple(resources_by_id(list(numbers)).values())
        initial = {**wall_time_data(booking.items[0].span), **pieces_data(numbers, self.things)}
        super().__init__(data, initial=initial)
        self.fields |= piece_fields(self.things)

    @property
    def moved_span(self) -> Span:
        """The time typed. Call on a valid form."""
        assert self.span is not None  # noqa: S101 — a valid form has its span
        return self.span

    def pieces(self) -> dict[int, int]:
        """How many of what is booked in pieces. Call on a valid form."""
        return typed_pieces(self.cleaned_data, filter(is_counted, self.things))
