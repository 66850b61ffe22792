"""Deposits: what is due, held, kept and returned, by booking.

Not here: writes (``services.deposits``).
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F, Max, Min, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from booking_core.finance.contracts import DepositView
from booking_core.finance.models import Account, EntryKind, Payment
from booking_core.kernel.errors import NotFound
from booking_core.kernel.money import Money
from booking_core.reservations.models import Booking, BookingItem

_ANNOTATED = ("held", "kept", "returned", "secured", "starts_at", "ends_at")
LISTS = ("missing", "held", "return", "overdue", "done")
#: So many days after the use a deposit should be back; after that it is overdue.
RETURN_DAYS = 14


def deposit_of(booking_id: int) -> DepositView:
    """The deposit of one booking, due or not. Raises NotFound."""
    row = _with_sums(Booking.objects.filter(pk=booking_id)).first()
    if row is None:
        raise NotFound(_("Diese Buchung gibt es nicht."))
    return _view(row)


def deposits(which: str, *, now: datetime | None = None, limit: int = 500) -> tuple[DepositView, ...]:
    """One list of deposits.

    ``missing``: confirmed, not yet complete, next use first; ``held``: in the town's hands; ``return``: of these,
    the use is over; ``overdue``: since more than ``RETURN_DAYS``; ``done``: settled.
    """
    found = _with_sums(Booking.objects.all())
    if which in {"held", "return", "overdue"}:
        rows = found.filter(Q(held__gt=0)).order_by(F("ends_at"))
        if which != "held":
            days = RETURN_DAYS if which == "overdue" else 0
            rows = rows.filter(Q(ends_at__lt=(now or timezone.now()) - timedelta(days=days)))
    elif which == "done":
        rows = found.filter(Q(kept__lt=0) | Q(returned__lt=0), Q(held=0)).order_by(F("ends_at").desc())
    else:
        rows = found.filter(
            state="confirmed", deposit_cents__gt=F("held") + F("secured") - F("kept") - F("returned")
        ).order_by(F("starts_at"))
    return tuple(_view(row) for row in rows[:limit])


def missing_deposits(booking_uuids: Collection[UUID]) -> dict[UUID, Money]:
    """What is still to come for these bookings, where something is. One statement."""
    views = (_view(row) for row in _with_sums(Booking.objects.filter(uuid__in=booking_uuids)))
    return {view.booking_uuid: view.missing for view in views if view.missing}


def _with_sums(found: QuerySet[Booking]) -> QuerySet[Booking]:
    """Sums over entries come from the one join, span ends from sub-queries of their own rows."""
    in_account = Q(ledger_entries__account=Account.DEPOSIT)

    def cents(*kinds: str) -> Coalesce:
        return Coalesce(
            Sum("ledger_entries__amount_cents", filter=in_account & Q(ledger_entries__kind__in=kinds)), 0
        )

    sums = found.annotate(
        held=Coalesce(Sum("ledger_entries__amount_cents", filter=in_account), 0),
        kept=cents(EntryKind.DEPOSIT_KEPT),
        returned=cents(EntryKind.DEPOSIT_OUT),
        secured=Coalesce(_reserved(), 0),
    )
    return sums.defer("quote").annotate(**_span_ends())


def _reserved() -> Subquery:
    holds = Payment.objects.filter(booking=OuterRef("pk"), kind="hold", state="held").order_by()
    return Subquery(holds.values("booking").annotate(cents=Sum("moved_cents")).values("cents"))


def _span_ends() -> dict[str, Subquery]:
    own = BookingItem.objects.filter(booking=OuterRef("pk")).order_by().values("booking")
    return {
        "starts_at": Subquery(own.annotate(edge=Min("span__startswith")).values("edge")),
        "ends_at": Subquery(own.annotate(edge=Max("span__endswith")).values("edge")),
    }


def _view(row: Booking) -> DepositView:
    sums = {name: getattr(row, name) for name in _ANNOTATED}
    return DepositView(
        booking_id=row.pk,
        booking_uuid=row.uuid,
        booking_number=row.number,
        booking_title=row.title,
        party_name=row.organisation_name or row.contact_name,
        use_starts_at=sums["starts_at"],
        use_ends_at=sums["ends_at"],
        wanted=Money(row.deposit_cents if row.state == "confirmed" else 0),
        held=Money(sums["held"]),
        kept=Money(-sums["kept"]),
        returned=Money(-sums["returned"]),
        secured=Money(sums["secured"]),
    )
