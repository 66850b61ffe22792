"""App settings of this room."""

from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "booking_core.catalog"
    verbose_name = "Angebote"
