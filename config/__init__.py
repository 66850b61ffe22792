"""How the parts are wired: settings, URLs, Celery, WSGI. Nothing below may import from here."""

from config.celery_app import app as celery_app

__all__ = ["celery_app"]
