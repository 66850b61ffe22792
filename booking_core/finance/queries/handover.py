"""What a town hands over to its treasury: the movements of a period, their sums, and how the files are to look.

Not here: writing the files (``finance.exports``), noting who took one (``services.handover``).
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from booking_core.finance.exports.rows import HandoverRow, TaxPart
from booking_core.finance.exports.settings import READY_PROFILES, CsvProfile, DatevSettings
from booking_core.finance.models import Account, EntryKind, FinanceProfile, LedgerEntry
from booking_core.identity.contracts import AuditRow
from booking_core.identity.queries import audit_rows
from booking_core.kernel.money import Money

_CONTENT = ("buyer", "taxes", "subject", "supply_first_on", "supply_last_on", "debit")
_COLUMNS = (
    "account", "kind", "reverses__kind", "way", "amount_cents", "valued_on", "text", "party_id", "party__name",
    "party__street", "party__postal_code", "party__city", "invoice__number", "invoice__reference", "invoice__due_on",
    "booking__number",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class HandoverSum:
    """All movements of one kind in an account."""

    account: str
    kind: str
    account_label: str
    kind_label: str
    count: int
    amount: Money


def handover_rows(first_on: date, last_on: date) -> tuple[HandoverRow, ...]:
    """The movements whose value lies in the period (both days included), in the order of the journal. One statement."""
    found = (
        LedgerEntry.objects.filter(valued_on__gte=first_on, valued_on__lte=last_on)
        .order_by("valued_on", "id")
        .values_list(*_COLUMNS, *(f"invoice__content__{name}" for name in _CONTENT))
    )
    return tuple(_row(values) for values in found)


def sums_of(rows: Sequence[HandoverRow]) -> tuple[HandoverSum, ...]:
    """What these movements come to, by account and kind, in the order of the month's page."""
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row in rows:
        found[row.account, row.kind].append(row.cents)
    return tuple(
        HandoverSum(
            account,
            kind,
            str(Account(account).label),
            str(EntryKind(kind).label),
            len(cents),
            Money(sum(cents)),
        )
        for (account, kind), cents in sorted(found.items(), key=lambda one: (one[0][0] != "fee", one[0]))
    )


def csv_profiles() -> tuple[CsvProfile, ...]:
    """The town's CSV profiles; the ready ones until it has made its own. One statement."""
    stored = FinanceProfile.objects.values_list("csv_profiles", flat=True).first()
    return READY_PROFILES if stored is None else tuple(CsvProfile.model_validate(one) for one in stored)


def datev_settings() -> DatevSettings | None:
    """The town's accounts; None until it has named them. One statement."""
    stored = FinanceProfile.objects.values_list("datev", flat=True).first()
    return DatevSettings.model_validate(stored) if stored else None


def past_handovers(*, limit: int = 20) -> tuple[AuditRow, ...]:
    """Who took which file when, newest first. One statement."""
    return audit_rows(subject_type="handover", subject_id="", limit=limit)


def _row(values: tuple[Any, ...]) -> HandoverRow:
    entry = dict(zip((*_COLUMNS, *_CONTENT), values, strict=True))
    buyer = entry["buyer"] or {}
    return HandoverRow(
        account=entry["account"],
        kind=entry["kind"],
        cause=entry["reverses__kind"] or entry["kind"],
        way=entry["way"],
        cents=entry["amount_cents"],
        valued_on=entry["valued_on"],
        text=entry["text"],
        party_id=entry["party_id"],
        name=buyer.get("name") or entry["party__name"],
        number=entry["invoice__number"] or "",
        reference=entry["invoice__reference"] or "",
        booking=entry["booking__number"] or "",
        street=buyer.get("street", entry["party__street"]),
        postal_code=buyer.get("postal_code", entry["party__postal_code"]),
        city=buyer.get("city", entry["party__city"]),
        subject=entry["subject"] or "",
        mandate=(entry["debit"] or {}).get("mandate_reference", ""),
        due_on=entry["invoice__due_on"] if entry["kind"] == EntryKind.CHARGE else None,
        supply_first_on=_day(entry["supply_first_on"]),
        supply_last_on=_day(entry["supply_last_on"]),
        taxes=tuple(
            TaxPart(one["net_cents"], one["tax_cents"], Decimal(one["percent"]), one.get("exemption") or "")
            for one in entry["taxes"] or ()
        ),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
