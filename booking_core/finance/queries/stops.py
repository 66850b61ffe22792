"""Whether reminders of an invoice are stopped on a day: for one row and, the same rule, as a filter.

Not here: setting and lifting the stop (``services.reminders``).
"""

from datetime import date

from django.db.models import Q

from booking_core.finance.contracts import ReminderStop
from booking_core.finance.models import Invoice


def stop_of(invoice: Invoice, today: date) -> ReminderStop | None:
    """The stop that holds today; None where reminders may go out."""
    if invoice.stopped_on is None or (invoice.stopped_until is not None and invoice.stopped_until < today):
        return None
    return ReminderStop(invoice.stopped_on, invoice.stopped_until, invoice.stopped_reason, invoice.stopped_by)


def is_stopped(today: date) -> Q:
    """Invoices for which ``stop_of`` finds one."""
    return Q(stopped_on__isnull=False) & (Q(stopped_until__isnull=True) | Q(stopped_until__gte=today))
