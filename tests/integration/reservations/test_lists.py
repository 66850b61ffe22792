"""Lists of bookings: filters, order, pages, the inbox, a day's plan; constant numbers of statements."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from booking_core.catalog.contracts import ResourceView
from booking_core.identity.services import create_account
from booking_core.reservations.contracts import BookingFilter, BookingView, Contact
from booking_core.reservations.day_contracts import BookingCounts
from booking_core.reservations.drafts import items_of
from booking_core.reservations.queries import (
    booking_by_uuid,
    booking_counts,
    booking_rows,
    bookings_of,
    conflicts_of,
    day_plan,
    inbox,
    party_history,
)
from booking_core.reservations.services.bookings import ask, transition
from booking_core.reservations.services.closures import close
from booking_core.reservations.services.new_bookings import create_booking
from tests.factories.bookings import GUEST, NOW, book, booking_data, hours, make_booking, make_party
from tests.factories.catalogue import CLERK, make_location, make_room, make_stock

MAX = Contact(name="Max Mustermann", email="max@example.org", organisation_name="TSV Musterdorf")


def numbers(rows: tuple[object, ...]) -> list[str]:
    return [row.number for row in rows]  # type: ignore[attr-defined]  # rows of any list have a number


def decide(booking: BookingView, to: str) -> None:
    transition(booking.uuid, to, actor=CLERK, expected_version=booking.version, now=NOW)


def test_a_row_says_what_scanning_needs() -> None:
    place = make_location(name="Dörpshus")
    rooms = [make_room(place, name="Saal"), make_room(place, name="Küche")]
    data = booking_data(items_of([room.id for room in rooms], [hours(14, 16), hours(10, 12)]), contact=MAX)
    booking = book(data)
    (row,) = booking_rows(BookingFilter()).rows
    assert (row.number, row.title, row.state, row.state_label) == (
        booking.number, "Geburtstag", "requested", "angefragt",
    )  # fmt: skip
    assert (row.contact_name, row.organisation_name) == ("Max Mustermann", "TSV Musterdorf")
    assert sorted(row.resource_names) == ["Küche", "Saal"]
    assert row.location_names == ("Dörpshus",)
    assert (row.start, row.end) == (hours(10, 12).start, hours(14, 16).end)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        pytest.param({}, ["first", "second", "third"], id="everything, next use first"),
        pytest.param({"newest_first": True}, ["third", "second", "first"], id="newest request first"),
        pytest.param({"states": frozenset({"confirmed"})}, ["second"], id="by state"),
        pytest.param({"text": "sommerfest"}, ["third"], id="by title"),
        pytest.param({"text": "mustermann tsv"}, ["third"], id="all words"),
        pytest.param({"text": "MAX@example"}, ["third"], id="by address"),
        pytest.param({"text": "nirgends"}, [], id="no match"),
        pytest.param({"first_on": date(2026, 9, 13)}, ["second", "third"], id="from a day"),
        pytest.param({"last_on": date(2026, 9, 13)}, ["first", "second"], id="up to a day"),
        pytest.param({"first_on": date(2026, 9, 13), "last_on": date(2026, 9, 13)}, ["second"], id="one day"),
    ],
)
def test_filters(wanted: dict[str, object], found: list[str]) -> None:
    room = make_room()
    first = make_booking(room, hours(10, 12, day=12))
    second = make_booking(room, hours(10, 12, day=13), state="confirmed")
    third = make_booking(room, hours(10, 12, day=14), title="Sommerfest", contact=MAX)
    names = {first.number: "first", second.number: "second", third.number: "third"}
    rows = booking_rows(BookingFilter(**wanted)).rows  # type: ignore[arg-type]  # a table of keywords
    assert [names[row.number] for row in rows] == found


def test_the_last_day_of_a_filter_ends_at_the_towns_midnight() -> None:
    room = make_room()
    late = make_booking(room, hours(21, 21.5))  # 23:00 in Berlin
    make_booking(room, hours(22, 23))  # 0:00 in Berlin: the next day
    wanted = BookingFilter(first_on=date(2026, 9, 12), last_on=date(2026, 9, 12))
    assert numbers(booking_rows(wanted).rows) == [late.number]


def test_filters_by_place_and_resource() -> None:
    room, other = make_room(), make_room()
    booking = make_booking(room, hours(10, 12))
    make_booking(other, hours(10, 12))
    for wanted in (
        BookingFilter(resource_ids=frozenset({room.id})),
        BookingFilter(location_ids=frozenset({room.location.id})),
    ):
        assert numbers(booking_rows(wanted).rows) == [booking.number]
        assert numbers(inbox(wanted)) == [booking.number]
    assert booking_counts(location_ids=frozenset({room.location.id})).requested == 1


def test_pages() -> None:
    room = make_room()
    made = [make_booking(room, hours(at, at + 1)).number for at in range(7)]
    page = booking_rows(BookingFilter(), page=2, per_page=3)
    assert numbers(page.rows) == made[3:6]
    assert (page.total, page.last, page.has_previous, page.has_next) == (7, 3, True, True)
    assert booking_rows(BookingFilter(), page=4, per_page=3).rows == ()
    assert booking_rows(BookingFilter(), page=0, per_page=3).number == 1


def test_the_inbox_shows_what_is_due_first_and_questions_last() -> None:
    room, party = make_room(), make_party()

    def request(day: int, asked_days_ago: int) -> BookingView:
        data = booking_data(items_of([room.id], [hours(10, 12, day=day)]), party_id=party)
        return create_booking(data, actor=GUEST, now=NOW - timedelta(days=asked_days_ago))

    next_month = request(30, 0)  # due two weeks after 1 September
    soon = request(5, 0)
    forgotten = request(29, 13)  # due on 2 September
    questioned = request(3, 0)
    confirmed = request(4, 0)
    decide(confirmed, "confirmed")
    ask(questioned.uuid, "Wie viele?", actor=CLERK, now=NOW)
    expected = [forgotten.number, soon.number, next_month.number, questioned.number]
    assert numbers(inbox()) == expected
    assert inbox()[-1].has_open_question


def test_counts() -> None:
    room = make_room()
    made = [make_booking(room, hours(at, at + 1)) for at in range(5)]
    decide(made[0], "confirmed")
    decide(made[1], "declined")
    decide(made[2], "cancelled")
    ask(made[3].uuid, "Wie viele?", actor=CLERK, now=NOW)
    assert booking_counts() == BookingCounts(requested=2, confirmed=1, declined=1, cancelled=1, questions=1)


def test_own_bookings_by_account_and_by_address() -> None:
    room = make_room()
    user = create_account(email="erika@example.org")
    mine = make_booking(room, hours(10, 12), booked_by_id=user.pk, contact=MAX)
    by_mail = make_booking(room, hours(12, 14))
    make_booking(room, hours(14, 16), contact=MAX, party_id=make_party(MAX))
    assert numbers(bookings_of(user_id=user.pk)) == [mine.number]
    assert numbers(bookings_of(email="ERIKA@example.org")) == [by_mail.number]
    assert numbers(bookings_of(user_id=user.pk, email="erika@example.org")) == [by_mail.number, mine.number]
    assert bookings_of() == ()


def test_history_of_a_party() -> None:
    room, party = make_room(), make_party()
    first = make_booking(room, hours(10, 12), party_id=party)
    second = make_booking(room, hours(12, 14), party_id=party)
    make_booking(room, hours(14, 16), party_id=make_party(MAX))
    assert numbers(party_history(party)) == [second.number, first.number]
    assert numbers(party_history(party, second.uuid)) == [first.number]


def test_a_days_plan() -> None:
    place = make_location()
    room, other = make_room(place), make_room()
    early = make_booking(room, hours(6, 8))
    gone = make_booking(room, hours(8, 9))
    decide(gone, "cancelled")
    make_booking(room, hours(22, 23))  # midnight in Berlin: tomorrow
    elsewhere = make_booking(other, hours(7, 8))
    close(place.id, None, hours(12, 14), "Wartung", actor=CLERK)
    plan = day_plan(date(2026, 9, 12))
    assert [(entry.kind, entry.title, entry.booking_number) for entry in plan] == [
        ("booking", "Geburtstag", early.number),
        ("booking", "Geburtstag", elsewhere.number),
        ("closure", "Wartung", ""),
    ]
    assert [entry.location_id for entry in day_plan(date(2026, 9, 12), location_ids=[place.id])] == [
        place.id
    ] * 2


def test_conflicts_show_who_shares_the_pieces() -> None:
    chairs = make_stock(10)
    mine = make_booking(chairs, hours(10, 12), quantity=3)
    other = make_booking(chairs, hours(11, 13), quantity=3)
    make_booking(chairs, hours(12, 14), quantity=3)
    assert [view.booking_uuid for view in conflicts_of(mine.uuid)] == [other.uuid]
    assert conflicts_of(uuid4()) == ()


def test_a_declined_request_sees_who_has_its_time_now() -> None:
    room = make_room()
    declined = make_booking(room, hours(10, 12))
    decide(declined, "declined")
    winner = make_booking(room, hours(11, 13))
    assert [view.booking_uuid for view in conflicts_of(declined.uuid)] == [winner.uuid]
    assert conflicts_of(winner.uuid) == ()


def rooms_with_bookings(count: int) -> list[ResourceView]:
    rooms = [make_room() for _ in range(count)]
    for room in rooms:
        make_booking(room, hours(10, 12))
    return rooms


@pytest.mark.parametrize(
    ("read", "statements"),
    [
        # count, page of bookings, their items with resource and location
        pytest.param(lambda: booking_rows(BookingFilter()), 3, id="booking_rows"),
        pytest.param(inbox, 2, id="inbox"),  # requests, items
        pytest.param(lambda: day_plan(date(2026, 9, 12)), 2, id="day_plan"),  # items, closures
        pytest.param(lambda: bookings_of(email="erika@example.org"), 2, id="bookings_of"),  # bookings, items
        pytest.param(booking_counts, 1, id="booking_counts"),
    ],
)
def test_twenty_rows_take_as_many_statements_as_one(read: Callable[[], object], statements: int) -> None:
    for more in (1, 19):
        rooms_with_bookings(more)
        with CaptureQueriesContext(connection) as queries:
            read()
        assert len(_real(queries)) == statements


def test_one_booking_takes_three_statements_however_many_items() -> None:
    rooms = [make_room() for _ in range(20)]
    small, large = make_booking(rooms[0], hours(8, 9)), make_booking(rooms, hours(10, 12))
    for booking in (small, large):
        with CaptureQueriesContext(connection) as queries:
            booking_by_uuid(booking.uuid)
        assert len(_real(queries)) == 3


def _real(queries: CaptureQueriesContext) -> list[str]:
    """Without the tenant backend's own statements."""
    return [query["sql"] for query in queries if not query["sql"].startswith("SET search_path")]
