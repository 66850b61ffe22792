"""Bookings: made, decided, cancelled, talked about; every step with its refusals."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from booking_core.identity.contracts import Actor
from booking_core.kernel.errors import BookingError, InvalidInput, NotFound
from booking_core.kernel.money import Money
from booking_core.reservations.contracts import BookingView, Contact
from booking_core.reservations.drafts import DetailsData, PriceData, items_of
from booking_core.reservations.errors import Stale, WrongState
from booking_core.reservations.models import Booking, Occupancy
from booking_core.reservations.queries import (
    booking_by_number,
    booking_by_uuid,
    is_free,
    location_ids_of_booking,
)
from booking_core.reservations.services.bookings import answer, ask, change_details, note, transition
from tests.factories.bookings import ERIKA, GUEST, NOW, book, booking_data, hours, make_booking
from tests.factories.catalogue import CLERK, make_room

LATER = NOW + timedelta(days=1)


def move_to(booking: BookingView, to: str, **options: object) -> BookingView:
    facts = {"actor": CLERK, "expected_version": booking.version, "now": LATER}
    return transition(booking.uuid, to, **{**facts, **options})


def test_a_request_holds_everything_it_was_made_with() -> None:
    room = make_room()
    price = PriceData(total=Money(9000), deposit=Money(18000), quote={"lines": []})
    data = booking_data(
        items_of([room.id], [hours(11, 35)]), title="  Hochzeit ", purpose="party", customer_group="residents",
        extras={"chairs": "40"}, facts={"alcohol": True}, message="Mit Musik", price=price, source="api",
        house_rules_accepted_at=NOW, contact=Contact("Erika Mustermann", "ERIKA@example.org", city="Musterdorf"),
    )  # fmt: skip
    booking = book(data)
    assert booking.number == f"2026-{booking.id:06d}"
    assert (booking.state, booking.state_label, booking.source) == ("requested", "angefragt", "api")
    assert (booking.title, booking.contact.email) == ("Hochzeit", "erika@example.org")
    assert (booking.total, booking.deposit, booking.quote) == (Money(9000), Money(18000), {"lines": []})
    assert (booking.extras, booking.facts) == ({"chairs": "40"}, {"alcohol": True})
    assert [item.span for item in booking.items] == [hours(11, 35)]
    assert (booking.version, booking.sequence, booking.requested_at) == (1, 0, NOW)
    assert [(event.kind, event.text, event.by_staff) for event in booking.events] == [
        ("requested", "Mit Musik", False)
    ]
    assert booking_by_number(booking.number) == booking
    assert location_ids_of_booking(booking.uuid) == {room.location.id}


def test_a_booking_the_rules_confirm_at_once() -> None:
    booking = book(booking_data(items_of([make_room().id], [hours(10, 12)]), state="confirmed"))
    assert (booking.state, booking.decided_at) == ("confirmed", NOW)
    assert [event.kind for event in booking.events] == ["requested", "confirmed"]


def test_a_booking_is_not_born_cancelled() -> None:
    with pytest.raises(InvalidInput):
        book(booking_data(items_of([make_room().id], [hours(10, 12)]), state="cancelled"))


def test_the_number_takes_the_year_of_the_town() -> None:
    """An hour before midnight UTC it is already next year in Berlin."""
    with timezone.override("Europe/Berlin"):
        room = make_room()
        from booking_core.reservations.services.new_bookings import create_booking

        booking = create_booking(
            booking_data(items_of([room.id], [hours(10, 12)])),
            actor=GUEST, now=NOW.replace(month=12, day=31, hour=23, minute=30),
        )  # fmt: skip
    assert booking.number.startswith("2027-")


def test_confirm() -> None:
    booking = make_booking(make_room(), hours(10, 12))
    confirmed = move_to(booking, "confirmed", text="Viel Freude!")
    assert (confirmed.state, confirmed.decided_at, confirmed.decision_reason) == (
        "confirmed", LATER, "Viel Freude!",
    )  # fmt: skip
    assert (confirmed.version, confirmed.sequence) == (2, 1)
    assert [event.kind for event in confirmed.events] == ["requested", "confirmed"]
    assert Occupancy.objects.count() == 1


@pytest.mark.parametrize("to", ["declined", "cancelled"])
def test_declined_and_cancelled_bookings_give_their_time_back_and_stay(to: str) -> None:
    room = make_room()
    booking = make_booking(room, hours(10, 12))
    after = move_to(booking, to, text="Wasserschaden")
    assert after.state == to
    assert not after.is_open
    assert [item.span for item in after.items] == [hours(10, 12)], "the booking stays as history"
    assert Occupancy.objects.count() == 0
    assert is_free([room.id], hours(10, 12))


def test_cancelling_a_confirmed_booking_with_a_fee() -> None:
    booking = move_to(make_booking(make_room(), hours(10, 12)), "confirmed")
    cancelled = move_to(booking, "cancelled", fee=Money(2500))
    assert (cancelled.cancelled_at, cancelled.cancellation_fee) == (LATER, Money(2500))


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("declined", "confirmed"),
        ("cancelled", "confirmed"),
        ("confirmed", "confirmed"),
        ("confirmed", "declined"),
        ("cancelled", "cancelled"),
        ("declined", "cancelled"),
    ],
)
def test_steps_that_lead_nowhere(first: str, then: str) -> None:
    booking = move_to(make_booking(make_room(), hours(10, 12)), first)
    with pytest.raises(WrongState):
        move_to(booking, then)
    assert booking_by_uuid(booking.uuid) == booking


def test_two_clerks_decide_and_the_second_is_told() -> None:
    booking = make_booking(make_room(), hours(10, 12))
    move_to(booking, "confirmed")
    with pytest.raises(Stale):
        move_to(booking, "declined", text="zu laut")
    assert booking_by_uuid(booking.uuid).state == "confirmed"


def test_confirming_wins_lost_time_again_or_fails() -> None:
    room = make_room()
    booking = make_booking(room, hours(10, 12))
    Occupancy.objects.all().delete()
    confirmed = move_to(booking, "confirmed")
    assert Occupancy.objects.get().item_id == confirmed.items[0].id


def test_confirming_is_refused_when_the_lost_time_is_gone() -> None:
    room = make_room()
    booking = make_booking(room, hours(10, 12))
    Occupancy.objects.all().delete()
    make_booking(room, hours(11, 13))
    with pytest.raises(BookingError) as refused:
        move_to(booking, "confirmed")
    assert refused.value.code == "taken"


def test_a_question_and_its_answer() -> None:
    booking = make_booking(make_room(), hours(10, 12))
    asked = ask(booking.uuid, "Brauchen Sie die Küche?", actor=CLERK, now=LATER)
    assert (asked.question_at, asked.version) == (LATER, 2)
    answered = answer(booking.uuid, "Ja, bitte.", actor=GUEST, now=LATER)
    assert (answered.question_at, answered.version) == (None, 3)
    assert [(event.kind, event.text) for event in answered.events][1:] == [
        ("asked", "Brauchen Sie die Küche?"),
        ("answered", "Ja, bitte."),
    ]
    with pytest.raises(Stale):
        move_to(booking, "confirmed")


@pytest.mark.parametrize("say", [ask, answer])
def test_no_conversation_about_a_closed_booking(say: object) -> None:
    booking = move_to(make_booking(make_room(), hours(10, 12)), "declined")
    with pytest.raises(WrongState):
        say(booking.uuid, "Hallo?", actor=CLERK, now=LATER)  # type: ignore[operator]  # a table of functions


@pytest.mark.parametrize("say", [ask, answer, note])
def test_saying_nothing(say: object) -> None:
    booking = make_booking(make_room(), hours(10, 12))
    with pytest.raises(InvalidInput):
        say(booking.uuid, "  ", actor=CLERK, now=LATER)  # type: ignore[operator]  # a table of functions


def test_a_note_changes_nothing_else() -> None:
    booking = make_booking(make_room(), hours(10, 12))
    noted = note(booking.uuid, "Ruft Montag zurück", actor=CLERK, now=LATER)
    assert (noted.staff_note, noted.version) == ("Ruft Montag zurück", booking.version)
    assert noted.events[-1].kind == "noted"


def test_changing_details() -> None:
    booking = make_booking(make_room(), hours(10, 12))
    details = DetailsData(title="Taufe", contact=Contact("Max Mustermann", "MAX@example.org"), message="x")
    changed = change_details(booking.uuid, details, actor=GUEST, expected_version=1, now=LATER)
    assert (changed.title, changed.message, changed.contact.email) == ("Taufe", "x", "max@example.org")
    assert (changed.version, changed.sequence, changed.items) == (2, 1, booking.items)
    with pytest.raises(Stale):
        change_details(booking.uuid, details, actor=GUEST, expected_version=1, now=LATER)
    with pytest.raises(InvalidInput):
        change_details(booking.uuid, DetailsData(" ", ERIKA), actor=GUEST, expected_version=2, now=LATER)


def test_unknown_bookings() -> None:
    someone = Actor("x")
    for call in (
        lambda: booking_by_uuid(uuid4()),
        lambda: booking_by_number("2026-999999"),
        lambda: transition(uuid4(), "confirmed", actor=someone, expected_version=1, now=NOW),
        lambda: ask(uuid4(), "?", actor=someone, now=NOW),
    ):
        with pytest.raises(NotFound):
            call()
    assert Booking.objects.count() == 0
