"""Nothing to pay: free things need no way to pay."""

from datetime import datetime

from django.utils.translation import gettext as _

from booking_core.finance.providers.contracts import Due, Offer, TownWays


class Nothing:
    """Where the sum is zero."""

    code = "nothing"

    def offer(self, due: Due, town: TownWays, *, now: datetime) -> Offer | None:
        """Only for a sum of zero."""
        if due.amount.cents > 0:
            return None
        return Offer(self.code, _("Nichts zu zahlen"), _("Es kostet nichts."))
