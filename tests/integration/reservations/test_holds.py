"""Holds: kept for a while, worth nothing afterwards, turned into a booking without a gap."""

from datetime import UTC, datetime, timedelta

import pytest

from booking_core.catalog.contracts import ResourceView
from booking_core.kernel.spans import Span
from booking_core.reservations import tasks
from booking_core.reservations.contracts import HoldView
from booking_core.reservations.drafts import items_of
from booking_core.reservations.errors import HoldExpired, Taken
from booking_core.reservations.models import Hold, Occupancy
from booking_core.reservations.queries import expired_request, free_times, hold_by_uuid, is_free
from booking_core.reservations.services.holds import hold, release_hold, release_stale_holds
from config.celery_app import app
from tenants.context import in_public
from tenants.models import Tenant
from tests.factories.bookings import book, booking_data, hours, make_booking
from tests.factories.catalogue import make_room

WISH = {"resource": "saal", "persons": 40}


def keep(room: ResourceView, span: Span, **options: object) -> HoldView:
    return hold(items_of([room.id], [span]), request=WISH, **options)


def let_expire(kept: HoldView, ago: timedelta = timedelta(seconds=1)) -> None:
    Hold.objects.filter(uuid=kept.uuid).update(expires_at=datetime.now(UTC) - ago)


def test_a_hold_keeps_its_time_for_a_quarter_of_an_hour() -> None:
    room = make_room()
    kept = keep(room, hours(10, 12))
    left = kept.expires_at - datetime.now(UTC)
    assert timedelta(minutes=14) < left <= timedelta(minutes=15, seconds=1)
    assert hold_by_uuid(kept.uuid).request == WISH
    with pytest.raises(Taken):
        make_booking(room, hours(11, 13))


def test_an_expired_hold_gives_way() -> None:
    room = make_room()
    kept = keep(room, hours(10, 12))
    let_expire(kept)
    assert is_free([room.id], hours(10, 12))
    make_booking(room, hours(11, 13))
    with pytest.raises(HoldExpired):
        hold_by_uuid(kept.uuid)
    assert expired_request(kept.uuid) == WISH, "the form can be offered again"


def test_a_hold_becomes_a_booking() -> None:
    room = make_room()
    kept = keep(room, hours(10, 12))
    booking = book(booking_data(items_of([room.id], [hours(10, 12)])), hold_uuid=kept.uuid)
    assert Hold.objects.count() == 0
    assert [row.item_id for row in Occupancy.objects.all()] == [booking.items[0].id]


def test_a_hold_becomes_a_booking_of_another_time() -> None:
    room = make_room()
    kept = keep(room, hours(10, 12))
    book(booking_data(items_of([room.id], [hours(11, 14)])), hold_uuid=kept.uuid)
    assert not is_free([room.id], hours(13, 14))
    assert is_free([room.id], hours(10, 11))


def test_an_expired_hold_becomes_nothing_but_the_time_may_be_won_anew() -> None:
    room = make_room()
    kept = keep(room, hours(10, 12))
    let_expire(kept)
    data = booking_data(items_of([room.id], [hours(10, 12)]))
    with pytest.raises(HoldExpired) as refused:
        book(data, hold_uuid=kept.uuid)
    assert refused.value.http_status == 410
    assert book(data).state == "requested"


def test_a_swept_hold_is_expired_even_if_its_row_is_still_there() -> None:
    room = make_room()
    kept = keep(room, hours(10, 12))
    Occupancy.objects.all().delete()
    with pytest.raises(HoldExpired):
        book(booking_data(items_of([room.id], [hours(10, 12)])), hold_uuid=kept.uuid)


def test_choosing_again_replaces_the_hold() -> None:
    room = make_room()
    first = keep(room, hours(10, 12))
    second = keep(room, hours(11, 13), replacing=first.uuid)
    assert second.uuid == first.uuid
    assert is_free([room.id], hours(10, 11))
    assert not is_free([room.id], hours(12, 13))


def test_a_hold_is_kept_when_the_new_time_is_not_won() -> None:
    room = make_room()
    make_booking(room, hours(14, 16))
    first = keep(room, hours(10, 12))
    with pytest.raises(Taken):
        keep(room, hours(13, 15), replacing=first.uuid)
    assert not is_free([room.id], hours(10, 12))
    assert hold_by_uuid(first.uuid).expires_at == first.expires_at


def test_replacing_a_hold_that_is_gone_makes_a_new_one() -> None:
    room = make_room()
    first = keep(room, hours(10, 12))
    release_hold(first.uuid)
    second = keep(room, hours(10, 12), replacing=first.uuid)
    assert second.uuid != first.uuid


def test_giving_up() -> None:
    room = make_room()
    kept = keep(room, hours(10, 12))
    assert release_hold(kept.uuid)
    assert not release_hold(kept.uuid)
    assert is_free([room.id], hours(10, 12))


def test_sweeping_frees_stale_time_and_keeps_the_rest() -> None:
    room = make_room()
    stale, fresh = keep(room, hours(10, 12)), keep(room, hours(12, 14))
    let_expire(stale)
    assert release_stale_holds() == 1
    assert Hold.objects.filter(uuid=stale.uuid).exists(), "kept for a day, to resume the form"
    let_expire(stale, timedelta(days=1, seconds=1))
    release_stale_holds()
    assert not Hold.objects.filter(uuid=stale.uuid).exists()
    assert hold_by_uuid(fresh.uuid)
    window = hours(10, 14)
    free = free_times([room.id], window, now=datetime.now(UTC))
    assert free == {room.id: (hours(10, 12),)}


def test_the_scheduler_sweeps_every_live_town(town: Tenant) -> None:
    room = make_room()
    let_expire(keep(room, hours(10, 12)))
    assert tasks.release_stale_holds.apply().get() == 1
    with app.connection_for_read() as connection:
        connection.default_channel.queue_purge("celery")
        with in_public():
            live = tasks.release_stale_holds_everywhere.apply().get()
        queue = connection.SimpleQueue("celery")
        messages = [queue.get(timeout=2) for _ in range(live)]
        for message in messages:
            message.ack()
    assert {message.headers["task"] for message in messages} == {
        "booking_core.reservations.tasks.release_stale_holds"
    }
    assert town.schema_name in {message.headers["_schema_name"] for message in messages}
