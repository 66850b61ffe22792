"""Addresses of the main host to which other programs report; ``config.urls_public`` includes them."""

from booking_core.web.hooks.stripe import stripe_webhook
from tenants.access import EVERYONE, door

urlpatterns = [
    door("stripe/webhook/", stripe_webhook, name="stripe_webhook", schema="public", roles=EVERYONE),
]
