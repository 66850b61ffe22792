"""Open invoices by how long they have been due.

Not here: the list of them (``invoices``), reminders (``reminders``).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from booking_core.finance.contracts import CountedSum
from booking_core.finance.models import Invoice, InvoiceKind
from booking_core.kernel.money import Money


@dataclass(frozen=True, slots=True)
class Age:
    """A range of days since an invoice was due; both ends included, None is open. ``label`` in words."""

    name: str
    label: Promise
    from_days: int | None
    until_days: int | None

    def condition(self, today: date) -> Q:
        """The invoices of this age, as a filter."""
        found = Q()
        if self.from_days is not None:
            found &= Q(due_on__lte=today - timedelta(days=self.from_days))
        if self.until_days is not None:
            found &= Q(due_on__gte=today - timedelta(days=self.until_days))
        return found


AGES = (
    Age("due", _("noch nicht fällig"), None, 0),
    Age("14", _("bis 14 Tage"), 1, 14),
    Age("30", _("15 bis 30 Tage"), 15, 30),
    Age("60", _("31 bis 60 Tage"), 31, 60),
    Age("older", _("über 60 Tage"), 61, None),
)
BY_NAME = {age.name: age for age in AGES}


def open_by_age(*, today: date) -> dict[str, CountedSum]:
    """What is open by age, in the order of ``AGES``; "due" is not overdue yet. One statement."""
    invoices = (
        Invoice.objects.filter(kind=InvoiceKind.INVOICE)
        .order_by()
        .annotate(balance=Coalesce(Sum("entries__amount_cents"), 0))
        .filter(balance__gt=0)
        .values("balance", "due_on")
    )
    wanted: dict[str, Count | Sum] = {}
    for age in AGES:
        wanted[f"count_{age.name}"] = Count("due_on", filter=age.condition(today))
        wanted[f"cents_{age.name}"] = Sum("balance", filter=age.condition(today))
    found: Mapping[str, int | None] = invoices.aggregate(**wanted)
    return {
        age.name: CountedSum(found[f"count_{age.name}"] or 0, Money(found[f"cents_{age.name}"] or 0))
        for age in AGES
    }
