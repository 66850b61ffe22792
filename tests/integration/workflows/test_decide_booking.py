"""Confirming, declining, asking and answering: state, history, mail; stale versions and other states."""

from uuid import uuid4

import pytest

from booking_core.identity.models import AuditEntry
from booking_core.kernel.errors import InvalidInput, NotFound
from booking_core.messaging.models import OutboxMessage
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.errors import Stale, WrongState
from booking_core.reservations.models import Occupancy
from booking_core.reservations.queries import booking_by_uuid
from booking_core.workflows.decide_booking import (
    answer_question,
    ask_question,
    confirm_booking,
    decline_booking,
    note_on_booking,
)
from tests.integration.workflows.conftest import CITIZEN, CLERK, House, mails, place


def test_a_confirmation_goes_out_once_with_the_calendar_file(booked: BookingView) -> None:
    confirmed = confirm_booking(
        booked.uuid, actor=CLERK, expected_version=booked.version, text="Viel Freude!"
    )

    assert confirmed.state == "confirmed"
    assert [event.kind for event in confirmed.events] == ["requested", "confirmed"]
    assert mails() == [("booking_confirmed", "erika@example.org")]
    mail = OutboxMessage.objects.get()
    assert "Viel Freude!" in mail.text
    assert [part["type"] for part in mail.attachments] == ["text/calendar; method=PUBLISH"]
    assert AuditEntry.objects.filter(action="booking.confirmed", subject_id=str(booked.uuid)).count() == 1


def test_a_declined_request_gives_its_time_back(booked: BookingView, house: House) -> None:
    declined = decline_booking(
        booked.uuid, actor=CLERK, expected_version=booked.version, reason="Bauarbeiten"
    )

    assert (declined.state, declined.decision_reason) == ("declined", "Bauarbeiten")
    assert not Occupancy.objects.exists()
    assert mails() == [("booking_declined", "erika@example.org")]
    assert "Bauarbeiten" in OutboxMessage.objects.get().text
    assert place(house.wish()).state == "requested"


def test_a_decline_needs_a_reason(booked: BookingView) -> None:
    with pytest.raises(InvalidInput):
        decline_booking(booked.uuid, actor=CLERK, expected_version=booked.version, reason="  ")

    assert booking_by_uuid(booked.uuid).state == "requested"
    assert mails() == []


@pytest.mark.parametrize("decide", [confirm_booking, decline_booking], ids=["confirm", "decline"])
def test_who_decides_on_an_old_page_is_told(booked: BookingView, decide: object) -> None:
    note = {"reason": "nein"} if decide is decline_booking else {}
    with pytest.raises(Stale):
        decide(booked.uuid, actor=CLERK, expected_version=booked.version - 1, **note)  # type: ignore[operator]

    assert booking_by_uuid(booked.uuid).state == "requested"
    assert mails() == []
    assert not AuditEntry.objects.filter(action__startswith="booking.").exists()


def test_what_is_decided_is_not_decided_again(booked: BookingView) -> None:
    declined = decline_booking(booked.uuid, actor=CLERK, expected_version=booked.version, reason="nein")
    with pytest.raises(WrongState):
        confirm_booking(booked.uuid, actor=CLERK, expected_version=declined.version)

    assert [kind for kind, _recipient in mails()] == ["booking_declined"]


def test_a_question_waits_for_its_answer(booked: BookingView) -> None:
    asked = ask_question(booked.uuid, actor=CLERK, text="Mit Bühne?")
    assert asked.question_at is not None
    answered = answer_question(booked.uuid, actor=CITIZEN, text="Ohne.")

    assert answered.question_at is None
    assert [event.kind for event in answered.events] == ["requested", "asked", "answered"]
    assert mails() == [
        ("question_asked", "erika@example.org"),
        ("question_answered", "rathaus@musterstadt.example"),
    ]


def test_a_decision_must_have_seen_the_answer(booked: BookingView) -> None:
    asked = ask_question(booked.uuid, actor=CLERK, text="Mit Bühne?")
    answer_question(booked.uuid, actor=CITIZEN, text="Ohne.")

    with pytest.raises(Stale):
        confirm_booking(booked.uuid, actor=CLERK, expected_version=asked.version)


def test_an_answer_needs_a_question(booked: BookingView) -> None:
    with pytest.raises(WrongState):
        answer_question(booked.uuid, actor=CITIZEN, text="Ohne.")
    assert mails() == []


@pytest.mark.parametrize("speak", [ask_question, note_on_booking])
def test_empty_words_are_refused(booked: BookingView, speak: object) -> None:
    with pytest.raises(InvalidInput):
        speak(booked.uuid, actor=CLERK, text=" ")  # type: ignore[operator]
    assert mails() == []


def test_a_note_stays_among_the_staff(booked: BookingView) -> None:
    noted = note_on_booking(booked.uuid, actor=CLERK, text="Schlüssel bei Frau Kern")

    assert noted.staff_note == "Schlüssel bei Frau Kern"
    assert mails() == []


def test_what_is_not_there_is_not_found(house: House) -> None:
    with pytest.raises(NotFound):
        confirm_booking(uuid4(), actor=CLERK, expected_version=1)
    with pytest.raises(NotFound):
        ask_question(uuid4(), actor=CLERK, text="?")
