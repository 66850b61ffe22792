"""Settling after the use: real ordinances come out as their worked examples say, the past is never rewritten."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from booking_core.engines.ordinance import load_document, quote_from_data
from booking_core.identity.contracts import SYSTEM
from booking_core.identity.models import AuditEntry
from booking_core.kernel.errors import InvalidInput
from booking_core.kernel.money import Money
from booking_core.messaging.models import OutboxMessage
from booking_core.ordinances.library import library_text
from booking_core.ordinances.services import adopt_document, publish_version
from booking_core.reservations.errors import AlreadySettled, NotYetUsed, Stale, WrongState
from booking_core.reservations.models import Booking, Settlement
from booking_core.reservations.queries import booking_by_uuid
from booking_core.reservations.queries.settlements import final_totals, settlements_of
from booking_core.reservations.settling import Damage, Figures, Meter
from booking_core.workflows.cancel_booking import cancel_booking
from booking_core.workflows.move_booking import move_booking
from booking_core.workflows.settle_booking import SettlementWish, preview_settlement, settle_booking
from tenants.models import Tenant
from tests.factories.examples import CARLA, ExampleHouse, example_house, without_examples

STANDS = (Path(__file__).parents[2] / "unit/engines/ordinance/documents/stands.yaml").read_text()


def measured(**figures: str) -> Figures:
    return Figures(measured={name: Decimal(amount) for name, amount in figures.items()})


def cases() -> list[tuple[str, str, dict[str, str]]]:
    """Every worked example of the library that is settled after the use, once per reading."""
    found = []
    for path in sorted((Path(library_file()).parent).glob("*.yaml")):
        for example in load_document(path.read_text()).content.examples:
            for expect in (*([example.expect] if example.expect else []), *example.readings):
                if example.measured or expect.after_return is not None:
                    found.append((path.stem, example.id, dict(getattr(expect, "reading", {}))))
    return found


def library_file() -> str:
    from booking_core.ordinances import library

    return str(Path(library.__file__).with_suffix("") / "x")


@pytest.mark.parametrize(("slug", "name", "readings"), cases(), ids=str)
def test_examples_settle_to_the_cent(town: Tenant, slug: str, name: str, readings: dict[str, str]) -> None:
    house = example_house(library_text(slug), readings=readings)
    example = house.examples[name]
    expect = next((one for one in example.readings if one.reading == readings), example.expect)
    assert expect is not None
    booking = house.book(name)
    if expect.total is not None:
        assert booking.total == Money.from_decimal(expect.total)

    wish = SettlementWish(Figures(measured=dict(example.measured)))
    done = settle_booking(booking.uuid, wish, actor=CARLA, expected_version=booking.version)

    after = expect.total_after_settlement if expect.total_after_settlement is not None else expect.total
    assert after is not None
    assert done.total == Money.from_decimal(after)
    assert done.difference == done.total - booking.total
    if expect.after_return is not None:
        assert done.balance == Money.from_decimal(expect.after_return)


def test_the_library_has_such_examples() -> None:
    assert {slug for slug, _name, _readings in cases()} >= {
        "klein-wittensee-spruettenhus", "nussbaum-halle", "suederholz-raeume", "luebeck-fablab",
        "kjr-goeppingen-verleih", "spraitbach-geschirrmobil",
    }  # fmt: skip


@pytest.fixture
def spruettenhus(town: Tenant) -> ExampleHouse:
    return example_house(library_text("klein-wittensee-spruettenhus"))


def test_a_head_count_is_corrected_as_a_difference(spruettenhus: ExampleHouse) -> None:
    booking = spruettenhus.book("more_guests_than_announced")
    before = Booking.objects.values("quote", "total_cents", "persons", "priced_requests").get(pk=booking.id)
    first = settle_booking(
        booking.uuid,
        SettlementWish(measured(persons_actual="28")),
        actor=CARLA,
        expected_version=booking.version,
    )
    again = booking_by_uuid(booking.uuid)
    second = settle_booking(
        booking.uuid,
        SettlementWish(measured(persons_actual="24"), note="Vier Kinder doppelt gezählt."),
        actor=CARLA,
        expected_version=again.version,
        expected_total=Money(6000),
    )

    assert (first.number, first.total, first.previous, first.difference) == (
        1,
        Money(7000),
        Money(5000),
        Money(2000),
    )
    assert (second.number, second.total, second.previous, second.difference) == (
        2, Money(6000), Money(7000), Money(-1000),
    )  # fmt: skip
    assert settlements_of(booking.id) == (first, second), "the first one stands as it was"
    after = Booking.objects.values("quote", "total_cents", "persons", "priced_requests").get(pk=booking.id)
    assert before == after
    assert final_totals([booking.id]) == {booking.id: Money(6000)}
    assert [event.kind for event in booking_by_uuid(booking.uuid).events][-2:] == ["settled", "settled"]
    assert list(AuditEntry.objects.filter(action="booking.settled").order_by("id").values_list("data", flat=True)) == [
        {"number": 1, "difference_cents": 2000}, {"number": 2, "difference_cents": -1000},
    ]  # fmt: skip


def test_the_derivation_is_kept_with_its_paragraphs(spruettenhus: ExampleHouse) -> None:
    booking = spruettenhus.book("more_guests_than_announced")
    done = settle_booking(
        booking.uuid,
        SettlementWish(measured(persons_actual="28")),
        actor=CARLA,
        expected_version=booking.version,
    )
    lines = quote_from_data(done.quote).lines
    assert [(line.after_use, line.amount, line.paragraph) for line in lines] == [
        (False, Money(5000), "Gebührensatzung"), (True, Money(2000), "Gebührensatzung"),
    ]  # fmt: skip


def test_a_share_of_turnover(town: Tenant) -> None:
    house = example_house(STANDS)
    example = house.examples["turnover_settled"]
    booking = house.book("turnover_settled")
    done = settle_booking(
        booking.uuid, SettlementWish(Figures(measured=dict(example.measured))), actor=CARLA,
        expected_version=booking.version,
    )  # fmt: skip
    assert example.expect
    assert done.total == Money.from_decimal(example.expect.total_after_settlement or Decimal(-1))


def test_the_version_of_the_booking_counts_not_todays(spruettenhus: ExampleHouse) -> None:
    booking = spruettenhus.book("more_guests_than_announced")
    dearer = without_examples("klein-wittensee-spruettenhus").replace("price: 2.50", "price: 9.00")
    new = adopt_document(dearer, code="ordnung", actor=SYSTEM)
    publish_version(new.id, valid_from=date(2026, 2, 1), actor=SYSTEM)

    done = settle_booking(
        booking.uuid,
        SettlementWish(measured(persons_actual="28")),
        actor=CARLA,
        expected_version=booking.version,
    )
    assert done.total == Money(7000)


def test_damages_come_on_top_and_out_of_the_deposit(spruettenhus: ExampleHouse) -> None:
    booking = spruettenhus.book("twenty_persons_cleaned_by_house")
    broken = (Damage("Zwei Gläser", Money(800)), Damage("Stuhl", Money(4500)))
    done = settle_booking(
        booking.uuid, SettlementWish(Figures(damages=broken)), actor=CARLA, expected_version=booking.version
    )
    assert (done.fee, done.damages, done.total) == (Money(10000), Money(5300), Money(15300))
    assert (done.deposit_kept, done.deposit_returned, done.balance) == (Money(5300), Money(4700), Money(4700))
    assert done.figures.damages == broken


def test_keeping_more_of_the_deposit_needs_a_reason(spruettenhus: ExampleHouse) -> None:
    booking = spruettenhus.book("twenty_persons_cleaned_by_house")
    with pytest.raises(InvalidInput) as refusal:
        preview_settlement(booking.uuid, SettlementWish(keep=Money(2000)))
    assert refusal.value.field == "deposit_reason"
    with pytest.raises(InvalidInput) as refusal:
        preview_settlement(booking.uuid, SettlementWish(keep=Money(10001), deposit_reason="Schaden"))
    assert refusal.value.field == "keep"
    found = preview_settlement(booking.uuid, SettlementWish(keep=Money(2000), deposit_reason="nicht gefegt"))
    assert (found.bill.deposit.kept, found.bill.deposit.returned) == (Money(2000), Money(8000))


@pytest.mark.parametrize(
    "figures",
    [
        measured(electricity="3"), measured(persons_actual="-1"), measured(persons_actual="NaN"),
        measured(persons_actual="1e12"), Figures(damages=(Damage("Stuhl", Money(-1)),)),
        Figures(damages=(Damage(" ", Money(100)),)),
        Figures(measured={"persons_actual": Decimal(3)}, meters={"persons_actual": Meter(Decimal(5), Decimal(2))}),
    ],
    ids=["unknown", "negative", "nan", "huge", "negative damage", "damage without words", "meter runs backwards"],
)  # fmt: skip
def test_odd_figures_are_refused(spruettenhus: ExampleHouse, figures: Figures) -> None:
    booking = spruettenhus.book("more_guests_than_announced")
    with pytest.raises(InvalidInput):
        settle_booking(booking.uuid, SettlementWish(figures), actor=CARLA, expected_version=booking.version)
    assert not Settlement.objects.exists()


def test_only_confirmed_bookings_that_have_begun_are_settled(spruettenhus: ExampleHouse) -> None:
    request = spruettenhus.book("eight_persons", is_confirmed=False)
    with pytest.raises(WrongState):
        settle_booking(request.uuid, SettlementWish(), actor=CARLA, expected_version=request.version)

    gone = spruettenhus.book("thirty_five_with_cleaning")
    gone = cancel_booking(gone.uuid, actor=CARLA, now=datetime(2026, 2, 1, tzinfo=UTC))
    with pytest.raises(WrongState):
        settle_booking(gone.uuid, SettlementWish(), actor=CARLA, expected_version=gone.version)

    coming = spruettenhus.book("privileged_with_admission")
    Booking.objects.get(pk=coming.id).items.update(
        span=(datetime(2090, 1, 1, tzinfo=UTC), datetime(2090, 1, 2, tzinfo=UTC))
    )
    with pytest.raises(NotYetUsed):
        settle_booking(coming.uuid, SettlementWish(), actor=CARLA, expected_version=coming.version)
    assert not Settlement.objects.exists()
    assert not OutboxMessage.objects.filter(kind="booking_settled").exists()


def test_two_at_once_one_settles(spruettenhus: ExampleHouse) -> None:
    booking = spruettenhus.book("more_guests_than_announced")
    settle_booking(booking.uuid, SettlementWish(), actor=CARLA, expected_version=booking.version)
    with pytest.raises(Stale):
        settle_booking(booking.uuid, SettlementWish(), actor=CARLA, expected_version=booking.version)
    again = booking_by_uuid(booking.uuid)
    with pytest.raises(Stale):
        settle_booking(
            booking.uuid,
            SettlementWish(),
            actor=CARLA,
            expected_version=again.version,
            expected_total=Money(1),
        )
    assert Settlement.objects.count() == 1


def test_what_is_settled_is_neither_moved_nor_cancelled(spruettenhus: ExampleHouse) -> None:
    booking = spruettenhus.book("more_guests_than_announced")
    settle_booking(booking.uuid, SettlementWish(), actor=CARLA, expected_version=booking.version)
    now = datetime(2026, 10, 5, tzinfo=UTC)
    with pytest.raises(AlreadySettled):
        cancel_booking(booking.uuid, actor=CARLA, now=now)
    version = booking_by_uuid(booking.uuid).version
    with pytest.raises(AlreadySettled):
        move_booking(
            booking.uuid, spans=[booking.items[0].span], resource_ids=[booking.items[0].resource_id], actor=CARLA,
            expected_version=version, now=now,
        )  # fmt: skip


def test_the_mail_says_what_changed_in_the_partys_language(spruettenhus: ExampleHouse) -> None:
    booking = spruettenhus.book("more_guests_than_announced", language="en")
    OutboxMessage.objects.all().delete()
    wish = SettlementWish(
        Figures(measured={"persons_actual": Decimal(28)}, damages=(Damage("One chair", Money(4500)),)),
        note="Thank you for sweeping.",
    )
    settle_booking(booking.uuid, wish, actor=CARLA, expected_version=booking.version)
    (mail,) = OutboxMessage.objects.all()
    assert (mail.kind, mail.recipient, mail.language) == ("booking_settled", "erika@example.org", "en")
    for words in ("Further persons found afterwards (Gebührensatzung)", "€20.00", "One chair", "€45.00",
                  "€65.00 more", "Thank you for sweeping."):  # fmt: skip
        assert words in mail.text, words
