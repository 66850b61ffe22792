"""Which ways to pay a town offers for a sum: several at once, by purpose, none that does not fit."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from stripe.params.checkout import SessionCreateParams

from booking_core.finance.providers import offers_for
from booking_core.finance.providers.contracts import CheckoutOrder, Due, TownWays
from booking_core.finance.providers.stripe.checkout import request_for
from booking_core.finance.services.payments import FINAL, may_follow
from booking_core.kernel.money import Money
from infra.stripe_stand_in.parameters import check

NOW = datetime(2026, 9, 1, 8, tzinfo=UTC)
ALL = TownWays(
    accepts_transfer=True, accepts_on_site=True, fees_online=True, deposit_online="hold", is_online_ready=True
)
FEE = Due("fee", Money(9000), has_account=True)


@pytest.mark.parametrize(
    ("due", "town", "codes"),
    [
        (FEE, ALL, ["stripe", "transfer", "on_site"]),
        (Due("fee", Money(0), has_account=True), ALL, ["nothing"]),
        (FEE, TownWays(), ["transfer"]),
        (FEE, TownWays(accepts_transfer=False, accepts_on_site=True), ["transfer", "on_site"]),
        (Due("fee", Money(9000)), TownWays(accepts_on_site=True), ["on_site"]),
        (Due("fee", Money(9000), must_be_fast=True), ALL, ["stripe"]),
        (Due("fee", Money(49), has_account=True), ALL, ["transfer", "on_site"]),
        (Due("fee", Money(100_000_000), has_account=True), ALL, ["transfer", "on_site"]),
        (FEE, TownWays(fees_online=True, is_online_ready=False), ["transfer"]),
        (Due("deposit", Money(9000)), TownWays(fees_online=True, is_online_ready=True), ["transfer"]),
        (Due("deposit", Money(9000), use_ends_at=NOW), ALL, ["stripe", "transfer", "on_site"]),
    ],
    ids=[
        "all at once", "free", "without stripe", "an older invoice names an account", "no account on the invoice",
        "paid first", "too little for a card", "too much for a card", "account not ready", "deposits are off",
        "deposits are on",
    ],
)  # fmt: skip
def test_ways_to_pay(due: Due, town: TownWays, codes: list[str]) -> None:
    assert [offer.code for offer in offers_for(due, town, now=NOW)] == codes


@pytest.mark.parametrize("is_hold", [False, True])
@pytest.mark.parametrize("allows_debit", [False, True])
def test_what_we_send_is_what_the_package_knows(is_hold: bool, allows_debit: bool) -> None:
    order = CheckoutOrder(
        key=uuid4(), tenant=uuid4(), amount=Money(9000), label="Saal", email="a@b.example",
        language="de", success_url="https://t.example/",
        cancel_url="https://t.example/", expires_at=NOW + timedelta(hours=1),
        is_hold=is_hold, allows_debit=allows_debit,
    )  # fmt: skip
    check(dict(request_for(order)), SessionCreateParams)


STATES = ("started", "open", "processing", "held", "paid", "failed", "expired", "released")


def test_states_go_up_only_and_an_end_is_an_end() -> None:
    for kind in ("payment", "hold", "refund"):
        for old in STATES:
            for new in STATES:
                if may_follow(old, new, kind=kind):
                    assert not may_follow(new, old, kind=kind)
    assert not any(may_follow(old, new, kind="payment") for old in FINAL for new in STATES)
    assert may_follow("paid", "failed", kind="refund")
