"""Everything that stands on an invoice, as plain values: stored with it, and the source of its files.

Not here: how the amounts came about (``services.drafting``), the formats (``xml``, ``pdf``).
"""

from datetime import date
from decimal import Decimal

from pydantic import BaseModel, ConfigDict

from booking_core.engines.tax import Exemption


class Plain(BaseModel):
    """Values that never change and survive JSON unharmed."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class PaperParty(Plain):
    """Who writes or gets an invoice. ``register_id``: the municipality key, or another public number."""

    name: str
    second_name: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""
    email: str = ""
    phone: str = ""
    contact: str = ""
    register_id: str = ""
    tax_number: str = ""
    vat_id: str = ""


class PaperLine(Plain):
    """One line. ``quantity`` × ``unit_net_cents`` gives ``net_cents`` up to rounding; credits count negative."""

    label: str
    detail: str = ""
    paragraph: str = ""
    booking_number: str = ""
    booking_id: int | None = None
    quantity: Decimal = Decimal(1)
    unit_label: str = ""
    unit_net_cents: Decimal
    net_cents: int
    shown_cents: int
    category: str
    percent: Decimal = Decimal(0)
    is_own: bool = False


class PaperTax(Plain):
    """All lines of one treatment: net amount, tax, and the reason where no tax is due."""

    category: str
    percent: Decimal
    net_cents: int
    tax_cents: int
    exemption: Exemption | None = None


class Payee(Plain):
    """Where to pay. Without an IBAN the invoice is paid on site."""

    name: str
    iban: str = ""
    bic: str = ""
    bank_name: str = ""


class PaperDebit(Plain):
    """The announcement of a SEPA debit: from which account, by which mandate, not before which day."""

    creditor_id: str
    mandate_reference: str
    iban: str
    holder: str
    collect_on: date


class Paper(Plain):
    """One invoice or cancellation. Amounts of a cancellation are positive: it takes back what it names.

    ``buyer_reference`` is the Leitweg-ID of a public buyer; with it the XML is an XRechnung.
    """

    kind: str
    number: str
    reference: str
    language: str
    issued_on: date
    due_on: date
    supply_first_on: date
    supply_last_on: date
    seller: PaperParty
    buyer: PaperParty
    payee: Payee
    lines: tuple[PaperLine, ...]
    taxes: tuple[PaperTax, ...]
    net_cents: int
    tax_cents: int
    gross_cents: int
    subject: str
    closing: str = ""
    cancels_number: str = ""
    cancels_issued_on: date | None = None
    reason: str = ""
    buyer_reference: str = ""
    debit: PaperDebit | None = None

    @property
    def is_cancellation(self) -> bool:
        return self.kind == "cancellation"

    @property
    def has_tax_shown(self) -> bool:
        return any(group.category == "S" for group in self.taxes)
