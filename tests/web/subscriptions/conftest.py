"""The back office's fixtures and Stripe, for the pages about the fee."""

from tests.stripe_stand_in import stripe
from tests.web.backoffice.conftest import office

__all__ = ["office", "stripe"]
