"""What the room stores: the town's profile, numbers, documents, the ledger, bank statements."""

from booking_core.finance.models.bank import StatementLine, StatementState
from booking_core.finance.models.documents import Invoice, InvoiceKind, InvoiceLine, NumberRange
from booking_core.finance.models.ledger import Account, EntryKind, LedgerEntry, Way
from booking_core.finance.models.profile import FinanceProfile, InvoiceMoment

__all__ = [
    "Account",
    "EntryKind",
    "FinanceProfile",
    "Invoice",
    "InvoiceKind",
    "InvoiceLine",
    "InvoiceMoment",
    "LedgerEntry",
    "NumberRange",
    "StatementLine",
    "StatementState",
    "Way",
]
