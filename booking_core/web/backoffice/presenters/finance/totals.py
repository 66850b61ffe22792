"""What is open, overdue, owed back and kept now, as cards that lead to their lists.

Not here: the numbers (``finance.queries.treasury``).
"""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from booking_core.finance.contracts import TreasuryTotals
from design_system.templatetags.formats import euro


def total_cards(totals: TreasuryTotals) -> list[dict[str, str]]:
    """Four cards."""
    invoices_url, deposits_url = reverse("backoffice_invoices"), reverse("backoffice_deposits")

    def count(number: int) -> str:
        return ngettext("%(count)s Rechnung", "%(count)s Rechnungen", number) % {"count": number}

    return [
        {"title": _("Offen: %(sum)s") % {"sum": euro(totals.open)}, "text": count(totals.open_count),
         "url": f"{invoices_url}?state=open", "icon": "euro"},
        {"title": _("Überfällig: %(sum)s") % {"sum": euro(totals.overdue)}, "text": count(totals.overdue_count),
         "url": f"{invoices_url}?state=overdue", "icon": "clock"},
        {"title": _("Guthaben: %(sum)s") % {"sum": euro(totals.credits)}, "text": count(totals.credit_count),
         "url": f"{invoices_url}?state=credit", "icon": "arrow-right"},
        {"title": _("Kautionen: %(sum)s") % {"sum": euro(totals.deposits_held)},
         "text": ngettext("%(count)s hinterlegt", "%(count)s hinterlegt", totals.deposit_count)
         % {"count": totals.deposit_count},
         "url": f"{deposits_url}?liste=held", "icon": "lock"},
    ]  # fmt: skip
