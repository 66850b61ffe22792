"""Booking, holding, moving, deciding, series, waiting and closing in any order, against a plain model of minutes.

Not here: doing so at the same time (``tests.concurrency``).

The model knows only sets of (resource, hour, piece): what it says is free must be won, what it says is taken must be
refused, and after every step the tables hold exactly what the model holds.
"""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from booking_core.engines.recurrence import Rule
from booking_core.reservations.contracts import BookingView, Repeat
from booking_core.reservations.drafts import DatesChange, ItemData, MoveData, PriceData
from booking_core.reservations.models import Hold, Occupancy
from booking_core.reservations.queries import booking_by_uuid, free_times, hold_by_uuid
from booking_core.reservations.services.bookings import transition
from booking_core.reservations.services.closures import close, reopen
from booking_core.reservations.services.holds import hold, release_hold
from booking_core.reservations.services.moves import move_bookings
from booking_core.reservations.services.series import change_dates
from booking_core.reservations.services.transactions import with_retries
from booking_core.reservations.services.waiting import WaitingData, join, offer_next
from tenants.models import Tenant
from tests.factories.bookings import GUEST, NOW, ahead, book, booking_data
from tests.factories.catalogue import CLERK
from tests.integration.reservations.plain_model import (
    CHAIRS,
    LAST_HOUR,
    LEFT,
    RIGHT,
    SIZE_OF,
    STOCK,
    UNITS_OF,
    WHOLE,
    Key,
    PlainTown,
    SeriesModel,
    lengths,
    names,
    pieces,
    starts,
)


class Reservations(PlainTown):
    """The real services in any order beside the model."""

    # --- the rules -----------------------------------------------------------------------------

    @rule(name=names, start=starts, length=lengths, quantity=pieces)
    def book(self, name: str, start: int, length: int, quantity: int) -> None:
        wish = self.wish(name, start, length, quantity)
        data = booking_data(self.items(name, start, length, quantity), party_id=self.party)
        made = self.attempt(self.fits(wish), lambda: book(data))
        if made is not None:
            self.bookings[Key(made)] = wish

    @rule(name=names, start=starts, length=lengths, quantity=pieces)
    def hold(self, name: str, start: int, length: int, quantity: int) -> None:
        wish = self.wish(name, start, length, quantity)
        items = self.items(name, start, length, quantity)
        kept = self.attempt(self.fits(wish), lambda: hold(items, request={"items": "x"}))
        if kept is not None:
            self.holds[Key(kept, items)] = wish

    @precondition(lambda self: self.holds)
    @rule(pick=st.data())
    def give_up_hold(self, pick: st.DataObject) -> None:
        key = pick.draw(st.sampled_from(sorted(self.holds)))
        assert release_hold(key.view.uuid)
        del self.holds[key]

    @precondition(lambda self: self.holds)
    @rule(pick=st.data())
    def let_hold_expire(self, pick: st.DataObject) -> None:
        """Its rows stay in the table until someone is in need of the time."""
        key = pick.draw(st.sampled_from(sorted(self.holds)))
        Hold.objects.filter(uuid=key.view.uuid).update(expires_at=datetime(2020, 1, 1, tzinfo=NOW.tzinfo))
        del self.holds[key]

    @precondition(lambda self: self.holds)
    @rule(pick=st.data())
    def book_what_is_held(self, pick: st.DataObject) -> None:
        key = pick.draw(st.sampled_from(sorted(self.holds)))
        made = book(booking_data(key.items, party_id=self.party), hold_uuid=key.view.uuid)
        self.bookings[Key(made)] = self.holds.pop(key)

    @precondition(lambda self: self.bookings)
    @rule(pick=st.data(), to=st.sampled_from(["cancelled", "declined"]))
    def end(self, pick: st.DataObject, to: str) -> None:
        key = pick.draw(st.sampled_from(sorted(self.bookings)))
        transition(key.view.uuid, to, actor=CLERK, expected_version=key.view.version, now=NOW)
        del self.bookings[key]

    @precondition(lambda self: self.bookings)
    @rule(pick=st.data(), name=names, start=starts, length=lengths, quantity=pieces)
    def move(self, pick: st.DataObject, name: str, start: int, length: int, quantity: int) -> None:
        key = pick.draw(st.sampled_from(sorted(self.bookings)))
        wish = self.wish(name, start, length, quantity)
        old = self.bookings[key]
        # Its own time may be used again, even under a closure that waits behind it.
        others_fit = all(
            size + self.out(cell) - old.get(cell, 0) <= SIZE_OF[cell[0]]
            and (not self.is_closed(cell) or size <= old.get(cell, 0))
            for cell, size in wish.items()
        )
        data = MoveData(
            key.view.uuid, key.view.version, self.items(name, start, length, quantity), PriceData()
        )
        moved = self.attempt(others_fit, lambda: _move(data))
        if moved is not None:
            del self.bookings[key]
            self.bookings[Key(moved[0])] = wish  # type: ignore[index]  # one move gives one booking

    @rule(name=st.sampled_from([*UNITS_OF, CHAIRS, None]), start=starts, length=lengths)
    def close(self, name: str | None, start: int, length: int) -> None:
        units = SIZE_OF if name is None else UNITS_OF.get(name, {CHAIRS: STOCK})
        place = self.resources[WHOLE].location.id
        made = close(
            place, None if name is None else self.resources[name].id, ahead(start, start + length),
            "Wartung", actor=CLERK, over_bookings=True,
        )  # fmt: skip
        closed = {(unit, hour) for unit in units for hour in range(start, start + length)}
        self.closures[made.uuid] = closed
        for key in [key for key, wish in self.holds.items() if set(wish) & closed]:
            self.dropped(key, closed)

    def dropped(self, key: "Key", closed: set[tuple[str, int]]) -> None:
        """A hold loses the rows in the way of a closure; give up the rest to keep the model plain."""
        release_hold(key.view.uuid)
        del self.holds[key]

    @precondition(lambda self: self.closures)
    @rule(pick=st.data())
    def reopen(self, pick: st.DataObject) -> None:
        uuid = pick.draw(st.sampled_from(sorted(self.closures, key=str)))
        reopen(uuid, actor=CLERK)
        del self.closures[uuid]

    # --- series: dates that are dropped, released, restored, moved --------------------------------

    @rule(
        name=st.sampled_from([LEFT, RIGHT, CHAIRS]),
        start=st.integers(0, 3),
        gap=st.integers(1, 3),
        dates=st.integers(2, 3),
    )
    def book_series(self, name: str, start: int, gap: int, dates: int) -> None:
        """Dates of one hour, some hours apart: all of them are won, or none."""
        hours = [start + number * gap for number in range(dates)]
        model = SeriesModel(
            {f"2027-01-0{n + 1}": self.wish(name, hour, 1, 1) for n, hour in enumerate(hours)}
        )
        items = tuple(
            replace(self.items(name, hour, 1, 1)[0], slot=f"2027-01-0{n + 1}") for n, hour in enumerate(hours)
        )
        weekly = Rule(date(2027, 1, 1), time(1), time(2), count=dates)
        data = booking_data(items, party_id=self.party, repeat=Repeat(weekly))
        made = self.attempt(self.fits(model.taken()), lambda: book(data))
        if made is not None:
            self.series[Key(made, items)] = model

    @precondition(lambda self: self.series)
    @rule(pick=st.data(), why=st.sampled_from(["cancelled", "released"]))
    def drop_date(self, pick: st.DataObject, why: str) -> None:
        key = pick.draw(st.sampled_from(sorted(self.series)))
        model = self.series[key]
        slot = pick.draw(st.sampled_from(sorted(model.dates)))
        if slot in model.away or len(model.away) + 1 == len(model.dates):
            return
        self.changed(
            key,
            DatesChange(key.view.uuid, self.version(key), why, PriceData(), drop=frozenset({slot}), why=why),
        )
        model.away.add(slot)

    @precondition(lambda self: any(one.away for one in self.series.values()))
    @rule(pick=st.data())
    def restore_date(self, pick: st.DataObject) -> None:
        key = pick.draw(st.sampled_from(sorted(key for key, one in self.series.items() if one.away)))
        model = self.series[key]
        slot = pick.draw(st.sampled_from(sorted(model.away)))
        put = tuple(item for item in key.items if item.slot == slot)
        change = DatesChange(key.view.uuid, self.version(key), "restored", PriceData(), put=put)
        if self.attempt(self.fits(model.dates[slot]), lambda: _change(change)) is not None:
            model.away.discard(slot)

    @precondition(lambda self: self.series)
    @rule(pick=st.data())
    def end_series(self, pick: st.DataObject) -> None:
        key = pick.draw(st.sampled_from(sorted(self.series)))
        transition(key.view.uuid, "cancelled", actor=CLERK, expected_version=self.version(key), now=NOW)
        del self.series[key]

    def changed(self, key: "Key", change: DatesChange) -> None:
        assert self.attempt(True, lambda: _change(change)) is not None

    def version(self, key: "Key") -> int:
        return booking_by_uuid(key.view.uuid, with_events=False).version

    # --- the waiting list: what is offered is held, and only what was free is offered --------------

    @rule(name=st.sampled_from([WHOLE, LEFT, RIGHT]), start=starts)
    def wait(self, name: str, start: int) -> None:
        span, resource = ahead(start, start + 1), self.resources[name]
        self.joined += 1  # nobody waits twice for one time: each is somebody else
        entry = join(WaitingData(resource.id, span, {}, "Wanda", f"wanda{self.joined}@example.org"), now=NOW)
        self.waiting.append((entry.uuid, self.wish(name, start, 1, 1)))

    @precondition(lambda self: self.waiting)
    @rule()
    def serve_the_list(self) -> None:
        """Each entry in its turn: offered exactly if its time is free now, then it is held like any other."""
        for uuid, wish in list(self.waiting):
            fits = self.fits(wish)
            offered = offer_next(uuid, hours=24, now=NOW)
            assert (offered is not None) == fits
            if offered is not None:
                assert offered.uuid == uuid and offered.hold_uuid is not None
                self.waiting.remove((uuid, wish))
                held = hold_by_uuid(offered.hold_uuid)
                item = ItemData(offered.resource_id, offered.span)
                self.holds[Key(held, (item,))] = wish

    # --- what must always be true --------------------------------------------------------------

    @invariant()
    def tables_hold_what_the_model_holds(self) -> None:
        booked: dict[int, int] = {}
        for row in Occupancy.objects.filter(item__isnull=False):
            hours = (row.span.upper - row.span.lower) // timedelta(hours=1)
            booked[row.unit_id] = booked.get(row.unit_id, 0) + hours * (row.pieces.upper - row.pieces.lower)
        wishes = (*self.bookings.values(), *(one.taken() for one in self.series.values()))
        assert sum(booked.values()) == sum(sum(wish.values()) for wish in wishes)

    @invariant()
    def a_date_takes_place_or_is_away(self) -> None:
        for key, model in self.series.items():
            stored = booking_by_uuid(key.view.uuid, with_events=False)
            assert stored.series is not None
            assert {one.key for one in stored.series.away} == model.away
            assert {item.slot for item in stored.items} == set(model.dates) - model.away

    @invariant()
    def free_times_say_what_the_model_says(self) -> None:
        day = ahead(0, LAST_HOUR + 4)
        ids = {name: resource.id for name, resource in self.resources.items()}
        free = free_times(ids.values(), day, now=NOW, quantity=2)
        for name, resource_id in ids.items():
            by_model = {hour for hour in range(LAST_HOUR + 4) if self.fits(self.wish(name, hour, 1, 2))}
            by_table = {
                hour
                for hour in range(LAST_HOUR + 4)
                if any(span.contains(ahead(hour, hour + 1)) for span in free[resource_id])
            }
            assert by_table == by_model, name


@with_retries
def _change(change: DatesChange) -> BookingView:
    return change_dates(change, actor=GUEST, now=NOW)


@with_retries
def _move(data: MoveData) -> tuple[BookingView, ...]:
    return move_bookings([data], actor=GUEST, now=NOW)


def test_any_order_of_operations(town: Tenant) -> None:
    run_state_machine_as_test(
        Reservations, settings=settings(max_examples=15, stateful_step_count=15, deadline=None)
    )
