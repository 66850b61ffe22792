"""Settings for the tests: the real parts, HTTPS rules on, cheap password hashing."""

import os

os.environ.setdefault("SCHEME", "https")
os.environ.setdefault("PORT", "443")
os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "0" * 40)
os.environ.setdefault("LOG_LEVEL", "ERROR")

from config.settings.base import *  # noqa: F403 — the variables above must be set first

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "tenants.storage.TenantFileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
CONN_MAX_AGE = 0
CELERY_TASK_ALWAYS_EAGER = False
MAIL_BELL_SECONDS = 0
DEMO = True
