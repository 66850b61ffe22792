"""What a use came to, as other software reads it."""

from decimal import Decimal

from booking_core.ordinances.library import library_text
from booking_core.reservations.settling import Figures
from booking_core.workflows.settle_booking import SettlementWish, settle_booking
from tests.api.conftest import Program
from tests.factories.examples import CARLA, example_house


def test_a_booking_carries_its_last_settlement(program: Program) -> None:
    booking = example_house(library_text("klein-wittensee-spruettenhus")).book("more_guests_than_announced")
    assert program.read(f"bookings/{booking.uuid}/").json()["settlement"] is None

    wish = SettlementWish(Figures(measured={"persons_actual": Decimal(28)}))
    settle_booking(booking.uuid, wish, actor=CARLA, expected_version=booking.version)

    answer = program.read(f"bookings/{booking.uuid}/").json()
    settlement = answer["settlement"]
    assert (answer["total"], settlement["total"], settlement["difference"]) == ("50.00", "70.00", "20.00")
    assert (settlement["number"], settlement["deposit_returned"], settlement["damages"]) == (1, "100.00", [])
    assert [(line["amount"], line["after_use"]) for line in settlement["lines"]] == [
        ("50.00", False),
        ("20.00", True),
    ]
