"""Halls get other parts, rooms other buffers, stocks fewer pieces, while booked: nothing overlaps, nothing is lost."""

from dataclasses import asdict
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from booking_core.catalog.contracts import (
    Layout,
    LayoutResource,
    LayoutUnit,
    ResourceData,
    ResourceView,
)
from booking_core.catalog.models import ResourceUnit, Unit
from booking_core.catalog.queries import resource_by_id
from booking_core.kernel.errors import InvalidInput
from booking_core.kernel.spans import Span
from booking_core.reservations.drafts import items_of
from booking_core.reservations.errors import LayoutClashes, Taken
from booking_core.reservations.models import BookingItem, Hold, Occupancy
from booking_core.reservations.ranges import to_span
from booking_core.reservations.services.claims import blocked_span
from booking_core.reservations.services.closures import close
from booking_core.reservations.services.holds import hold
from booking_core.workflows.change_parts import preview_layout, save_layout
from booking_core.workflows.offering import divide_offer, save_offer
from tests.concurrency.crowd import overlaps
from tests.factories.bookings import ahead, make_booking, make_party
from tests.factories.catalogue import CLERK, make_hall, make_location, make_room, make_stock

pytestmark = pytest.mark.usefixtures("town")


def taken_of(booking_id: int) -> set[tuple[int, Span]]:
    rows = Occupancy.objects.filter(item__booking_id=booking_id)
    return {(row.unit_id, to_span(row.span)) for row in rows}


def nothing_is_lost() -> None:
    """Every open booking ahead holds each unit its resource claims, in the number it asked for, buffers included."""
    for item in BookingItem.objects.filter(booking__state__in=["requested", "confirmed"]):
        resource = item.resource
        whole = blocked_span(
            to_span(item.span), resource.buffer_before_minutes, resource.buffer_after_minutes
        )
        for claim in ResourceUnit.objects.filter(resource=resource).select_related("unit"):
            rows = Occupancy.objects.filter(item__booking=item.booking, unit=claim.unit)
            held = sum(
                (row.pieces.upper - row.pieces.lower) * to_span(row.span).duration.total_seconds()
                for row in rows
            )
            wanted = item.quantity if claim.is_counted else claim.unit.pieces
            assert held == wanted * whole.duration.total_seconds()
    rows = Occupancy.objects.filter(item__isnull=False).select_related("item")
    for row in rows:
        assert ResourceUnit.objects.filter(unit=row.unit, resource=row.item.resource).exists()  # type: ignore[union-attr]
    assert overlaps() == 0


def layout_of(*resources: ResourceView, **changes: Any) -> Layout:
    """What is there now; ``changes``: add=(unit names), claims={resource id: keys}, buffers={resource id: (b, a)}."""
    units = {claim.unit_id: claim for one in resources for claim in one.claims}
    claims, buffers = changes.get("claims", {}), changes.get("buffers", {})
    pieces = changes.get("pieces", {})
    return Layout(
        units=(
            *(
                LayoutUnit(str(pk), one.unit_name, pieces.get(pk, one.pieces), pk)
                for pk, one in units.items()
            ),
            *(LayoutUnit(name, name) for name in changes.get("add", ())),
        ),
        resources=tuple(
            LayoutResource(
                one.id,
                frozenset(claims.get(one.id, [str(claim.unit_id) for claim in one.claims])),
                frozenset(str(claim.unit_id) for claim in one.claims if claim.is_counted),
                *buffers.get(one.id, (one.buffer_before_minutes, one.buffer_after_minutes)),
            )
            for one in resources
        ),
    )


def data_of(resource: ResourceView, **changes: object) -> ResourceData:
    fields = asdict(ResourceData(location_id=0, name="", kind="room"))
    known = {name: getattr(resource, name) for name in fields if hasattr(resource, name)}
    return ResourceData(
        **{**known, "location_id": resource.location.id, "pieces": resource.most_pieces, **changes}
    )


def test_a_hall_divided_while_booked_holds_all_its_parts() -> None:
    hall = make_room(kind="hall")
    booking = make_booking(hall, ahead(10, 12))
    parts = divide_offer(hall.id, ["Nord", "Mitte", "Süd"], actor=CLERK)
    nothing_is_lost()
    assert len(taken_of(booking.id)) == 3
    for part in parts:
        with pytest.raises(Taken):
            make_booking(part, ahead(11, 13))
        make_booking(part, ahead(12, 13))


def test_a_new_part_is_taken_by_who_booked_the_whole() -> None:
    whole, _thirds = make_hall()
    booking = make_booking(whole, ahead(10, 12))
    whole = resource_by_id(whole.id)
    keys = [*(str(claim.unit_id) for claim in whole.claims), "Anbau"]
    save_layout(layout_of(whole, add=["Anbau"], claims={whole.id: keys}), actor=CLERK)
    assert len(taken_of(booking.id)) == 4
    nothing_is_lost()


def test_what_would_clash_is_listed_before_anything_is_saved() -> None:
    place = make_location()
    left, right = make_room(place, name="Links"), make_room(place, name="Rechts")
    first, second = make_booking(left, ahead(10, 12)), make_booking(right, ahead(11, 13))
    later = make_booking(right, ahead(14, 15))
    shared = layout_of(left, right, claims={right.id: [str(left.claims[0].unit_id)]})

    misfits = preview_layout(shared, actor=CLERK)
    assert {one.booking.number for one in misfits} == {first.number, second.number}
    assert {one.unit_name for one in misfits} == {"Links"}
    before = {booking.id: taken_of(booking.id) for booking in (first, second, later)}
    with pytest.raises(LayoutClashes) as refusal:
        save_layout(shared, actor=CLERK)
    assert refusal.value.context == {"numbers": sorted([first.number, second.number])}
    assert {booking.id: taken_of(booking.id) for booking in (first, second, later)} == before
    assert resource_by_id(right.id).claims == right.claims, "nothing was saved"


def test_a_preview_changes_nothing() -> None:
    whole = resource_by_id(make_hall()[0].id)
    layout = layout_of(whole, add=["Anbau"], claims={whole.id: ["Anbau"]})
    assert preview_layout(layout, actor=CLERK) == ()
    assert resource_by_id(whole.id).claims == whole.claims
    assert not Unit.objects.filter(name="Anbau").exists()


def test_longer_buffers_hold_for_what_is_booked_already() -> None:
    room = make_room()
    booking = make_booking(room, ahead(10, 12))
    save_offer(data_of(room, buffer_after_minutes=60), resource_id=room.id, actor=CLERK)
    assert {span for _unit, span in taken_of(booking.id)} == {ahead(10, 13)}
    with pytest.raises(Taken):
        make_booking(room, ahead(12, 13))


def test_buffers_that_meet_a_neighbour_are_refused_with_both_bookings() -> None:
    room = make_room()
    first, second = make_booking(room, ahead(10, 12)), make_booking(room, ahead(12, 14))
    with pytest.raises(LayoutClashes) as refusal:
        save_offer(data_of(room, buffer_before_minutes=1), resource_id=room.id, actor=CLERK)
    assert refusal.value.context == {"numbers": sorted([first.number, second.number])}
    assert resource_by_id(room.id).buffer_before_minutes == 0


def test_a_stock_may_shrink_as_far_as_what_is_out_at_once() -> None:
    chairs = make_stock(120)
    for quantity in (40, 30, 20):
        make_booking(chairs, ahead(10, 12), quantity=quantity)
    make_booking(chairs, ahead(13, 14), quantity=90)
    save_offer(data_of(chairs, pieces=90), resource_id=chairs.id, actor=CLERK)
    nothing_is_lost()
    assert max(row.pieces.upper for row in Occupancy.objects.all()) <= 90
    with pytest.raises(LayoutClashes):
        save_offer(data_of(chairs, pieces=89), resource_id=chairs.id, actor=CLERK)


def test_closures_follow_and_holds_end() -> None:
    whole = resource_by_id(make_hall()[0].id)
    close(whole.location.id, whole.id, ahead(8, 20), "Umbau", actor=CLERK)
    other = make_room(whole.location)
    hold(items_of([other.id], [ahead(10, 12)]), request={})
    unit = str(other.claims[0].unit_id)
    keys = [*(str(claim.unit_id) for claim in whole.claims), unit]
    save_layout(layout_of(whole, other, claims={whole.id: keys}), actor=CLERK)
    assert not Hold.objects.get().occupancies.exists()
    with pytest.raises(Taken):
        make_booking(other, ahead(10, 12))
    assert overlaps() == 0


def test_a_unit_nobody_claims_goes_if_no_time_was_ever_taken_of_it() -> None:
    whole, thirds = make_hall()
    whole = resource_by_id(whole.id)
    lonely, used = whole.claims[2].unit_id, whole.claims[0].unit_id
    keep = [str(used)]
    third = resource_by_id(thirds[2].id)
    save_layout(layout_of(whole, third, claims={whole.id: keep, third.id: keep}), actor=CLERK)
    assert not Unit.objects.filter(pk=lonely).exists()


@pytest.mark.parametrize(
    "changes", [{"claims": "none"}, {"add": [" "]}, {"buffers": 1441}], ids=["no part", "no name", "two days"]
)
def test_layouts_without_sense_are_refused(changes: dict[str, Any]) -> None:
    room = make_room()
    given = {
        "claims": {room.id: []} if "claims" in changes else {},
        "add": changes.get("add", ()),
        "buffers": {room.id: (changes["buffers"], 0)} if "buffers" in changes else {},
    }
    with pytest.raises(InvalidInput):
        save_layout(layout_of(room, **given), actor=CLERK)


_UNITS, _ROOMS = 4, 4
_claims = st.lists(st.integers(0, _UNITS - 1), min_size=1, max_size=_UNITS, unique=True)
_layouts = st.lists(st.tuples(_claims, st.sampled_from([0, 30, 60])), min_size=_ROOMS, max_size=_ROOMS)
_uses = st.lists(st.tuples(st.integers(0, _ROOMS), st.integers(8, 18), st.integers(1, 3)), max_size=12)


class _Undo(Exception):
    pass


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=_layouts, after=_layouts, uses=_uses)
def test_random_part_trees_never_overlap_and_never_lose(before: Any, after: Any, uses: Any) -> None:
    _play(before, after, uses)


@pytest.mark.slow
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=_layouts, after=_layouts, uses=_uses)
def test_three_hundred_random_part_trees(before: Any, after: Any, uses: Any) -> None:
    _play(before, after, uses)


def _play(before: Any, after: Any, uses: Any) -> None:
    """One part tree becomes another while booked: either everything follows, or everything is as it was."""
    try:
        with transaction.atomic():
            place, party = make_location(), make_party()
            rooms = [make_room(place) for _ in range(_ROOMS + 1)]
            keys = [str(room.claims[0].unit_id) for room in rooms[:_UNITS]]
            everything = ([*range(_UNITS)], 0)  # the whole: it keeps every part claimed

            def shaped(wanted: Any) -> Layout:
                return Layout(
                    units=tuple(LayoutUnit(key, f"Teil {key}", 1, int(key)) for key in keys),
                    resources=tuple(
                        LayoutResource(
                            room.id, frozenset(keys[unit] for unit in units), frozenset(), 0, after_minutes
                        )
                        for room, (units, after_minutes) in zip(rooms, [*wanted, everything], strict=True)
                    ),
                )

            save_layout(shaped(before), actor=CLERK)
            for room, start, length in uses:
                try:
                    make_booking(rooms[room], ahead(start, start + length), party_id=party)
                except Taken:
                    continue
            shape = sorted(Occupancy.objects.values_list("unit_id", "span", "item_id"), key=str)
            misfits = preview_layout(shaped(after), actor=CLERK)
            try:
                save_layout(shaped(after), actor=CLERK)
            except LayoutClashes as refusal:
                assert {one.booking.number for one in refusal.misfits} == {
                    one.booking.number for one in misfits
                }
                assert sorted(Occupancy.objects.values_list("unit_id", "span", "item_id"), key=str) == shape
            else:
                assert misfits == ()
            nothing_is_lost()
            raise _Undo
    except _Undo:
        return
