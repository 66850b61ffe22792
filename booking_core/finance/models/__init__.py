"""What the room stores: the town's profile, numbers, documents, the ledger, bank statements, orders to the bank."""

from booking_core.finance.models.bank import StatementLine, StatementState
from booking_core.finance.models.bank_orders import BankOrder, OrderKind
from booking_core.finance.models.documents import Invoice, InvoiceKind, InvoiceLine, NumberRange
from booking_core.finance.models.ledger import Account, EntryKind, LedgerEntry, Way
from booking_core.finance.models.profile import FinanceProfile, InvoiceMoment

__all__ = [
    "Account",
    "BankOrder",
    "EntryKind",
    "FinanceProfile",
    "Invoice",
    "InvoiceKind",
    "InvoiceLine",
    "InvoiceMoment",
    "LedgerEntry",
    "NumberRange",
    "OrderKind",
    "StatementLine",
    "StatementState",
    "Way",
]
