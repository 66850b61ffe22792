"""One movement of the ledger with all that a file may tell of it, and its parts by tax case.

Not here: reading them (``queries.handover``), writing them (``csv_profile``, ``datev``).
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from booking_core.finance.exports.settings import TAX_CASE_LABELS, TaxCase
from booking_core.finance.models import EntryKind

_DOCUMENTS = frozenset({EntryKind.CHARGE, EntryKind.CANCELLATION})
CLAIM_KINDS = frozenset({*_DOCUMENTS, EntryKind.REMINDER, EntryKind.WRITE_OFF})


@dataclass(frozen=True, slots=True)
class TaxPart:
    """What of a document falls under one treatment. ``reason`` is the exemption's code, empty for taxed amounts."""

    net_cents: int
    tax_cents: int
    percent: Decimal
    reason: str = ""

    @property
    def case(self) -> TaxCase | None:
        """The tax case; None for a rate that has no account."""
        if self.reason:
            return TaxCase(self.reason)
        return {Decimal(19): TaxCase.RATE_19, Decimal(7): TaxCase.RATE_7}.get(self.percent)

    @property
    def label(self) -> str:
        case = self.case
        return str(TAX_CASE_LABELS[case]) if case else f"{self.percent.normalize():f} %".replace(".", ",")


@dataclass(frozen=True, slots=True)
class HandoverRow:
    """One entry of the ledger. ``cause`` is its kind, or the kind of the entry it takes back."""

    account: str
    kind: str
    cause: str
    way: str
    cents: int
    valued_on: date
    text: str
    party_id: int
    name: str
    number: str = ""
    reference: str = ""
    booking: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""
    subject: str = ""
    mandate: str = ""
    due_on: date | None = None
    supply_first_on: date | None = None
    supply_last_on: date | None = None
    taxes: tuple[TaxPart, ...] = ()

    @property
    def is_claim(self) -> bool:
        """Whether it says what is owed, and not what was paid."""
        return self.account == "fee" and self.cause in CLAIM_KINDS

    def parts(self) -> tuple[TaxPart, ...]:
        """A document by tax case, with the sign of the entry; nothing for other movements."""
        if self.kind not in _DOCUMENTS:
            return ()
        sign = 1 if self.cents > 0 else -1
        return tuple(
            TaxPart(sign * part.net_cents, sign * part.tax_cents, part.percent, part.reason)
            for part in self.taxes
        )
