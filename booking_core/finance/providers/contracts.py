"""What a provider is: what it offers for a sum, and – where it is paid online – the calls it answers.

Not here: the providers themselves (``transfer``, ``on_site``, ``nothing``, ``stripe.provider``).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from booking_core.kernel.money import Money


@dataclass(frozen=True, slots=True)
class Due:
    """A sum somebody owes: fee or deposit. ``has_account``: the invoice names a bank account.

    ``use_ends_at`` is when the room is handed back at the latest; None where there is none. ``must_be_fast``: nothing
    that takes days, because the booking depends on it.
    """

    purpose: str
    amount: Money
    has_account: bool = False
    use_ends_at: datetime | None = None
    must_be_fast: bool = False


@dataclass(frozen=True, slots=True)
class TownWays:
    """What the treasurer switched on. ``deposit_online``: payment, hold or empty; ``is_online_ready``: it works now."""

    accepts_transfer: bool = True
    accepts_on_site: bool = False
    fees_online: bool = False
    deposit_online: str = ""
    is_online_ready: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """One way to pay a sum, in words. ``is_online``: one click leads on; ``is_hold``: reserved, not taken."""

    code: str
    label: str
    explanation: str
    is_online: bool = False
    is_hold: bool = False


class Provider(Protocol):
    """A way to pay; a town may have several at once."""

    code: str

    def offer(self, due: Due, town: TownWays, *, now: datetime) -> Offer | None:
        """What it offers for this sum; None where it does not fit."""


@dataclass(frozen=True, slots=True)
class CheckoutOrder:
    """A page to pay on. ``expires_at``: nobody can pay afterwards; ``allows_debit``: what takes days is welcome."""

    key: UUID
    tenant: UUID
    amount: Money
    label: str
    email: str
    language: str
    success_url: str
    cancel_url: str
    expires_at: datetime
    is_hold: bool = False
    allows_debit: bool = True


@dataclass(frozen=True, slots=True)
class OnlineState:
    """Where a payment stands at the provider: open, processing, held, paid, failed, expired, released.

    ``amount`` is what was taken or is reserved; before that what is asked for. ``key`` is the order's, as it came back.
    """

    state: str
    amount: Money
    remote_ref: str
    key: str = ""
    intent_ref: str = ""
    url: str = ""
    method_label: str = ""
    held_until: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RefundState:
    """Where money on its way back stands: processing, paid or failed."""

    state: str
    remote_ref: str
    reason: str = ""


class OnlineProvider(Provider, Protocol):
    """A provider that is paid online. Every call that moves money carries its key: asked twice, done once.

    All raise ProviderUnreachable (nobody knows, ask again) and ProviderRefused (it will never work).
    """

    def request_for(self, order: CheckoutOrder) -> dict[str, object]:
        """What ``open`` will send, plain JSON, to be kept before it is sent."""

    def open(self, request: Mapping[str, object], *, account: str, key: UUID) -> OnlineState:
        """Make the page to pay on, or give back the one made before with this key."""

    def look(self, remote_ref: str, *, account: str) -> OnlineState:
        """Fetch where it stands."""

    def close(self, remote_ref: str, *, account: str) -> OnlineState:
        """Let nobody pay there any more; where somebody was faster, that is what comes back."""

    def capture(self, intent_ref: str, amount: Money, *, account: str, key: UUID) -> None:
        """Take a part of what is reserved; the rest is let go."""

    def release(self, intent_ref: str, *, account: str, key: UUID) -> None:
        """Let go what is reserved."""

    def refund(self, intent_ref: str, amount: Money, *, account: str, key: UUID) -> RefundState:
        """Send money back the way it came."""

    def look_at_refund(self, remote_ref: str, *, account: str) -> RefundState:
        """Fetch where money on its way back stands."""
