"""The one client: key, pinned version of the interface, time limit; errors as ours.

Not here: single operations.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import stripe
from django.conf import settings
from django.utils.translation import gettext as _

from booking_core.finance.errors import ProviderRefused, ProviderUnreachable, StripeNotSetUp

API_VERSION = "2026-10-28.endive"
TIMEOUT_SECONDS = 10


def is_stripe_set_up() -> bool:
    """Whether the platform has an account with Stripe at all."""
    return bool(settings.STRIPE_SECRET_KEY)


def stripe_client() -> stripe.StripeClient:
    """The client of the platform's account. Raises StripeNotSetUp."""
    if not is_stripe_set_up():
        raise StripeNotSetUp(_("Zahlung mit Karte ist auf dieser Plattform nicht eingerichtet."))
    return _client(settings.STRIPE_SECRET_KEY, settings.STRIPE_API_BASE)


@cache
def _client(key: str, base: str) -> stripe.StripeClient:
    """Nothing is tried again here: what failed is tried again with its own key by whoever asked."""
    return stripe.StripeClient(
        key,
        stripe_version=API_VERSION,
        base_addresses={"api": base} if base else None,
        http_client=stripe.RequestsClient(timeout=TIMEOUT_SECONDS),
        max_network_retries=0,
    )


@contextmanager
def calling() -> Iterator[None]:
    """Around every call. Raises ProviderUnreachable (try again) or ProviderRefused (it will never work).

    Only an answer that says no is a no. A lost connection, a limit, an error on their side: nobody knows whether it
    was done, and the same key asked again gives the same answer.
    """
    try:
        yield
    except (
        stripe.InvalidRequestError,
        stripe.CardError,
        stripe.PermissionError,
        stripe.IdempotencyError,
    ) as no:
        words = no.user_message or str(no)
        raise ProviderRefused(
            _("Der Zahlungsdienst hat abgelehnt: %(reason)s") % {"reason": words}, provider_code=no.code or ""
        ) from no
    except stripe.StripeError as fault:
        raise ProviderUnreachable(
            _(
                "Der Zahlungsdienst antwortet gerade nicht. Bitte versuchen Sie es in einigen Minuten noch einmal."
            )
        ) from fault
