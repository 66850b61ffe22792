"""By transfer: the invoice names account, reference and a GiroCode for the banking app.

Not here: the code itself (``finance.paper.girocode``), finding the payment on a statement (``finance.bank``).
"""

from datetime import datetime

from django.utils.translation import gettext as _

from booking_core.finance.providers.contracts import Due, Offer, TownWays


class Transfer:
    """Where the invoice names a bank account; for a deposit, where the town takes transfers."""

    code = "transfer"

    def offer(self, due: Due, town: TownWays, *, now: datetime) -> Offer | None:
        """Not where the booking depends on it: a transfer takes a day or two."""
        fits = due.has_account if due.purpose == "fee" else town.accepts_transfer
        if due.amount.cents <= 0 or due.must_be_fast or not fits:
            return None
        words = _("Mit Verwendungszweck und GiroCode für die Banking-App.")
        if due.purpose == "deposit":
            words = _("Auf das Konto der Rechnung, mit „Kaution“ und der Buchungsnummer im Verwendungszweck.")
        return Offer(self.code, _("Überweisung"), words)
