"""The Stripe stand-in for tests: real HTTP in a thread, its clock and its events in the test's hand.

Not here: the stand-in itself (``infra.stripe_stand_in``). Events are not sent by themselves; a test takes them with
``deliveries()`` and posts them when, how often and in which order it wants.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from pytest_django.fixtures import Settings

from infra.stripe_stand_in import accounts, billing, checkout
from infra.stripe_stand_in.routing import Call
from infra.stripe_stand_in.server import StandIn
from infra.stripe_stand_in.state import PLATFORM, Json, State
from infra.stripe_stand_in.webhooks import Delivery, sign

KEY = "sk_test_" + "1" * 24
CONNECT_SECRET = "whsec_connect"
PLATFORM_SECRET = "whsec_platform"


@dataclass
class Stripe:
    """What a test may do to the stand-in."""

    server: StandIn
    _taken: int = 0

    @property
    def state(self) -> State:
        return self.server.state

    def account(self, name: str) -> Json:
        """A connected account, with everything Stripe wants to know."""
        return self.state.find(PLATFORM, "account", name)

    def new_account(self) -> str:
        """The name of a new connected account that takes money."""
        with self.state.lock:
            made = accounts.create_account(Call(self.state, PLATFORM, {"country": "DE"}))
        self.onboard(made["id"])
        self.events()
        return str(made["id"])

    def onboard(self, name: str, *, with_bank: bool = True) -> None:
        """What a town types in on the onboarding page."""
        accounts.answer_onboarding(self.state, self.account(name), with_bank=with_bank)

    def session(self, name: str) -> tuple[str, Json]:
        """(account, Checkout Session)."""
        return next(
            (owner, one) for owner, one in self.state.of_kind("checkout.session") if one["id"] == name
        )

    def pay(self, name: str, *, method: str = "card", fails: bool = False) -> None:
        """Somebody pays on the Checkout page."""
        account, session = self.session(name)
        checkout.pay(self.state, account, session, method=method, last_digits="4242", fails=fails)

    def advance(self, seconds: int) -> None:
        """Let the stand-in's clock run; what falls due happens."""
        self.state.offset += seconds
        checkout.tick(self.state)
        billing.tick(self.state)

    def fail_next(self, *, after_work: bool = False) -> None:
        """The next call gets no answer: it never arrived, or (``after_work``) its answer got lost."""
        self.server.failures.append("after" if after_work else "before")

    def events(self) -> list[Json]:
        """What happened since the last time somebody asked."""
        new = self.state.events[self._taken :]
        self._taken = len(self.state.events)
        return new

    def deliveries(self) -> list[Delivery]:
        """The same, signed for their endpoints."""
        return [self.signed(event) for event in self.events()]

    def signed(self, event: Json) -> Delivery:
        """One event as it would be posted now."""
        secret = CONNECT_SECRET if event.get("account") else PLATFORM_SECRET
        return sign(event, secret, at=int(time.time()))


@pytest.fixture
def stripe(settings: Settings) -> Iterator[Stripe]:
    """A fresh Stripe, and the application pointed at it."""
    server = StandIn(State(), key=KEY)
    server.start(ticking=False)
    settings.STRIPE_SECRET_KEY = KEY
    settings.STRIPE_API_BASE = server.state.base
    settings.STRIPE_WEBHOOK_SECRET = CONNECT_SECRET
    settings.STRIPE_PLATFORM_WEBHOOK_SECRET = PLATFORM_SECRET
    settings.STRIPE_PAGES = [server.state.base]
    yield Stripe(server)
    server.shutdown()
    server.server_close()
