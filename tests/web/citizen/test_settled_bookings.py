"""The own booking after the use: what it came to, why, and what becomes of the deposit."""

import pytest
from django.test import Client

from booking_core.identity.services import create_account
from booking_core.kernel.money import Money
from booking_core.ordinances.library import library_text
from booking_core.reservations.settling import Damage, Figures
from booking_core.workflows.settle_booking import SettlementWish, settle_booking
from tenants.models import Tenant
from tests.factories.examples import CARLA, example_house


@pytest.fixture
def erika(town: Tenant, town_client: Client) -> Client:
    town_client.force_login(create_account(email="erika@example.org", name="Erika Mustermann", verified=True))
    return town_client


def test_the_settled_price_and_why(erika: Client) -> None:
    booking = example_house(library_text("suederholz-raeume")).book("whole_day_large")
    url = f"/meine-buchungen/{booking.uuid}/"
    assert "Abgerechnet" not in erika.get(url).content.decode()

    wish = SettlementWish(Figures(damages=(Damage("Ein Stuhl", Money(4500)),)), note="Der Stuhl war neu.")
    settle_booking(booking.uuid, wish, actor=CARLA, expected_version=booking.version)

    page = erika.get(url).content.decode()
    for words in ("statt 150,00 € jetzt 195,00 €", "Ein Stuhl", "Der Stuhl war neu.", "Von der Kaution einbehalten",
                  "Nach Verrechnung noch zu zahlen", "95,00 €", "Preis bei der Buchung"):  # fmt: skip
        assert words in page, words
    english = erika.get(url, headers={"accept-language": "en"}).content.decode()
    assert "now €195.00 instead of €150.00" in english
