"""Quotas on the site: whose bookings count, at what price, in how many statements, and against themselves."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from booking_core.engines.ordinance import request_from_stored
from booking_core.identity.contracts import SYSTEM
from booking_core.identity.services import create_account
from booking_core.kernel.money import Money
from booking_core.ordinances.services import adopt_document, bind_resource, publish_version
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.models import Booking
from booking_core.reservations.queries import booking_by_uuid
from booking_core.workflows.cancel_booking import cancel_booking
from booking_core.workflows.change_booking import preview_scope, scope_of
from booking_core.workflows.contracts import Viewer, Wish
from booking_core.workflows.errors import RefusedByOrdinance
from booking_core.workflows.move_booking import move_booking, preview_move
from booking_core.workflows.quoting import price_wish
from booking_core.workflows.requoting import requote_booking
from booking_core.workflows.search import find_offers
from booking_core.workflows.search_contracts import SearchWish
from tenants.models import Tenant
from tests.factories.catalogue import make_location, make_room
from tests.integration.workflows.conftest import CITIZEN, CLERK, ERIKA, GUEST, NOW, hours, place
from tests.integration.workflows.test_races import all_at_once

FIRST_FREE = """\
format: 1
name: {de: Ordnung, en: Rules}
municipality: Musterstadt
state: SH
resources:
  - {id: hall, label: {de: Halle, en: Hall}, kind: hall}
  - {id: room, label: {de: Raum, en: Room}, kind: room}
rates:
  - {id: first, when: {quota: {count: bookings, per: year, max: 1}}, priority: 1, price: 0}
  - {id: others, price: 50}
limits:
  - {id: three, require: {quota: {count: bookings, per: month, max: 3}}, topic: quota, field: start,
     text: {de: Höchstens drei im Monat., en: At most three a month.}}
"""


@pytest.fixture
def rooms(town: Tenant) -> tuple[int, int]:
    return _rooms()


def _rooms() -> tuple[int, int]:
    version = adopt_document(FIRST_FREE, code="regeln", actor=SYSTEM)
    publish_version(version.id, valid_from=date(2020, 1, 1), actor=SYSTEM)
    location = make_location()
    hall, room = make_room(location, name="Halle"), make_room(location, name="Raum")
    for resource, code in ((hall, "hall"), (room, "room")):
        bind_resource(resource.id, version.ordinance_id, [code], actor=SYSTEM)
    return hall.id, room.id


def _wish(room: int, *, days: int = 0) -> Wish:
    return Wish((room,), (hours(10, 12, days=days),))


def test_the_first_of_the_year_is_free_and_the_fourth_of_the_month_refused(rooms: tuple[int, int]) -> None:
    hall, room = rooms
    totals = [place(_wish(one, days=day)).total for day, one in enumerate((hall, room, hall))]
    assert totals == [Money(0), Money(5_000), Money(5_000)]
    with pytest.raises(RefusedByOrdinance, match="Höchstens drei im Monat"):
        place(_wish(room, days=3))
    assert place(_wish(room, days=30)).total == Money(5_000)


def test_other_people_and_clubs_have_their_own(rooms: tuple[int, int]) -> None:
    hall, room = rooms
    place(_wish(hall))
    club = replace(ERIKA, organisation_name="SV Musterdorf")
    assert place(_wish(room), contact=club).total == Money(0)
    assert place(_wish(room, days=1), contact=club).total == Money(5_000)
    max_ = Viewer(email="max@example.org")
    assert place(_wish(room, days=2), viewer=max_, contact=replace(ERIKA, email=max_.email)).total == Money(0)


def test_the_account_and_its_guest_bookings_are_one_person(rooms: tuple[int, int]) -> None:
    hall, room = rooms
    place(_wish(hall))
    user = create_account(email=ERIKA.email, name=ERIKA.name, verified=True)
    viewer = Viewer(user_id=user.pk, email=user.email)
    assert price_wish(_wish(room), viewer=viewer, now=NOW).total == Money(5_000)
    assert price_wish(_wish(room), viewer=Viewer(), now=NOW).total == Money(0)


def test_what_was_cancelled_uses_nothing(rooms: tuple[int, int]) -> None:
    hall, room = rooms
    first = place(_wish(hall))
    cancel_booking(first.uuid, actor=CITIZEN, now=NOW)
    assert place(_wish(room)).total == Money(0)


def test_a_price_stays_when_others_are_booked_and_cancelled(rooms: tuple[int, int]) -> None:
    hall, room = rooms
    first, second = place(_wish(hall)), place(_wish(room, days=1))
    place(_wish(room, days=2))
    again = [requote_booking(booking_by_uuid(one.uuid)) for one in (first, second)]
    assert [one.total for one in again if one] == [Money(0), Money(5_000)]
    cancel_booking(first.uuid, actor=CLERK, now=NOW)
    kept = requote_booking(booking_by_uuid(second.uuid))
    assert kept is not None
    assert kept.total == Money(5_000)
    shown = preview_scope(second.uuid, replace(scope_of(second), persons=7), now=NOW)
    assert shown.new_total == Money(5_000)


def test_a_moved_booking_is_held_against_the_others_and_not_against_itself(rooms: tuple[int, int]) -> None:
    hall, room = rooms
    place(_wish(hall))
    moving = place(_wish(room, days=1))
    preview = preview_move(moving.uuid, [hours(14, 16, days=1)], [room], now=NOW)
    assert (preview.fault, preview.new_total) == ("", Money(5_000))
    moved = _moved(moving, days=200)
    assert moved.total == Money(0), "the first of the next year"
    assert request_from_stored(moved.priced_requests[0]).history == {}  # type: ignore[index]


def _moved(booking: BookingView, *, days: int) -> BookingView:
    spans = [hours(14, 16, days=days)]
    ids = [item.resource_id for item in booking.items]
    return move_booking(booking.uuid, spans=spans, resource_ids=ids, actor=CITIZEN, now=NOW,
                        expected_version=booking.version)  # fmt: skip


def test_earlier_use_costs_one_statement_however_much_there_is(rooms: tuple[int, int]) -> None:
    hall, room = rooms
    counts = []
    for booked in (1, 3):
        while Booking.objects.count() < booked:
            place(_wish(hall, days=Booking.objects.count()))
        with CaptureQueriesContext(
            connection,
        ) as caught:
            price_wish(_wish(room, days=8), viewer=GUEST, now=NOW)
        counts.append(sum("booking_item" in one["sql"] or "bookingitem" in one["sql"] for one in caught))
    assert counts == [1, 1]


def test_a_search_knows_what_the_person_used(rooms: tuple[int, int]) -> None:
    hall, _room = rooms
    for day in range(3):
        place(_wish(hall, days=day))
    search = SearchWish(windows=(hours(8, 20, days=4), hours(8, 20, days=5)), duration=timedelta(hours=2))
    assert not find_offers(search, viewer=GUEST, now=NOW).fitting
    strangers = find_offers(search, viewer=Viewer(), now=NOW).fitting
    assert {one.quote.total for one in strangers if one.quote} == {Money(0)}


def test_a_quota_holds_against_requests_at_the_same_moment(committed_town: Tenant) -> None:
    hall, room = _rooms()
    works = [lambda day=day, one=one: place(_wish(one, days=day)) for day in range(4) for one in (hall, room)]
    results = all_at_once(committed_town, works)  # type: ignore[arg-type]  # each returns a booking
    made = [one for one in results if isinstance(one, BookingView)]
    assert len(made) == Booking.objects.count() == 3, results
    assert sorted(one.total.cents for one in made) == [0, 5_000, 5_000]
