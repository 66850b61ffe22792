"""What the tests of paying online use."""

from tests.stripe_stand_in import stripe

__all__ = ["stripe"]
