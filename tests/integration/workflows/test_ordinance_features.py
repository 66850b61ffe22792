"""Every feature of the ordinance language as it acts on the site: feature → booking → outcome and figures.

Each worked example of the constructed documents is booked the way a citizen does it: what it says must be asked by the
citizen's form (or the clerk's, or when cancelling), earlier use is made of real bookings, figures read after use are
settled. The booking then quotes the same again, whatever was booked since.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.db import transaction

from booking_core.engines.ordinance import Quote, quote_from_data
from booking_core.engines.ordinance.checking import differences
from booking_core.engines.ordinance.language.examples import Example
from booking_core.identity.parties import party_for
from booking_core.kernel.errors import InvalidInput
from booking_core.kernel.spans import Span
from booking_core.ordinances.queries import document_of_version
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.drafts import BookingData, ItemData, PriceData
from booking_core.reservations.queries import booking_by_uuid
from booking_core.reservations.services.new_bookings import create_booking
from booking_core.reservations.settling import Figures
from booking_core.workflows.cancel_booking import cancel_booking
from booking_core.workflows.contracts import Viewer
from booking_core.workflows.decide_booking import confirm_booking
from booking_core.workflows.errors import RefusedByOrdinance
from booking_core.workflows.quoting import choices_for, questions_when_cancelling
from booking_core.workflows.requoting import requote_booking
from booking_core.workflows.settle_booking import SettlementWish, preview_settlement
from tenants.models import Tenant
from tests.factories.examples import CARLA, ERIKA, LONG_BEFORE, ZONE, ExampleHouse, example_house
from tests.unit.engines.ordinance.documents import CONSTRUCTED, LIBRARY

# Feature of the language → document and the examples that show it.
FEATURES: tuple[tuple[str, str, str], ...] = (
    ("price change at a time of day", "halls", "price_changes_at_18 price_changes_in_every_date_of_a_series"),
    ("time without a price", "halls", "night_hours_have_no_price only_night_hours"),
    ("season price per day", "halls", "season_by_day"),
    ("share of turnover", "stands", "turnover_settled turnover_minimum nothing_measured_yet"),
    ("share of turnover, least amount by the day", "market", "seven_days_of_fair"),
    ("exemption leaving services payable", "halls", "exempt_but_services_payable"),
    ("age limit", "rules", "minor age_not_told"),
    ("age limit with an adult", "makerspace", "child_alone child_with_an_adult_and_foil"),
    ("head-count limit and approval", "rules", "too_few crowd_needs_approval persons_not_told"),
    ("started metre with tolerance", "stands", "tolerance_kept tolerance_exceeded front_not_told"),
    ("first n days", "halls", "only_the_first_three_days"),
    ("horizon by residence", "rules", "resident_fifteen_months_ahead resident_too_early outsider_nine_months_ahead "
     "outsider_too_early"),
    ("lead time in working days of the state", "rules", "holiday_is_no_working_day "
     "holiday_leaves_too_few_working_days"),
    ("daily cap", "halls", "daily_cap daily_cap_on_the_first_of_two_days cap_on_a_25_hour_day"),
    ("weekly and monthly cap", "makerspace", "weekly_maximum maximum_in_the_first_week_only"),
    ("monthly cap", "market", "monthly_ceiling"),
    ("minimum and maximum over several lines", "halls", "minimum_over_all_lines maximum_over_rates"),
    ("class by area", "halls", "class_by_area_small"),
    ("percentage of another rate", "castle", "reception_with_tax"),
    ("package instead of the sum", "halls", "package_below_the_sum two_packages_fit_the_cheaper_counts"),
    ("mixed groups at the higher rate", "halls", "mixed_groups_at_the_higher_rate"),
    ("extras and their stock", "halls", "extra_without_a_price_is_not_free more_towels_than_there_are"),
    ("surcharge and discount", "halls", "surcharge_on_one_resource_only discount_for_a_series_inside_the_line"),
    ("half price for further rooms", "pool", "further_rooms_at_half_price"),
    ("cancellation steps in working days", "rules", "cancelled_free cancelled_half cancelled_full "
     "cancelled_with_a_minimum cancelled_rounded_to_five_euros"),
    ("cancellation because of rain", "rules", "cancelled_for_rain"),
    ("cancellation because of rain, some places only", "castle", "rain_in_the_garden cancelled_early cancelled_late "
     "did_not_appear"),
    ("quota per day", "pool", "second_hour_of_the_day third_hour_of_the_day"),
    ("quota per week", "rules", "third_in_a_week"),
    ("hours per week within one booking", "makerspace", "nine_hours_in_one_week"),
    ("quota per month and in a row", "cloppenburg-lastenesel", "seven_days_in_month eighth_day_in_month "
     "a_day_after_four_days five_days across_month_end"),
    ("quota per year", "rules", "eleventh_day_of_the_year over_the_turn_of_the_year"),
    ("days in a row within one booking", "rules", "six_in_a_row"),
    ("prerequisite: proof of insurance", "rules", "not_insured"),
    ("balance of a card", "makerspace", "card_covers_a_part"),
    ("residents and regulars first", "market", "regulars_first"),
    ("closed periods, seasons, holidays", "rules", "winter into_the_august_break german_unity_day "
     "closed_on_these_days_only open_the_day_after open_a_year_later"),
    ("hours of rest", "pool", "sunday_rest no_rest_on_saturday"),
    ("VAT added, included or none", "stands", "tax_included turnover_settled"),
    ("share of what several use", "rehearsal", "young_band_shares_a_room"),
    ("quota of some things only", "rehearsal", "ten_hours_in_two_rooms"),
    ("deposit and late fee for each piece", "rental", "three_days_late_and_dirty"),
    ("late return", "makerspace", "camera_returned_late"),
    ("feasts over midnight and the end of summer time", "pool", "feast_until_three_is_one_day "
     "feast_over_the_end_of_summer_time feast_over_the_start_of_summer_time"),
)  # fmt: skip
# What the site does otherwise, and why.
ELSEWHERE = {
    ("rules", "paid_late"): "money that comes late is the treasury's business (finance.reminders)",
    (
        "rental",
        "weekend_of_a_club",
    ): "the site books one number of pieces of all chosen things: two bookings here",
}
DOCUMENTS = sorted({document for _feature, document, _examples in FEATURES})


def _features(document: str) -> Iterator[tuple[str, str]]:
    for feature, name, examples in FEATURES:
        if name == document:
            yield from ((feature, example) for example in examples.split())


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_feature_acts_on_the_site(name: str, town: Tenant) -> None:
    folder = LIBRARY if (LIBRARY / f"{name}.yaml").exists() else CONSTRUCTED
    house = example_house((folder / f"{name}.yaml").read_text("utf-8"))
    shown = {example: feature for feature, example in _features(name)}
    assert set(shown) <= set(house.examples)
    for example in house.examples.values():
        if example.expect is None or (name, example.id) in ELSEWHERE:
            continue
        found = _Trial(house, example).run()
        assert found == [], (shown.get(example.id, "–"), example.id)


class _Over(Exception):
    """Takes one trial back."""


@dataclass(frozen=True, slots=True)
class _Trial:
    house: ExampleHouse
    example: Example

    def run(self) -> list[object]:
        """What came out otherwise than the example says; everything written is taken back."""
        found: list[object] = []
        try:
            with transaction.atomic():
                found = self._differences()
                raise _Over
        except _Over:
            return found

    def _differences(self) -> list[object]:
        expected = self.example.expect
        assert expected is not None
        self._use_before()
        try:
            booking = self._booked()
        except RefusedByOrdinance as refusal:
            rules = {str(reason["rule"]) for reason in refusal.context["reasons"]}  # type: ignore[attr-defined]
            known = expected.outcome == "refused" and expected.reason in {None, *rules}
            return [] if known else [expected.outcome, str(refusal)]
        except InvalidInput as question:  # the site asks before it leaves a case to the administration
            is_stock = expected.outcome == "refused" and question.field == "extras"
            is_open = expected.outcome == "needs_decision" and getattr(self.example, question.field) is None
            return [] if is_stock or is_open else [str(question)]
        if expected.outcome == "cancelled":
            return self._cancelled(booking)
        result = self._settled(booking) if self.example.measured else quote_from_data(booking.quote)
        return [*differences(expected, result), *self._not_asked(booking), *self._not_the_same_later(booking)]

    def _booked(self) -> BookingView:
        known = {} if self.example.cancelled_at else self.example.facts
        known = {name: value for name, value in known.items() if name not in self._told_after_use()}
        example = self.example.model_copy(update={"facts": known})
        trial = replace(self.house, examples={example.id: example})
        return trial.book(
            example.id,
            is_confirmed=False,
            viewer=Viewer(email=ERIKA.email),
            source="site",
            **({} if example.requested_at else {"now": self._long_enough_before()}),
        )

    def _long_enough_before(self) -> datetime:
        """Within every horizon, before every lead time."""
        starts = [one.start for one in self.example.spans] + (
            [self.example.start] if self.example.start else []
        )
        return (min(starts) - timedelta(days=14)).replace(tzinfo=ZONE)

    def _cancelled(self, booking: BookingView) -> list[object]:
        expected, at = self.example.expect, self.example.cancelled_at
        assert expected is not None
        assert at is not None
        booking = confirm_booking(booking.uuid, actor=CARLA, expected_version=booking.version)
        asked = {one.id for one in questions_when_cancelling(booking, by_staff=True)}
        cancelled = cancel_booking(
            booking.uuid,
            actor=CARLA,
            now=at.replace(tzinfo=ZONE),
            answers=dict(self.example.facts),
            at_wish_of_party=True,
        )
        wanted = expected.total
        if wanted is None and expected.lines is not None:
            wanted = sum((line.amount for line in expected.lines), Decimal(0))
        fee = cancelled.cancellation_fee
        is_same = fee is not None and fee.euros == wanted
        return [] if is_same and set(self.example.facts) <= asked else [wanted, fee, asked]

    def _settled(self, booking: BookingView) -> Quote:
        """The price after use, from the figures read."""
        confirmed = confirm_booking(booking.uuid, actor=CARLA, expected_version=booking.version)
        figures = Figures(measured=dict(self.example.measured), facts=self._told_after_use())
        result = preview_settlement(confirmed.uuid, SettlementWish(figures)).quote
        assert result is not None
        return result

    def _told_after_use(self) -> dict[str, object]:
        """Answers that whoever settles the use gives."""
        facts = document_of_version(self.house.version_id).facts if self.example.measured else ()
        later = {fact.id for fact in facts if fact.after_use}
        return {name: value for name, value in self.example.facts.items() if name in later}

    def _not_asked(self, booking: BookingView) -> list[object]:
        """Answers the example gives that the citizen's form does not ask for."""
        ids = tuple({item.resource_id for item in booking.items})
        choices = choices_for(ids, booking.start.astimezone(ZONE).date())
        asked = {one.id for one in choices.questions}
        missing: list[object] = [
            fact for fact in self.example.facts if fact not in asked | set(self._told_after_use())
        ]
        if self.example.further_groups and not choices.asks_for_further_groups:
            missing.append("further_groups")
        return missing

    def _not_the_same_later(self, booking: BookingView) -> list[object]:
        """Another booking of the same person changes nothing in the price of this one."""
        before = requote_booking(booking)
        self._use(self._free_days()[:1], time(3), time(3, 30))
        after = requote_booking(booking_by_uuid(booking.uuid))
        stored = quote_from_data(booking.quote)
        return [] if before == after == stored else ["quoted again", before, after]

    def _use_before(self) -> None:
        """Bookings that come to the history the example names."""
        names = self.example.history
        days = [key for key in names if _is_day(key.rpartition(":")[2])]
        for key, amount in names.items():
            count, *_of, period = key.split(":") if ":" in key else (key, "")
            if not period:
                self._leave_balance(key.partition("_")[0], amount)
            elif key in days:
                hours = int(amount) if count == "hours" else 1
                self._use([date.fromisoformat(period)], time(2), time(2 + hours))
            elif not days:
                free = [day for day in self._free_days() if period in _periods(day)]
                if count == "hours":
                    self._use(free[:1], time(2), time(2 + int(amount)))
                    continue
                step = max(len(free) // max(int(amount), 1), 1)
                self._use(free[::step][: int(amount)], time(2), time(3))

    def _free_days(self) -> list[date]:
        """Days of the years around on which the booking does not take place."""
        spans = [(one.start, one.end) for one in self.example.spans]
        spans += [(self.example.start, self.example.end)] if self.example.start and self.example.end else []
        first, last = min(spans)[0].date(), max(end for _start, end in spans).date()
        days = (date(first.year, 1, 1) + timedelta(days=offset) for offset in range(366))
        return [day for day in days if not first - timedelta(days=1) <= day <= last + timedelta(days=1)]

    def _use(self, days: list[date], start: time, end: time) -> None:
        for day in days:
            span = Span(datetime.combine(day, start, ZONE), datetime.combine(day, end, ZONE))
            self._made(span, PriceData())

    def _leave_balance(self, account: str, amount: Decimal) -> None:
        span = Span(LONG_BEFORE, LONG_BEFORE + timedelta(hours=1))
        price = PriceData(
            quote={"balances": {account: str(amount)}}, ordinance_version_id=self.house.version_id
        )
        self._made(span, price)

    def _made(self, span: Span, price: PriceData) -> None:
        party = party_for(name=ERIKA.name, email=ERIKA.email)
        room = self.house.rooms[self.example.resources[0]]
        data = BookingData((ItemData(room, span),), party.pk, ERIKA, "vorher", "confirmed", price=price)
        create_booking(data, actor=CARLA, now=LONG_BEFORE)


def _is_day(period: str) -> bool:
    return len(period) == len("2026-09-07")


def _periods(day: date) -> set[str]:
    year, week, _weekday = day.isocalendar()
    return {f"{day.year}", f"{day.year}-{day.month:02}", f"{year}-W{week:02}"}
