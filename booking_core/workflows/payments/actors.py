"""Who history names where nobody at a desk did it."""

from booking_core.identity.contracts import Actor

STRIPE = Actor("Stripe")
