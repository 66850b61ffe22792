"""The finance room as a Django app."""

from django.apps import AppConfig


class FinanceConfig(AppConfig):
    """Invoices and the ledger."""

    name = "booking_core.finance"
    label = "finance"
