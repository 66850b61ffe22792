"""Orders to the bank that are prepared, and the files they are in.

Not here: what could be ordered (``bank_candidates``), writes (``services.bank_orders``, ``services.bank_runs``).
"""

from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from booking_core.finance.bank_contracts import Account, OrderView, RunView
from booking_core.finance.models import BankOrder, OrderKind
from booking_core.kernel.errors import NotFound
from booking_core.kernel.money import Money

RUN_STATES = ("waiting", "ready", "executed", "withdrawn")


def open_orders() -> QuerySet[BankOrder]:
    """Orders that are neither carried out nor taken back; for use in a filter."""
    return BankOrder.objects.filter(executed_at__isnull=True, withdrawn_at__isnull=True)


def prepared_orders() -> tuple[OrderView, ...]:
    """Orders that are in no file yet, oldest first. One statement."""
    return tuple(_order(row) for row in _with_sources(open_orders().filter(run__isnull=True)))


def bank_runs(*, state: str = "", limit: int = 100) -> tuple[RunView, ...]:
    """Files, newest first, without their orders. One statement."""
    heads = BankOrder.objects.filter(run=OuterRef("run")).order_by("id").values("pk")[:1]
    counts = BankOrder.objects.filter(run=OuterRef("run")).order_by().values("run").annotate(n=Count("pk"))
    found = (
        BankOrder.objects.filter(run__isnull=False, pk=Subquery(heads))
        .annotate(count=Subquery(counts.values("n")))
        .order_by("-run_at", "-pk")
    )
    if state in RUN_STATES:
        found = found.filter(_state_condition(state))
    return tuple(_run(row, count=row.count) for row in found[:limit])


def runs_to_release() -> int:
    """How many files wait for a second person. One statement."""
    return (
        BankOrder.objects.filter(_state_condition("waiting")).aggregate(n=Count("run", distinct=True))["n"]
        or 0
    )


def run_by_uuid(run: UUID) -> RunView:
    """One file with its orders. Raises NotFound."""
    rows = list(_with_sources(BankOrder.objects.filter(run=run)))
    if not rows:
        raise NotFound(_("Diese Datei gibt es nicht."))
    return _run(rows[0], count=len(rows), orders=tuple(_order(row) for row in rows))


def _with_sources(found: QuerySet[BankOrder]) -> QuerySet[BankOrder]:
    return (
        found.select_related("party", "invoice", "booking", "entry__statement_line")
        .defer("invoice__pdf", "invoice__content", "booking__quote")
        .order_by("id")
    )


def _needs_release() -> Q:
    return Q(
        run_limit_cents__isnull=False, run_total_cents__gt=F("run_limit_cents"), released_at__isnull=True
    )


def _state_condition(state: str) -> Q:
    is_open = Q(run__isnull=False, executed_at__isnull=True, withdrawn_at__isnull=True)
    return {
        "waiting": is_open & _needs_release(),
        "ready": is_open & ~_needs_release(),
        "executed": Q(executed_at__isnull=False),
        "withdrawn": Q(run__isnull=False, withdrawn_at__isnull=False),
    }[state]


def _state(row: BankOrder) -> str:
    if row.executed_at is not None:
        return "executed"
    if row.withdrawn_at is not None:
        return "withdrawn"
    limit, total = row.run_limit_cents, row.run_total_cents or 0
    is_waiting = limit is not None and total > limit and row.released_at is None
    return "waiting" if is_waiting else "ready"


def _run(row: BankOrder, *, count: int, orders: tuple[OrderView, ...] = ()) -> RunView:
    assert row.run is not None and row.run_at is not None and row.run_on is not None  # noqa: S101 — by the constraint
    return RunView(
        uuid=row.run,
        is_debit=row.kind == OrderKind.DEBIT,
        state=_state(row),
        at=row.run_at,
        run_on=row.run_on,
        total=Money(row.run_total_cents or 0),
        count=count,
        creator=row.run_creator,
        creator_label=row.run_creator_label,
        town=Account(row.town_name, row.town_iban, row.town_bic),
        creditor_id=row.town_creditor_id,
        limit=Money(row.run_limit_cents) if row.run_limit_cents is not None else None,
        releaser_label=row.releaser_label,
        released_at=row.released_at,
        executed_at=row.executed_at,
        executor_label=row.executor_label,
        withdrawn_reason=row.withdrawn_reason,
        orders=orders,
    )


def _order(row: BankOrder) -> OrderView:
    source = row.invoice if row.invoice is not None else row.booking
    assert source is not None  # noqa: S101 — by the constraint
    return OrderView(
        uuid=row.uuid,
        kind=row.kind,
        kind_label=row.get_kind_display(),
        source=source.uuid,
        number=source.number,
        party_name=row.party.name,
        amount=Money(row.amount_cents),
        account=Account(row.holder, row.iban, row.bic),
        text=row.text,
        creator_label=row.creator_label,
        created_at=row.created_at,
        reason=row.reason,
        mandate_reference=row.mandate_reference,
        mandate_signed_on=row.mandate_signed_on,
        mandate_kind=row.mandate_kind,
        sequence=row.sequence,
        is_seen=getattr(row.entry, "statement_line", None) is not None,
        returned_at=row.returned_at,
        returned_reason=row.returned_reason,
    )
