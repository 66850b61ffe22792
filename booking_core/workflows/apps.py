"""App settings of this room."""

from django.apps import AppConfig


class WorkflowsConfig(AppConfig):
    name = "booking_core.workflows"
    verbose_name = "Abläufe"
