"""Settling at the edges: no ordinance, last readings, what the database itself refuses."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from booking_core.kernel.errors import InvalidInput, NotFound
from booking_core.kernel.money import Money
from booking_core.ordinances.library import library_text
from booking_core.reservations.models import Booking, Settlement
from booking_core.reservations.queries.settlements import last_readings
from booking_core.reservations.settling import Figures, Meter
from booking_core.workflows.after_use import after_use_of
from booking_core.workflows.settle_booking import SettlementWish, preview_settlement, settle_booking
from tenants.models import Tenant
from tests.factories.examples import CARLA, ExampleHouse, example_house


def measured(**figures: str) -> Figures:
    return Figures(measured={name: Decimal(amount) for name, amount in figures.items()})


@pytest.fixture
def spruettenhus(town: Tenant) -> ExampleHouse:
    return example_house(library_text("klein-wittensee-spruettenhus"))


def test_without_an_ordinance_a_person_names_the_fee(spruettenhus: ExampleHouse) -> None:
    booking = spruettenhus.book("eight_persons")
    Booking.objects.filter(pk=booking.id).update(ordinance_version=None, quote={}, priced_requests=None)
    found = preview_settlement(booking.uuid, SettlementWish(fee=Money(7500)))
    assert (found.is_fee_known, found.bill.fee) == (False, Money(7500))
    assert preview_settlement(booking.uuid, SettlementWish()).bill.fee == booking.total
    with pytest.raises(InvalidInput):
        preview_settlement(booking.uuid, SettlementWish(measured(persons_actual="3")))


def test_the_last_reading_of_the_same_place(town: Tenant) -> None:
    house = example_house(library_text("nussbaum-halle"))
    july, december = house.book("local_family_summer"), house.book("outside_family_winter")
    figures = Figures(
        measured={"electricity": Decimal(12)}, meters={"electricity": Meter(Decimal(1204), Decimal(1216))}
    )
    settle_booking(july.uuid, SettlementWish(figures), actor=CARLA, expected_version=july.version)

    last = after_use_of(december).last["electricity"]
    assert (last.amount, last.meter_after, last.booking_number) == (Decimal(12), Decimal(1216), july.number)
    assert after_use_of(july).last == {}, "not its own"
    elsewhere = house.book("local_funeral_winter")
    hall_only = last_readings([house.rooms["meeting_room"]], before=elsewhere.start, exclude_booking_id=0)
    assert hall_only == {}


@pytest.mark.parametrize(
    "change",
    [
        {"number": 1}, {"number": 0}, {"number": 2, "fee_cents": -1, "total_cents": -1, "difference_cents": -5001},
        {"number": 2, "total_cents": 1}, {"number": 2, "difference_cents": 7}, {"number": 2, "deposit_kept_cents": -1},
        {"number": 2, "damages_cents": -100, "total_cents": 4900, "difference_cents": -100},
    ],
    ids=["number twice", "number zero", "fee", "total", "difference", "deposit", "damages"],
)  # fmt: skip
def test_the_database_refuses_what_cannot_be(spruettenhus: ExampleHouse, change: dict[str, int]) -> None:
    booking = spruettenhus.book("eight_persons")
    settle_booking(booking.uuid, SettlementWish(), actor=CARLA, expected_version=booking.version)
    row = Settlement.objects.get()
    facts = {field.attname: getattr(row, field.attname) for field in Settlement._meta.concrete_fields}
    del facts["id"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Settlement.objects.create(**{**facts, **change})
    assert Settlement.objects.create(**{**facts, "number": 2})


def test_a_booking_that_is_not_there(town: Tenant) -> None:
    from uuid import uuid4

    with pytest.raises(NotFound):
        settle_booking(uuid4(), SettlementWish(), actor=CARLA, expected_version=1)
