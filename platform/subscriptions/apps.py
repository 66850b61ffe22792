"""App settings of the fee."""

from django.apps import AppConfig


class SubscriptionsConfig(AppConfig):
    name = "subscriptions"
    verbose_name = "Beiträge"

    def ready(self) -> None:
        """A trial starts with every birth; mails of this room find their invoices."""
        from booking_core.messaging.file_sources import register_file_source  # noqa: PLC0415 — models first
        from subscriptions.birth_step import register_step  # noqa: PLC0415
        from subscriptions.queries.invoices import invoice_file  # noqa: PLC0415

        register_step()
        register_file_source("subscriptions.invoice", invoice_file)
