"""The WSGI entry point for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
application = get_wsgi_application()

from django.conf import settings  # noqa: E402 — settings are ready only after the application is

from config.observability import start_sentry  # noqa: E402

start_sentry(settings.SENTRY_DSN, environment=settings.SENTRY_ENVIRONMENT, release=settings.RELEASE)
