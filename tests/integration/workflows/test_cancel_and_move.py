"""Cancelling and moving: what it costs, what is kept, who is told."""

from datetime import date, timedelta

import pytest
from icalendar import Calendar

from booking_core.identity.contracts import SYSTEM
from booking_core.kernel.money import ZERO, Money
from booking_core.kernel.spans import Span
from booking_core.messaging.models import OutboxMessage
from booking_core.ordinances.library import library_text
from booking_core.ordinances.services import adopt_document, publish_version
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.errors import Stale, Taken, WrongState
from booking_core.reservations.models import Occupancy
from booking_core.reservations.queries import booking_by_uuid
from booking_core.workflows import errors
from booking_core.workflows.cancel_booking import cancel_booking, preview_cancellation
from booking_core.workflows.decide_booking import confirm_booking
from booking_core.workflows.move_booking import move_booking, preview_move
from tenants.context import current_tenant
from tests.integration.workflows.conftest import (
    CITIZEN,
    CLERK,
    NOW,
    PERIOD,
    House,
    at,
    hours,
    mails,
    place,
)

NEXT_DAY = Span(at(11, days=1), at(11, days=2))


@pytest.fixture
def confirmed(booked: BookingView) -> BookingView:
    booking = confirm_booking(booked.uuid, actor=CLERK, expected_version=booked.version)
    OutboxMessage.objects.all().delete()
    return booking


def event_of_mail() -> Calendar:
    (part,) = OutboxMessage.objects.latest("id").attachments
    return Calendar.from_ical(part["text"])


def test_a_cancelled_booking_gives_its_time_back_and_cancels_the_event(confirmed: BookingView) -> None:
    cancelled = cancel_booking(confirmed.uuid, actor=CITIZEN, reason="Krank", now=NOW)

    assert (cancelled.state, cancelled.cancelled_at, cancelled.cancellation_fee) == ("cancelled", NOW, ZERO)
    assert not Occupancy.objects.exists()
    assert mails() == [("booking_cancelled", "erika@example.org")]
    assert event_of_mail()["METHOD"] == "CANCEL"
    assert event_of_mail().walk("VEVENT")[0]["SEQUENCE"] > confirmed.sequence


def test_the_preview_is_honest_where_the_ordinance_is_silent(booked: BookingView) -> None:
    request = preview_cancellation(booked.uuid, now=NOW)
    assert (request.fee, request.explanation) == (ZERO, "Sie ziehen eine Anfrage zurück. Das kostet nichts.")

    confirm_booking(booked.uuid, actor=CLERK, expected_version=booked.version)
    booking = preview_cancellation(booked.uuid, now=NOW)
    assert (booking.fee, booking.explanation) == (ZERO, "Für das Stornieren nennt die Satzung kein Entgelt.")


def test_what_is_cancelled_is_not_cancelled_again(booked: BookingView) -> None:
    cancel_booking(booked.uuid, actor=CITIZEN, now=NOW)
    for again in (
        lambda: cancel_booking(booked.uuid, actor=CITIZEN, now=NOW),
        lambda: cancel_booking(booked.uuid, actor=CLERK, now=NOW),
        lambda: preview_cancellation(booked.uuid, now=NOW),
    ):
        with pytest.raises(WrongState):
            again()
    assert len(mails()) == 1


def test_what_has_begun_only_the_staff_cancels(confirmed: BookingView) -> None:
    during = PERIOD.start + timedelta(hours=1)
    with pytest.raises(errors.AlreadyOver):
        cancel_booking(confirmed.uuid, actor=CITIZEN, now=during)
    assert mails() == []

    assert cancel_booking(confirmed.uuid, actor=CLERK, now=during, reason="Feueralarm").state == "cancelled"
    assert "die Verwaltung hat Ihre Buchung storniert." in OutboxMessage.objects.get().text


def test_a_move_by_the_staff_keeps_the_state_and_replaces_the_event(
    confirmed: BookingView, house: House
) -> None:
    moved = move_booking(
        confirmed.uuid, spans=[NEXT_DAY], resource_ids=[house.hall.id], actor=CLERK,
        expected_version=confirmed.version, now=NOW,
    )  # fmt: skip

    assert (moved.state, moved.items[0].span, moved.total) == ("confirmed", NEXT_DAY, Money(9000))
    assert mails() == [("booking_moved", "erika@example.org")]
    event = event_of_mail().walk("VEVENT")[0]
    assert event["DTSTART"].dt == NEXT_DAY.start
    assert event["SEQUENCE"] == confirmed.sequence + 1
    assert "Sa, 13. September 2031" in OutboxMessage.objects.get().text
    assert place(house.wish()).state == "requested", "the old time is free again"


def test_a_move_by_a_citizen_waits_for_a_clerk_again(confirmed: BookingView, house: House) -> None:
    moved = move_booking(
        confirmed.uuid, spans=[NEXT_DAY], resource_ids=[house.hall.id, house.kitchen.id], actor=CITIZEN,
        expected_version=confirmed.version, now=NOW,
    )  # fmt: skip

    assert (moved.state, moved.total) == ("requested", Money(11500))
    assert mails() == [("booking_moved", "erika@example.org"), ("new_request", "rathaus@musterstadt.example")]


def test_a_move_confirms_itself_where_requests_do(confirmed: BookingView, house: House) -> None:
    current_tenant().auto_confirm = True
    moved = move_booking(
        confirmed.uuid, spans=[NEXT_DAY], resource_ids=[house.hall.id], actor=CITIZEN,
        expected_version=confirmed.version, now=NOW,
    )  # fmt: skip

    assert moved.state == "confirmed"


MOVES = {
    "taken": (lambda booking: [hours(11, 12, days=2)], Taken),
    "past": (lambda booking: [Span(NOW - timedelta(days=1), NOW)], errors.InThePast),
    "off the grid": (lambda booking: [Span(at(11, 7), at(12))], errors.OffGrid),
}


@pytest.mark.parametrize("case", MOVES)
def test_a_refused_move_keeps_the_old_time(confirmed: BookingView, house: House, case: str) -> None:
    place(house.wish(spans=(hours(11, 13, days=2),)))
    OutboxMessage.objects.all().delete()
    spans, error = MOVES[case]

    preview = preview_move(confirmed.uuid, spans(confirmed), [house.hall.id], now=NOW)
    assert preview.fault
    with pytest.raises(error):
        move_booking(
            confirmed.uuid, spans=spans(confirmed), resource_ids=[house.hall.id], actor=CITIZEN,
            expected_version=confirmed.version, now=NOW,
        )  # fmt: skip

    assert booking_by_uuid(confirmed.uuid) == confirmed
    assert mails() == []


def test_a_booking_may_move_into_its_own_time(confirmed: BookingView, house: House) -> None:
    later = Span(at(12), at(11, days=2))
    preview = preview_move(confirmed.uuid, [Span(at(13), at(18))], [house.hall.id], now=NOW)

    assert (preview.fault, preview.old_total, preview.new_total, preview.difference) == (
        "", Money(9000), Money(3000), Money(-6000),
    )  # fmt: skip
    assert later.overlaps(PERIOD)


def test_who_moves_on_an_old_page_is_told(confirmed: BookingView, house: House) -> None:
    with pytest.raises(Stale):
        move_booking(
            confirmed.uuid, spans=[NEXT_DAY], resource_ids=[house.hall.id], actor=CITIZEN,
            expected_version=confirmed.version - 1, now=NOW,
        )  # fmt: skip
    assert mails() == []


def test_what_is_over_is_not_moved(confirmed: BookingView, house: House) -> None:
    cancel_booking(confirmed.uuid, actor=CITIZEN, now=NOW)
    gone = booking_by_uuid(confirmed.uuid)
    with pytest.raises(WrongState):
        move_booking(
            gone.uuid, spans=[NEXT_DAY], resource_ids=[house.hall.id], actor=CLERK,
            expected_version=gone.version, now=NOW,
        )  # fmt: skip


STEPS = """
cancellation:
  - id: late
    label: {de: Absage in den letzten 14 Tagen, en: Cancelled within the last 14 days}
    paragraph: § 7 Abs. 2
    when: {notice: {at_most: {days: 14}}}
    price: {of: rates, percent: 50}
  - id: in_time
    label: {de: Rechtzeitige Absage, en: Cancelled in time}
    paragraph: § 7 Abs. 1
    when: {notice: {more_than: {days: 14}, less_than: {days: 365}}}
    price: 0.00
"""


@pytest.fixture
def with_steps(house: House) -> BookingView:
    draft = adopt_document(
        library_text("borgstedt-doerpshus") + STEPS, code="borgstedt-doerpshus", actor=SYSTEM
    )
    publish_version(draft.id, valid_from=date(2031, 1, 1), actor=SYSTEM)
    booking = place(house.wish(), now=NOW - timedelta(days=400))
    confirm_booking(booking.uuid, actor=CLERK, expected_version=booking.version)
    OutboxMessage.objects.all().delete()
    return booking


@pytest.mark.parametrize(
    ("days_before", "fee", "paragraph", "is_known"),
    [(20, ZERO, "§ 7 Abs. 1", True), (10, Money(4500), "§ 7 Abs. 2", True), (370, ZERO, "", False)],
    ids=["in time", "late", "where the ordinance is silent"],
)
def test_cancelling_costs_what_the_ordinance_says(
    with_steps: BookingView, days_before: int, fee: Money, paragraph: str, is_known: bool
) -> None:
    now = PERIOD.start - timedelta(days=days_before)
    preview = preview_cancellation(with_steps.uuid, now=now)
    assert (preview.fee, preview.is_known) == (fee, is_known)
    assert preview.paragraph in {paragraph, ""}
    assert preview.explanation

    cancelled = cancel_booking(with_steps.uuid, actor=CITIZEN, now=now)
    assert cancelled.cancellation_fee == (fee if is_known else None)
    expected = {
        20: "Für das Stornieren entstehen keine Kosten.",
        10: "Für das Stornieren fällt ein Entgelt von 45,00 € an.",
        370: "Ob für das Stornieren ein Entgelt anfällt, entscheidet die Verwaltung.",
    }
    assert expected[days_before] in OutboxMessage.objects.get().text


def test_the_town_owes_itself_nothing(with_steps: BookingView) -> None:
    cancelled = cancel_booking(
        with_steps.uuid, actor=CLERK, now=PERIOD.start - timedelta(days=1), reason="Rohrbruch"
    )

    assert cancelled.cancellation_fee == ZERO


def test_a_request_is_withdrawn_for_nothing(house: House, with_steps: BookingView) -> None:
    request = place(house.wish(resource_ids=(house.small.id,), persons=10))

    assert cancel_booking(request.uuid, actor=CITIZEN, now=NOW).cancellation_fee == ZERO
