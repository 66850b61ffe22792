"""Paying online on the town's site: the page to pay, the way to Checkout and back, and a town without Stripe.

Not here: what a payment does to a booking (``tests.integration.workflows.test_payments*``).
"""

from uuid import uuid4

import pytest
import requests
from django.test import Client
from django.urls import reverse

from booking_core.finance.models import Payment
from booking_core.finance.services.profile import OnlineWays, choose_online_ways
from booking_core.messaging.booking_links import booking_link
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.queries import booking_by_uuid
from booking_core.workflows.billing import bill_booking
from booking_core.workflows.decide_booking import confirm_booking
from tenants.stripe_accounts import connected_account
from tests.factories.catalogue import CLERK
from tests.factories.finance import set_up
from tests.integration.workflows.payments_town import connect_town
from tests.stripe_stand_in import Stripe, stripe
from tests.web.backoffice.conftest import CONNY, InTown, Office, office

__all__ = ["office", "stripe"]


@pytest.fixture
def booking(stripe: Stripe, office: Office) -> BookingView:
    connect_town(stripe, deposit="payment", accepts_on_site=True)
    asked = office.book()
    confirm_booking(asked.uuid, actor=CONNY, expected_version=asked.version)
    bill_booking(asked.uuid, actor=CONNY)
    return booking_by_uuid(asked.uuid)


def owner_of(office: Office, booking: BookingView) -> Client:
    """Who came by the link of the mail."""
    client = InTown(office.town)
    client.get("/" + booking_link(booking.uuid).split("/", 3)[3])
    return client


def test_from_the_booking_to_checkout_and_back(stripe: Stripe, office: Office, booking: BookingView) -> None:
    client, pay = owner_of(office, booking), reverse("booking_pay", args=[booking.uuid])
    assert f'href="{pay}"' in client.get(reverse("own_booking", args=[booking.uuid])).content.decode()
    page = client.get(pay)
    words = page.content.decode()
    assert "90,00 € online bezahlen" in words and "180,00 € online bezahlen" in words
    assert "Überweisung." in words and "Vor Ort." in words
    assert f"form-action 'self' {stripe.state.base}" in page["Content-Security-Policy"]
    sent = client.post(pay, {"wofuer": "fee"})
    payment = Payment.objects.get()
    assert (sent.status_code, sent["Location"]) == (302, payment.pay_url)
    done = requests.post(payment.pay_url, {"number": "4242 4242 4242 4242"}, timeout=5, allow_redirects=False)
    back = done.headers["Location"]
    assert back.startswith(f"https://{office.town.slug}.")
    answer = client.get("/" + back.split("/", 3)[3])  # no message has come yet: the page asks itself
    assert "Bezahlt" in answer.content.decode() and "bestätigt und bezahlt" in answer.content.decode()
    payment.refresh_from_db()
    assert payment.state == "paid"
    assert "Alles bezahlt" in client.get(reverse("own_booking", args=[booking.uuid])).content.decode()


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("open", "Einen Moment bitte"),
        ("processing", "Ihre Bank prüft die Lastschrift"),
        ("failed", "Noch einmal versuchen"),
        ("expired", "Zeit abgelaufen"),
        ("held", "auf Ihrer Karte reserviert"),
        ("released", "nichts mehr reserviert"),
    ],
)
def test_the_page_says_where_a_payment_stands(
    stripe: Stripe, office: Office, booking: BookingView, state: str, words: str
) -> None:
    client = owner_of(office, booking)
    client.post(reverse("booking_pay", args=[booking.uuid]), {"wofuer": "fee"})
    payment = Payment.objects.get()
    Payment.objects.update(state=state)
    answer = client.get(reverse("booking_payment", args=[booking.uuid, payment.uuid]))
    assert answer.status_code == 200 and words in answer.content.decode()


def test_who_went_back_may_go_on(stripe: Stripe, office: Office, booking: BookingView) -> None:
    client = owner_of(office, booking)
    client.post(reverse("booking_pay", args=[booking.uuid]), {"wofuer": "fee"})
    payment = Payment.objects.get()
    page = client.get(reverse("booking_payment", args=[booking.uuid, payment.uuid]) + "?abgebrochen=1")
    assert "Zahlung abgebrochen" in page.content.decode()
    assert (
        client.post(reverse("booking_pay", args=[booking.uuid]), {"wofuer": "fee"})["Location"]
        == payment.pay_url
    )


def test_when_stripe_does_not_answer_a_sentence_says_so(
    stripe: Stripe, office: Office, booking: BookingView
) -> None:
    client = owner_of(office, booking)
    stripe.fail_next()
    answer = client.post(reverse("booking_pay", args=[booking.uuid]), {"wofuer": "fee"})
    assert answer.status_code == 409 and "antwortet gerade nicht" in answer.content.decode()


def test_strangers_and_odd_input_get_nowhere(stripe: Stripe, office: Office, booking: BookingView) -> None:
    client, pay = owner_of(office, booking), reverse("booking_pay", args=[booking.uuid])
    assert client.post(pay, {"wofuer": "everything"}).status_code == 404
    client.post(pay, {"wofuer": "fee"})
    payment = Payment.objects.get()
    other = office.book(days=3)
    assert owner_of(office, other).get(pay).status_code == 404
    elsewhere = reverse("booking_payment", args=[other.uuid, payment.uuid])
    assert owner_of(office, other).get(elsewhere).status_code == 404
    assert client.get(reverse("booking_payment", args=[booking.uuid, uuid4()])).status_code == 404


def test_a_booking_that_is_paid_first_leads_to_the_page_to_pay(stripe: Stripe, office: Office) -> None:
    connect_town(stripe, pays_first=True)
    office.town.auto_confirm = True
    booking = office.book()
    client = owner_of(office, booking)
    words = client.get(reverse("own_booking", args=[booking.uuid])).content.decode()
    assert "wartet auf Zahlung" in words and "Bitte zahlen Sie jetzt 90,00" in words
    page = client.get(reverse("booking_pay", args=[booking.uuid])).content.decode()
    assert "Für Sie vorgemerkt bis" in page and "Überweisung." not in page


def test_a_town_without_stripe_works_as_before(office: Office, settings: object) -> None:
    """No key, no account: transfer and payment on site, and nobody is offered a card."""
    set_up(accepts_on_site=True)
    assert connected_account() is None
    asked = office.book()
    confirm_booking(asked.uuid, actor=CONNY, expected_version=asked.version)
    bill_booking(asked.uuid, actor=CONNY)
    client = owner_of(office, asked)
    words = client.get(reverse("own_booking", args=[asked.uuid])).content.decode()
    assert "DE02 1203 0000 0000 2020 51" in words and "Online bezahlen" not in words
    page = client.get(reverse("booking_pay", args=[asked.uuid])).content.decode()
    assert "Überweisung." in page and "Vor Ort." in page and "<button" not in page.split("<main")[1]
    assert client.post(reverse("booking_pay", args=[asked.uuid]), {"wofuer": "fee"}).status_code == 409


def test_switched_off_is_not_offered(stripe: Stripe, office: Office, booking: BookingView) -> None:
    choose_online_ways(OnlineWays(), actor=CLERK)
    page = owner_of(office, booking).get(reverse("booking_pay", args=[booking.uuid])).content.decode()
    assert "online bezahlen" not in page
