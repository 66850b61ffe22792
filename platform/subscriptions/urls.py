"""Routes of the fee on the main host; ``config.urls_public`` includes them."""

from subscriptions import webhooks
from tenants.access import EVERYONE, door

urlpatterns = [
    door(
        "stripe/plattform/", webhooks.stripe_platform, name="stripe_platform", schema="public", roles=EVERYONE
    ),
]
