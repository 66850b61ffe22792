"""Giving up dates of a series by the ordinance's steps: each date by its own notice, what is asked, owed once."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from booking_core.engines.recurrence import Rule
from booking_core.identity.contracts import SYSTEM, Actor
from booking_core.kernel.errors import InvalidInput
from booking_core.kernel.money import ZERO, Money
from booking_core.messaging.models import OutboxMessage
from booking_core.ordinances.services import adopt_document, bind_resource, publish_version
from booking_core.reservations.contracts import BookingView, Repeat
from booking_core.workflows.cancel_booking import cancel_booking, preview_cancellation
from booking_core.workflows.decide_booking import confirm_booking
from booking_core.workflows.series_dates import drop_dates, preview_dropping, restore_dates
from tests.integration.workflows.conftest import CITIZEN, CLERK, DAY, House, hours, place

TARIFF = """
format: 1
name: {de: Entgelte, en: Fees}
municipality: Musterdorf
state: SH
resources: [{id: saal, label: {de: Saal, en: Hall}, kind: room}]
groups: [{id: private, label: {de: Private, en: Private}}]
purposes: [{id: private_event, label: {de: Feier, en: Party}}]
facts:
  - {id: rain, label: {de: "Regnet es?", en: "Does it rain?"}}
rates:
  - {id: hall, label: {de: Saal, en: Hall}, price: 10.00, measure: {count: dates}, paragraph: § 1}
cancellation:
  - id: early
    label: {de: Absage mindestens 21 Tage vorher, en: At least 21 days before}
    when: {notice: {at_least: {days: 21}}}
    price: {of: rates, percent: 0}
    paragraph: § 2 Abs. 1
  - id: late
    label: {de: Absage 7 bis 20 Tage vorher, en: 7 to 20 days before}
    when: {notice: {at_least: {days: 7}, less_than: {days: 21}}}
    price: {of: rates, percent: 50}
    plus: 3.00
    paragraph: § 2 Abs. 2
  - id: rain
    label: {de: Absage wegen Regens, en: Because of rain}
    when: {facts: {rain: true}}
    priority: 1
    price: {of: rates, percent: 0}
    paragraph: § 2 Abs. 3
"""
SLOTS = [str(DAY + timedelta(weeks=number)) for number in range(5)]


@pytest.fixture
def series(house: House) -> BookingView:
    """Five Saturdays at 10 euros each, confirmed."""
    draft = adopt_document(TARIFF, code="absagen", actor=SYSTEM)
    publish_version(draft.id, valid_from=date(2020, 1, 1), actor=SYSTEM)
    bind_resource(house.hall.id, draft.ordinance_id, ["saal"], actor=SYSTEM)
    spans = tuple(hours(11, 14, days=7 * number) for number in range(5))
    rule = Rule(DAY, spans[0].start.time(), spans[0].end.time(), count=5)
    booking = place(house.wish(spans=spans, repeat=Repeat(rule)))
    done = confirm_booking(booking.uuid, actor=CLERK, expected_version=booking.version)
    OutboxMessage.objects.all().delete()
    assert done.total == Money(5000)
    return done


BEFORE = hours(11, 14).start - timedelta(
    days=10
)  # the first date is late, so is the second, the others early


def drop(series: BookingView, slots: list[str], actor: Actor = CITIZEN, **more: object) -> BookingView:
    return drop_dates(series.uuid, slots, actor=actor, now=BEFORE, expected_version=series.version, **more)  # type: ignore[arg-type]  # by name


def test_each_date_counts_by_its_own_notice_and_handling_once(series: BookingView) -> None:
    """Seen red when all dates counted by the notice of the first: 23 euros instead of 13."""
    cost = preview_dropping(series.uuid, SLOTS[:4], now=BEFORE).cost
    assert cost.fee == Money(1300)  # 2 × 50 % of 10 euros and 3 euros for handling, the early ones free
    assert [one.fee for one in cost.dates] == [Money(650), Money(650), ZERO, ZERO]
    assert cost.paragraph == "§ 2 Abs. 2"
    after = drop(series, SLOTS[:4])
    assert (after.cancellation_fee, after.total) == (Money(1300), Money(1000))
    assert preview_cancellation(replace(after).uuid, now=BEFORE).fee == ZERO
    mail = OutboxMessage.objects.get(kind="dates_cancelled")
    assert "13,00 €" in mail.text


def test_what_the_rules_ask_is_asked_for_dates_too(series: BookingView) -> None:
    dry = preview_dropping(series.uuid, SLOTS[:1], now=BEFORE).cost
    wet = preview_dropping(series.uuid, SLOTS[:1], now=BEFORE, answers={"rain": True}).cost
    assert (dry.fee, wet.fee, wet.is_known) == (Money(800), ZERO, True)
    with pytest.raises(InvalidInput):
        preview_dropping(series.uuid, SLOTS[:1], now=BEFORE, answers={"snow": True})
    after = drop(series, SLOTS[:1], answers={"rain": True})
    assert not after.cancellation_fee
    assert after.events[-1].kind == "dates_cancelled"
    assert "rain" not in after.facts  # the other dates do not get wet


def test_staff_write_down_whose_wish_it_is(series: BookingView) -> None:
    free = drop(series, SLOTS[:1], CLERK)
    assert not free.cancellation_fee
    owed = drop(free, SLOTS[1:2], CLERK, at_wish_of_party=True)
    assert owed.cancellation_fee == Money(800)


def test_a_date_given_up_twice_costs_once(series: BookingView) -> None:
    once = drop(series, SLOTS[:1])
    back = restore_dates(series.uuid, SLOTS[:1], actor=CITIZEN, now=BEFORE, expected_version=once.version)
    assert back.cancellation_fee == ZERO
    assert drop(back, SLOTS[:1]).cancellation_fee == Money(800)


def test_the_whole_series_keeps_what_its_dates_owe(series: BookingView) -> None:
    """Six days before, the ordinance is silent about the first date; the others and what is owed stay.

    Seen red when an unknown fee took everything owed with it.
    """
    less = drop(series, SLOTS[1:2])
    six_days_before = hours(11, 14).start - timedelta(days=6)
    preview = preview_cancellation(series.uuid, now=six_days_before)
    assert (preview.is_known, preview.fee) == (False, Money(800))  # the third date is late by then
    gone = cancel_booking(series.uuid, actor=CITIZEN, now=six_days_before)
    assert (less.cancellation_fee, gone.cancellation_fee) == (Money(800), Money(1600))
    mail = OutboxMessage.objects.get(kind="booking_cancelled")
    assert "entscheidet die Verwaltung" in mail.text and "16,00 €" in mail.text
