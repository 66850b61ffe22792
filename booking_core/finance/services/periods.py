"""Close a month of the ledger, and open the last one again with a reason.

Not here: what a month came to (``queries.periods``). What keeps entries out of a closed month is the database
(migration ``0005_ledger_is_final``): each entry holds the profile's row, closing waits for those under way.
"""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from booking_core.finance.errors import NotSetUp, PeriodClosed
from booking_core.finance.models import FinanceProfile
from booking_core.finance.queries.periods import month_end
from booking_core.identity.contracts import Actor
from booking_core.identity.services import audit
from booking_core.kernel.errors import InvalidInput


@transaction.atomic
def close_month(day: date, *, actor: Actor, now: datetime) -> date:
    """Close everything up to the end of the month of ``day``; returns that last day.

    Raises NotSetUp, InvalidInput (the month is not over), PeriodClosed (closed already).
    """
    profile = _locked_profile()
    last_on = month_end(day)
    if last_on >= timezone.localdate(now):
        raise InvalidInput(_("Dieser Monat ist noch nicht vorbei."))
    if profile.closed_until is not None and last_on <= profile.closed_until:
        raise PeriodClosed(_("Dieser Monat ist schon abgeschlossen."))
    FinanceProfile.objects.filter(pk=profile.pk).update(closed_until=last_on)
    audit("period.closed", actor=actor, subject_type="period", subject_id=f"{last_on:%Y-%m}")
    return last_on


@transaction.atomic
def reopen_month(*, reason: str, actor: Actor) -> date:
    """Open the month that was closed last; returns its first day. Raises NotSetUp, InvalidInput without a reason."""
    if not reason.strip():
        raise InvalidInput(_("Bitte schreiben Sie dazu, warum der Monat wieder geöffnet wird."), field="text")
    profile = _locked_profile()
    if profile.closed_until is None:
        raise InvalidInput(_("Es ist kein Monat abgeschlossen."))
    first_on = profile.closed_until.replace(day=1)
    FinanceProfile.objects.filter(pk=profile.pk).update(closed_until=first_on - timedelta(days=1))
    audit("period.reopened", actor=actor, subject_type="period", subject_id=f"{first_on:%Y-%m}",
          reason=reason.strip()[:500])  # fmt: skip
    return first_on


def _locked_profile() -> FinanceProfile:
    """The town's row, once no entry is under way any more. Raises NotSetUp."""
    profile = FinanceProfile.objects.select_for_update().filter(pk=1).first()
    if profile is None:
        raise NotSetUp(_("Bitte tragen Sie zuerst ein, wie die Kommune bezahlt werden möchte."))
    return profile
