"""Settings for ``make demo`` and a developer's machine: plain HTTP on localhost, readable logs."""

from config.settings.base import *  # noqa: F403 — a settings file extends another by taking all of it
from config.settings.environment import ENV

SECRET_KEY = ENV.secret_key or "only-for-this-machine-never-for-production-000"
EMAIL_USE_TLS = False
DEMO = True
