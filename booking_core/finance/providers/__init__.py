"""How money comes in: by card and debit (Stripe), by transfer, on site, or not at all. One interface, several at once.

Not here: what is owed (``services.ledger``), the use cases of paying (``workflows.payments``).
"""

from datetime import datetime

from booking_core.finance.providers.contracts import Due, Offer, OnlineProvider, Provider, TownWays
from booking_core.finance.providers.nothing import Nothing
from booking_core.finance.providers.on_site import OnSite
from booking_core.finance.providers.stripe.provider import StripeProvider
from booking_core.finance.providers.transfer import Transfer

ONLINE: OnlineProvider = StripeProvider()
PROVIDERS: tuple[Provider, ...] = (Nothing(), ONLINE, Transfer(), OnSite())


def offers_for(due: Due, town: TownWays, *, now: datetime) -> tuple[Offer, ...]:
    """The ways to pay this sum in this town, the quickest first."""
    found = (provider.offer(due, town, now=now) for provider in PROVIDERS)
    return tuple(offer for offer in found if offer is not None)
