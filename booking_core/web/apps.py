"""App settings of the pages."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "booking_core.web"
    verbose_name = "Seiten"
