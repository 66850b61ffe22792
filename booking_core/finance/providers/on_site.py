"""On site: in cash or by card at the town hall; the treasurer notes it and the receipt is the paid invoice."""

from datetime import datetime

from django.utils.translation import gettext as _

from booking_core.finance.providers.contracts import Due, Offer, TownWays


class OnSite:
    """Where the treasurer takes money at the counter."""

    code = "on_site"

    def offer(self, due: Due, town: TownWays, *, now: datetime) -> Offer | None:
        """Not where the booking depends on it."""
        if due.amount.cents <= 0 or due.must_be_fast or not town.accepts_on_site:
            return None
        return Offer(self.code, _("Vor Ort"), _("Bar oder mit Karte bei der Verwaltung, gegen Quittung."))
