"""Use cases that run against themselves: really committed, several connections at once."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection

from booking_core.catalog.contracts import LocationData
from booking_core.catalog.services import save_location
from booking_core.identity.contracts import SYSTEM
from booking_core.kernel.errors import BookingError
from booking_core.messaging.models import OutboxMessage
from booking_core.ordinances.services import adopt_from_library, bind_resource, publish_version
from booking_core.reservations.errors import Stale, WrongState
from booking_core.reservations.models import Booking, Occupancy
from booking_core.workflows.contracts import Wish
from booking_core.workflows.decide_booking import confirm_booking, decline_booking
from booking_core.workflows.idempotency import answer_once
from tenants.context import in_tenant
from tenants.models import Tenant
from tests.integration.workflows.conftest import CLERK, PERIOD, make_room, place

AT_ONCE = 12


@pytest.fixture
def wish(committed_town: Tenant) -> Wish:
    location = save_location(LocationData(name="Dörpshus"), actor=SYSTEM)
    hall = make_room(location.id, "Großer Saal", capacity=60)
    version = adopt_from_library("borgstedt-doerpshus", actor=SYSTEM)
    publish_version(version.id, valid_from=date(2016, 11, 2), actor=SYSTEM)
    bind_resource(hall.id, version.ordinance_id, ["grosser_saal"], actor=SYSTEM)
    return Wish((hall.id,), (PERIOD,), group="private", purpose="private_event", persons=40)


def all_at_once(town: Tenant, works: list[Callable[[], object]]) -> list[object]:
    """Run each work on its own connection, all let go together; errors come back as values."""
    barrier = Barrier(len(works))

    def run(work: Callable[[], object]) -> object:
        try:
            with in_tenant(town):
                barrier.wait(timeout=60)
                return work()
        except BookingError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def test_one_time_is_sold_once_with_one_set_of_mails(committed_town: Tenant, wish: Wish) -> None:
    results = all_at_once(committed_town, [lambda: place(wish)] * AT_ONCE)

    refused = [result for result in results if isinstance(result, BookingError)]
    assert len(refused) == AT_ONCE - 1
    assert {error.code for error in refused} <= {"taken", "busy"}
    assert Booking.objects.count() == Occupancy.objects.count() == 1
    assert Counter(OutboxMessage.objects.values_list("kind", flat=True)) == {
        "booking_requested": 1,
        "new_request": 1,
    }


def test_a_client_that_repeats_itself_books_once(committed_town: Tenant, wish: Wish) -> None:
    def work() -> tuple[int, dict[str, object]]:
        return 201, {"number": place(wish).number}

    results = all_at_once(committed_town, [lambda: answer_once("key:1", "abc", "digest", work)] * AT_ONCE)

    number = Booking.objects.get().number
    assert sorted(results, key=str) == [(201, {"number": number}, False)] + [
        (201, {"number": number}, True)
    ] * (AT_ONCE - 1)


def test_two_clerks_decide_once(committed_town: Tenant, wish: Wish) -> None:
    booking = place(wish)
    OutboxMessage.objects.all().delete()
    version = booking.version
    results = all_at_once(
        committed_town,
        [
            lambda: confirm_booking(booking.uuid, actor=CLERK, expected_version=version),
            lambda: decline_booking(booking.uuid, actor=CLERK, expected_version=version, reason="nein"),
        ]
        * 3,
    )

    winners = [result for result in results if not isinstance(result, BookingError)]
    assert len(winners) == 1
    assert all(isinstance(result, Stale | WrongState) for result in results if result not in winners)
    assert OutboxMessage.objects.count() == 1
