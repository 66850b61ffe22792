"""Settings of payments by card and debit.

Not here: what a town chose (``booking_core.finance``).
"""

from config.settings.environment import ENV

STRIPE_SECRET_KEY = ENV.stripe_secret_key
STRIPE_WEBHOOK_SECRET = ENV.stripe_webhook_secret
STRIPE_PLATFORM_WEBHOOK_SECRET = ENV.stripe_platform_webhook_secret
STRIPE_API_BASE = ENV.stripe_api_base
#: Where our forms may lead (CSP ``form-action``): Checkout and onboarding are pages of Stripe's.
STRIPE_PAGES = [ENV.stripe_api_base] if ENV.stripe_api_base else ["https://*.stripe.com"]
