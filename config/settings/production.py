"""Settings for a deployment: what is missing stops the start."""

import sys

from config.settings.base import *  # noqa: F403 — a settings file extends another by taking all of it
from config.settings.environment import ENV

_MINIMUM_KEY_LENGTH = 40
_faults = [
    f"  {name}: {sentence}"
    for name, fault, sentence in (
        ("SECRET_KEY", len(ENV.secret_key) < _MINIMUM_KEY_LENGTH, "set at least 40 random characters"),
        ("DATABASE_URL", not ENV.database_url, "set the address of PostgreSQL"),
        ("REDIS_URL", not ENV.redis_url, "set the address of Redis"),
        ("BASE_HOST", ENV.base_host.endswith(".localhost"), "set the main host, such as biletado.example"),
        ("STRIPE_API_BASE", bool(ENV.stripe_api_base), "must be empty; a stand-in takes no real money"),
        (
            "STRIPE_WEBHOOK_SECRET",
            bool(ENV.stripe_secret_key) and not ENV.stripe_webhook_secret,
            "set the signing secret of the endpoint for connected accounts",
        ),
        ("SCHEME", ENV.scheme != "https", "must be https; the session cookie needs it"),
    )
    if fault
]
if _faults:
    sys.exit("Biletado cannot start, the environment is wrong:\n" + "\n".join(_faults))

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.trusted_proxies else None
DEMO = False
