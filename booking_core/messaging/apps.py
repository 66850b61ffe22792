"""App settings of this room."""

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "booking_core.messaging"
    verbose_name = "Nachrichten"
