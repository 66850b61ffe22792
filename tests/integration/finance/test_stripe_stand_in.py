"""The stand-in answers the package over HTTP as Stripe documents it: that is what the other tests stand on.

Not here: what Biletado does with it.
"""

import time
from typing import Any

import pytest
import requests
import stripe as package

from booking_core.finance.errors import (
    ForgedEvent,
    ProviderRefused,
    ProviderUnreachable,
    StripeNotSetUp,
)
from booking_core.finance.providers.stripe.client import API_VERSION, calling, stripe_client
from booking_core.finance.providers.stripe.events import read_event
from tests.stripe_stand_in import CONNECT_SECRET, Stripe, stripe

__all__ = ["stripe"]


@pytest.fixture
def acct(stripe: Stripe) -> str:
    """A connected account that takes money."""
    name = (
        stripe_client()
        .v1.accounts.create({"country": "DE", "capabilities": {"card_payments": {"requested": True}}})
        .id
    )
    stripe.onboard(name)
    stripe.events()
    return name


def order(**changes: Any) -> Any:
    usual = {
        "mode": "payment", "success_url": "https://town.example/s", "cancel_url": "https://town.example/c",
        "expires_at": int(time.time()) + 1900,
        "line_items": [
            {"price_data": {"currency": "eur", "unit_amount": 9000, "product_data": {"name": "Saal"}}, "quantity": 1}
        ],
    }  # fmt: skip
    return {**usual, **changes}


def test_the_pinned_version_is_the_packages_own() -> None:
    """A new package brings other parameter classes: then this number changes by hand, after reading what changed."""
    assert package.api_version == API_VERSION


def test_without_a_key_there_is_no_client(settings: Any) -> None:
    settings.STRIPE_SECRET_KEY = ""
    with pytest.raises(StripeNotSetUp):
        stripe_client()


def test_the_same_key_gives_the_same_session_and_another_body_is_refused(stripe: Stripe, acct: str) -> None:
    client, options = stripe_client(), {"stripe_account": acct, "idempotency_key": "once"}
    wish = order()
    first = client.v1.checkout.sessions.create(wish, options)
    again = client.v1.checkout.sessions.create(wish, options)
    assert first.id == again.id and len(stripe.state.of_kind("checkout.session")) == 1
    with pytest.raises(package.IdempotencyError):
        client.v1.checkout.sessions.create({**wish, "locale": "en"}, options)


def test_accounts_do_not_see_each_other(stripe: Stripe, acct: str) -> None:
    client = stripe_client()
    other = client.v1.accounts.create({"country": "DE"}).id
    made = client.v1.checkout.sessions.create(order(), {"stripe_account": acct})
    with pytest.raises(package.InvalidRequestError, match="No such"):
        client.v1.checkout.sessions.retrieve(made.id, None, {"stripe_account": other})
    with pytest.raises(package.PermissionError):
        client.v1.checkout.sessions.retrieve(made.id, None, {"stripe_account": "acct_unknown"})


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"colour": "red"}, "unknown parameter: colour"),
        ({"payment_intent_data": {"colour": "red"}}, r"unknown parameter: payment_intent_data\[colour\]"),
        ({"ui_mode": "sideways"}, "must be one of"),
        ({"line_items": [{"price_data": {"unit_amount": 1}, "quantity": 1}]}, "Missing required param"),
        ({"expires_at": int(time.time()) + 60}, "at least 30 minutes"),
        ({"line_items": [{"price_data": {"currency": "eur", "unit_amount": 49, "product_data": {"name": "x"}},
                          "quantity": 1}]}, "at least 50 cents"),
    ],
    ids=["unknown", "unknown inside", "not a choice", "missing", "too soon", "too little"],
)  # fmt: skip
def test_what_stripe_refuses_is_refused(stripe: Stripe, acct: str, changes: Any, words: str) -> None:
    with pytest.raises(package.InvalidRequestError, match=words):
        stripe_client().v1.checkout.sessions.create(order(**changes), {"stripe_account": acct})


def test_a_wrong_key_opens_nothing(stripe: Stripe) -> None:
    client = package.StripeClient("sk_test_wrong", base_addresses={"api": stripe.state.base})
    with pytest.raises(package.AuthenticationError):
        client.v1.accounts.create({"country": "DE"})


def test_lost_answers_are_told_from_refusals(stripe: Stripe, acct: str) -> None:
    client, options = stripe_client(), {"stripe_account": acct, "idempotency_key": "lost"}
    wish = order()
    stripe.fail_next(after_work=True)
    with pytest.raises(ProviderUnreachable), calling():
        client.v1.checkout.sessions.create(wish, options)
    with calling():
        found = client.v1.checkout.sessions.create(wish, options)
    assert [one["id"] for _owner, one in stripe.state.of_kind("checkout.session")] == [found.id]
    with pytest.raises(ProviderRefused), calling():
        client.v1.checkout.sessions.create(order(colour="red"), options)


def test_events_are_signed_and_forged_ones_are_told(stripe: Stripe, acct: str) -> None:
    made = stripe_client().v1.checkout.sessions.create(order(metadata={"a": "b"}), {"stripe_account": acct})
    stripe.pay(made.id)
    delivery = stripe.deliveries()[-1]
    signature = delivery.headers["Stripe-Signature"]
    event = read_event(delivery.body, signature, secret=CONNECT_SECRET)
    assert (event.type, event.account, event.object_id) == ("checkout.session.completed", acct, made.id)
    assert event.metadata == {"a": "b"} and not any(name.startswith("_") for name in event.data)
    old = f"t={int(time.time()) - 400},v1={signature.split('v1=')[1]}"
    for body, signed in (
        (delivery.body + b" ", signature),
        (delivery.body, old),
        (delivery.body, ""),
        (b"\xff", signature),
    ):
        with pytest.raises(ForgedEvent):
            read_event(body, signed, secret=CONNECT_SECRET)
    with pytest.raises(ForgedEvent):
        read_event(delivery.body, signature, secret="whsec_other")


def test_one_can_click_through_checkout(stripe: Stripe, acct: str) -> None:
    """A declined card, the bank's question, then paid: over HTTP like a browser."""
    made = stripe_client().v1.checkout.sessions.create(order(), {"stripe_account": acct})
    assert made.url and "90,00 €" in requests.get(made.url, timeout=5).text
    refused = requests.post(made.url, {"number": "4000 0000 0000 0002"}, timeout=5)
    assert refused.status_code == 402 and "abgelehnt" in refused.text
    assert "Freigeben" in requests.post(made.url, {"number": "4000000000003220"}, timeout=5).text
    done = requests.post(
        f"{made.url}/bank", {"answer": "yes", "digits": "3220"}, timeout=5, allow_redirects=False
    )
    assert (done.status_code, done.headers["Location"]) == (303, "https://town.example/s")
    found = stripe_client().v1.checkout.sessions.retrieve(made.id, None, {"stripe_account": acct})
    assert (found.status, found.payment_status) == ("complete", "paid")
    assert requests.get(made.url, timeout=5).status_code == 410


def test_debits_are_answered_days_later(stripe: Stripe, acct: str) -> None:
    for fails, word in ((False, "succeeded"), (True, "failed")):
        made = stripe_client().v1.checkout.sessions.create(order(), {"stripe_account": acct})
        stripe.pay(made.id, method="sepa_debit", fails=fails)
        assert stripe.session(made.id)[1]["payment_status"] == "unpaid"
        stripe.events()
        stripe.advance(10)
        assert [event["type"] for event in stripe.events()][-1] == f"checkout.session.async_payment_{word}"


def test_a_reserved_amount_is_captured_in_part_or_lapses_after_a_week(stripe: Stripe, acct: str) -> None:
    client, options = stripe_client(), {"stripe_account": acct}
    held = order(payment_intent_data={"capture_method": "manual"})
    first, second = (client.v1.checkout.sessions.create(held, options).id for _ in range(2))
    stripe.pay(first)
    stripe.pay(second)
    one, other = (str(stripe.session(name)[1]["payment_intent"]) for name in (first, second))
    taken = client.v1.payment_intents.capture(one, {"amount_to_capture": 3000}, options)
    assert (taken.status, taken.amount_received) == ("succeeded", 3000)
    with pytest.raises(package.InvalidRequestError, match="could not be canceled"):
        client.v1.payment_intents.cancel(one, {}, options)
    stripe.advance(7 * 24 * 3600 + 1)
    assert client.v1.payment_intents.retrieve(other, None, options).status == "canceled"


def test_an_account_link_works_once(stripe: Stripe, acct: str) -> None:
    link = stripe_client().v1.account_links.create(
        {
            "account": acct,
            "type": "account_onboarding",
            "refresh_url": "https://t.example/r",
            "return_url": "https://t.example/b",
        }
    )
    assert "Konto einrichten" in requests.get(link.url, timeout=5).text
    again = requests.get(link.url, timeout=5, allow_redirects=False)
    assert again.headers["Location"] == "https://t.example/r"
    later = requests.post(link.url, {"step": "submit", "iban": ""}, timeout=5, allow_redirects=False)
    assert later.headers["Location"] == "https://t.example/b"
    assert stripe.account(acct)["requirements"]["currently_due"] == ["external_account"]
