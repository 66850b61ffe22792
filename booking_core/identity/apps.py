"""App settings of this room."""

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "booking_core.identity"
    verbose_name = "Personen"
