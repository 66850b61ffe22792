"""App settings of this room."""

from django.apps import AppConfig


class ReservationsConfig(AppConfig):
    name = "booking_core.reservations"
    verbose_name = "Buchungen"
