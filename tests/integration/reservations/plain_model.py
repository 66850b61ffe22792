"""A town in sets of (unit, hour): what the state machine holds the real tables against.

Not here: the operations (``test_state_machine``).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
)

from booking_core.kernel.errors import BookingError
from booking_core.reservations.contracts import BookingView, HoldView
from booking_core.reservations.drafts import ItemData, items_of
from tests.factories.bookings import ahead, make_party
from tests.factories.catalogue import make_hall, make_stock

LAST_HOUR = 8
STOCK = 3
WHOLE, LEFT, RIGHT, CHAIRS = "whole", "left", "right", "chairs"
names = st.sampled_from([WHOLE, LEFT, RIGHT, CHAIRS])
starts, lengths, pieces = st.integers(0, LAST_HOUR - 1), st.integers(1, 4), st.integers(1, STOCK)

# How much of which unit a resource takes in one hour.
UNITS_OF = {WHOLE: {"A": 1, "B": 1}, LEFT: {"A": 1}, RIGHT: {"B": 1}}
SIZE_OF = {"A": 1, "B": 1, CHAIRS: STOCK}

Wish = dict[tuple[str, int], int]  # (unit, hour) → pieces


class Key:
    """A booking or hold as a dictionary key, in a stable order."""

    def __init__(self, view: BookingView | HoldView, items: tuple[ItemData, ...] = ()) -> None:
        self.view, self.items = view, items

    def __lt__(self, other: "Key") -> bool:
        return str(self.view.uuid) < str(other.view.uuid)


@dataclass
class SeriesModel:
    """Slot → what the date takes; ``away`` are those given up."""

    dates: dict[str, Wish]
    away: set[str] = field(default_factory=set)

    def taken(self) -> Wish:
        wish: Wish = {}
        for slot, cells in self.dates.items():
            if slot not in self.away:
                for cell, size in cells.items():
                    wish[cell] = wish.get(cell, 0) + size
        return wish


class PlainTown(RuleBasedStateMachine):
    """The model beside one town's real resources; every example starts from an empty town."""

    def __init__(self) -> None:
        super().__init__()
        self.example = transaction.atomic()
        self.example.__enter__()
        hall, (left, right) = make_hall(2)
        self.resources = {WHOLE: hall, LEFT: left, RIGHT: right, CHAIRS: make_stock(STOCK, hall.location)}
        self.party = make_party()
        self.bookings: dict[Key, Wish] = {}
        self.holds: dict[Key, Wish] = {}
        self.closures: dict[UUID, set[tuple[str, int]]] = {}
        self.series: dict[Key, SeriesModel] = {}
        self.waiting: list[tuple[UUID, Wish]] = []
        self.joined = 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.example.__exit__(None, None, None)

    # --- the model -----------------------------------------------------------------------------

    def wish(self, name: str, start: int, length: int, quantity: int) -> Wish:
        units = UNITS_OF.get(name, {CHAIRS: quantity})
        return {(unit, hour): size for unit, size in units.items() for hour in range(start, start + length)}

    def fits(self, wish: Wish) -> bool:
        return all(
            size + self.out(cell) <= SIZE_OF[cell[0]] and not self.is_closed(cell)
            for cell, size in wish.items()
        )

    def out(self, cell: tuple[str, int]) -> int:
        kept = (*self.bookings.values(), *self.holds.values(), *(one.taken() for one in self.series.values()))
        return sum(wish.get(cell, 0) for wish in kept)

    def is_closed(self, cell: tuple[str, int]) -> bool:
        return any(cell in closed for closed in self.closures.values())

    def items(self, name: str, start: int, length: int, quantity: int) -> tuple[ItemData, ...]:
        return items_of([self.resources[name].id], [ahead(start, start + length)], quantity=quantity)

    def attempt(self, should_work: bool, work: Callable[[], object]) -> object | None:
        try:
            result = work()
        except BookingError as refused:
            assert not should_work, f"refused though it fits: {refused.code}"
            assert refused.code == "taken"
            return None
        assert should_work, "given though it was taken"
        return result
