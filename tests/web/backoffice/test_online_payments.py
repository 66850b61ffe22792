"""The treasurer connects the town's account, chooses what is paid online, and looks at what was paid.

Not here: the citizen's side (``tests.web.citizen.test_paying``).
"""

from uuid import uuid4

import pytest
import requests
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from booking_core.finance.models import Payment
from booking_core.finance.queries.invoices import invoices_of_bookings
from booking_core.finance.queries.profile import required_profile
from booking_core.reservations.contracts import BookingView
from booking_core.workflows.billing import bill_booking, cancel_invoice
from booking_core.workflows.decide_booking import confirm_booking
from booking_core.workflows.payments.looking import look_after
from tenants.stripe_accounts import connected_account
from tests.factories.finance import set_up
from tests.integration.workflows.payments_town import begun, connect_town, settle
from tests.stripe_stand_in import Stripe, stripe
from tests.web.backoffice.conftest import CONNY, Office, office

__all__ = ["office", "stripe"]
PAGE = "/verwaltung/kasse/online/"


@pytest.fixture
def treasurer(office: Office) -> Client:
    return office.client("treasurer")


def paid(stripe: Stripe, office: Office, purpose: str = "fee", *, days: int = 0) -> BookingView:
    """A booking somebody paid for online."""
    asked = office.book(days=days)
    booking = confirm_booking(asked.uuid, actor=CONNY, expected_version=asked.version)
    bill_booking(asked.uuid, actor=CONNY)
    payment = begun(booking, purpose)
    stripe.pay(payment.remote_ref)
    look_after(payment.uuid, now=timezone.now())
    return booking


def test_a_town_connects_its_account_step_by_step(stripe: Stripe, office: Office, treasurer: Client) -> None:
    set_up()
    assert "Konto bei Stripe verbinden" in treasurer.get(PAGE).content.decode()
    sent = treasurer.post(PAGE, {"schritt": "verbinden"})
    assert sent["Location"].startswith(stripe.state.base)
    account = connected_account()
    assert account is not None and not account.charges_enabled
    back = requests.post(sent["Location"], {"step": "submit", "iban": ""}, timeout=5, allow_redirects=False)
    page = treasurer.get("/" + back.headers["Location"].split("/", 3)[3], follow=True).content.decode()
    assert "Das Konto darf Zahlungen annehmen." in page and "Bankverbindung für Auszahlungen" in page
    used = requests.get(sent["Location"], timeout=5, allow_redirects=False)  # the link again: it opens once
    used = requests.get(sent["Location"], timeout=5, allow_redirects=False)
    again = treasurer.get("/" + used.headers["Location"].split("/", 3)[3])
    assert again["Location"].startswith(f"{stripe.state.base}/setup/")
    assert len(stripe.state.of_kind("account")) == 1
    treasurer.post(PAGE, {"schritt": "speichern", "fees": "on", "deposit": "hold"})
    profile = required_profile()
    assert (profile.fees_online, profile.deposit_online, profile.pays_first) == (True, "hold", False)


def test_a_lost_answer_makes_no_second_account(stripe: Stripe, office: Office, treasurer: Client) -> None:
    set_up()
    stripe.fail_next(after_work=True)
    assert treasurer.post(PAGE, {"schritt": "verbinden"})["Location"] == PAGE
    assert connected_account() is None
    treasurer.post(PAGE, {"schritt": "verbinden"})
    assert len(stripe.state.of_kind("account")) == 1


def test_paying_first_without_paying_online_is_refused_at_the_field(
    stripe: Stripe, office: Office, treasurer: Client
) -> None:
    connect_town(stripe)
    answer = treasurer.post(PAGE, {"schritt": "speichern", "pays_first": "on", "deposit": ""})
    assert answer.status_code == 422 and "Zuerst bezahlt wird nur" in answer.content.decode()


def test_a_disconnected_account_takes_nothing_new(stripe: Stripe, office: Office, treasurer: Client) -> None:
    connect_town(stripe)
    assert "Erstattungen laufen weiter" in treasurer.get(f"{PAGE}trennen/").content.decode()
    treasurer.post(f"{PAGE}trennen/")
    assert connected_account() is None
    assert treasurer.post(f"{PAGE}trennen/").status_code == 409


def test_without_a_key_of_the_platform_the_page_says_so(office: Office, treasurer: Client) -> None:
    set_up()
    assert "Auf dieser Plattform nicht eingerichtet" in treasurer.get(PAGE).content.decode()
    assert treasurer.post(PAGE, {"schritt": "verbinden"})["Location"] == PAGE


def test_payments_are_listed_with_their_history(stripe: Stripe, office: Office, treasurer: Client) -> None:
    connect_town(stripe)
    booking = paid(stripe, office)
    listed = treasurer.get(reverse("backoffice_payments")).content.decode()
    assert booking.number in listed and "90,00" in listed and "Karte ••4242" in listed
    payment = Payment.objects.get()
    page = treasurer.get(reverse("backoffice_payment", args=[payment.uuid])).content.decode()
    assert "Begonnen" in page and "Bezahlseite offen" in page and payment.intent_ref in page
    assert (
        "Zahlungen online"
        in treasurer.get(reverse("backoffice_booking", args=[booking.uuid])).content.decode()
    )
    for which in ("open", "trouble", "refunds", "holds"):
        assert treasurer.get(reverse("backoffice_payments"), {"liste": which}).status_code == 200


def test_the_list_asks_the_database_no_oftener_for_twenty_rows(
    stripe: Stripe, office: Office, treasurer: Client
) -> None:
    connect_town(stripe)
    paid(stripe, office)
    _queries(treasurer)  # what the town is called, and so on, is kept from the first time
    for_one = _queries(treasurer)
    row = Payment.objects.get()
    for _copy in range(19):
        row.pk, row.uuid = None, uuid4()
        row.save(force_insert=True)
    assert _queries(treasurer) <= for_one


def _queries(client: Client) -> int:
    with CaptureQueriesContext(connection) as captured:
        client.get(reverse("backoffice_payments"))
    return len(captured)


def test_the_treasurer_ends_a_deposit_and_keeps_a_part(
    stripe: Stripe, office: Office, treasurer: Client
) -> None:
    connect_town(stripe, deposit="payment")
    booking = paid(stripe, office, "deposit")
    end = reverse("backoffice_booking_online_deposit", args=[booking.uuid])
    assert (
        f'href="{end}"' in treasurer.get(reverse("backoffice_booking", args=[booking.uuid])).content.decode()
    )
    missing = treasurer.post(end, {"keep": "30", "reason": ""})
    assert missing.status_code == 422 and "warum die Kaution einbehalten wird" in missing.content.decode()
    assert treasurer.post(end, {"keep": "30", "reason": "Ein Stuhl"}).status_code == 302
    settle()
    assert Payment.objects.get(kind="refund").amount_cents == 15000


def test_a_credit_of_the_desk_goes_back_online_by_hand(
    stripe: Stripe, office: Office, treasurer: Client
) -> None:
    connect_town(stripe)
    booking = paid(stripe, office)
    (invoice,) = invoices_of_bookings([booking.id])[booking.id]
    cancel_invoice(invoice.uuid, reason="Falscher Name", actor=CONNY)
    settle()
    assert not Payment.objects.filter(kind="refund").exists()  # the right invoice may follow at once
    refund = reverse("backoffice_invoice_online_refund", args=[invoice.uuid])
    assert (
        f'href="{refund}"'
        in treasurer.get(reverse("backoffice_invoice", args=[invoice.uuid])).content.decode()
    )
    assert "90,00 € gehen auf dem Weg zurück" in treasurer.get(refund).content.decode()
    assert treasurer.post(refund).status_code == 302
    assert treasurer.post(refund).status_code == 409  # it is on its way
    settle()
    assert [one["amount"] for _account, one in stripe.state.of_kind("refund")] == [9000]
    assert office.client("clerk").get(refund).status_code == 403
