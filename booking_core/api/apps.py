"""App settings of this room."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "booking_core.api"
    verbose_name = "Schnittstelle"
