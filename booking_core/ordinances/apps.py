"""App settings of this room."""

from django.apps import AppConfig


class OrdinancesConfig(AppConfig):
    name = "booking_core.ordinances"
    verbose_name = "Ordnungen"
