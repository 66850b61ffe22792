"""What the room stores: profile, numbers, documents, ledger, bank statements, orders to the bank, payments online."""

from booking_core.finance.models.bank import StatementLine, StatementState
from booking_core.finance.models.bank_orders import BankOrder, OrderKind
from booking_core.finance.models.documents import Invoice, InvoiceKind, InvoiceLine, NumberRange
from booking_core.finance.models.ledger import Account, EntryKind, LedgerEntry, Way
from booking_core.finance.models.payments import (
    Payment,
    PaymentEvent,
    PaymentKind,
    PaymentPurpose,
    PaymentState,
    PaymentTrouble,
)
from booking_core.finance.models.profile import DepositOnline, FinanceProfile, InvoiceMoment

__all__ = [
    "Account",
    "BankOrder",
    "DepositOnline",
    "EntryKind",
    "FinanceProfile",
    "Invoice",
    "InvoiceKind",
    "InvoiceLine",
    "InvoiceMoment",
    "LedgerEntry",
    "NumberRange",
    "OrderKind",
    "Payment",
    "PaymentEvent",
    "PaymentKind",
    "PaymentPurpose",
    "PaymentState",
    "PaymentTrouble",
    "StatementLine",
    "StatementState",
    "Way",
]
