"""Money on the partnership's invoices: payments, waivers, corrections. Entries are only added.

Not here: charging and taking back (``services.invoicing``). What is recorded brings the town's standing up to date in
the same transaction: paid means normal at once.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from booking_core.identity.contracts import Actor
from booking_core.kernel.errors import InvalidInput, NotFound
from booking_core.kernel.money import Money
from design_system.templatetags.formats import euro
from subscriptions.contracts import FeeInvoiceRow
from subscriptions.errors import FeeClosed
from subscriptions.models import FeeEntry, FeeInvoice, Subscription
from subscriptions.queries.invoices import invoice_row
from subscriptions.services.invoicing import locked_invoice, post
from subscriptions.services.standing import locked_subscription, refresh_standing
from subscriptions.services.trail import record
from tenants.context import in_public


@dataclass(frozen=True, slots=True)
class Payment:
    """Money that came in. ``key`` makes a repeated request harmless."""

    amount: Money
    valued_on: date
    key: UUID
    text: str = ""


def record_payment(uuid: UUID, payment: Payment, *, actor: Actor, now: datetime) -> FeeInvoiceRow:
    """Note a payment of all or a part of an invoice. Raises InvalidInput by field, FeeClosed, NotFound."""
    today = timezone.localdate(now)
    if payment.amount.cents <= 0:
        raise InvalidInput(_("Geben Sie einen Betrag über null ein."), field="amount")
    if payment.valued_on > today:
        raise InvalidInput(_("Der Tag der Zahlung liegt in der Zukunft."), field="valued_on")
    with in_public(), transaction.atomic():
        row, invoice = _locked(uuid)
        if FeeEntry.objects.filter(key=payment.key).exists():
            return invoice_row(uuid, today=today)
        left = open_of(invoice)
        if left.cents <= 0:
            raise FeeClosed(_("Auf dieser Rechnung ist nichts mehr offen."))
        if payment.amount.cents > left.cents:
            raise InvalidInput(
                _("Offen sind nur %(amount)s. Eine Überzahlung gehört zurück oder auf eine andere Rechnung.")
                % {"amount": euro(left)},
                field="amount",
            )
        post(invoice, "payment", -payment.amount.cents, valued_on=payment.valued_on, text=payment.text,
             key=payment.key, actor=actor, now=now)  # fmt: skip
        data = {"number": invoice.number, "cents": payment.amount.cents}
        record("fee.payment_recorded", invoice.tenant_id, actor=actor, reason=payment.text, data=data)
        refresh_standing(row, today=today)
    return invoice_row(uuid, today=today)


def waive(uuid: UUID, *, reason: str, actor: Actor, now: datetime) -> FeeInvoiceRow:
    """Let what is open on an invoice go, with a reason. Raises InvalidInput, FeeClosed, NotFound."""
    today = timezone.localdate(now)
    if not reason.strip():
        raise InvalidInput(_("Geben Sie einen Grund an. Er steht im Protokoll."), field="reason")
    with in_public(), transaction.atomic():
        row, invoice = _locked(uuid)
        left = open_of(invoice)
        if left.cents <= 0:
            raise FeeClosed(_("Auf dieser Rechnung ist nichts mehr offen."))
        post(invoice, "waiver", -left.cents, valued_on=today, text=reason.strip()[:300], actor=actor, now=now)
        data = {"number": invoice.number, "cents": left.cents}
        record("fee.waived", invoice.tenant_id, actor=actor, reason=reason.strip(), data=data)
        refresh_standing(row, today=today)
    return invoice_row(uuid, today=today)


def reverse_entry(uuid: UUID, *, reason: str, actor: Actor, now: datetime) -> FeeInvoiceRow:
    """Take a payment or waiver back that was recorded by mistake. Raises InvalidInput, FeeClosed, NotFound."""
    today = timezone.localdate(now)
    if not reason.strip():
        raise InvalidInput(_("Geben Sie einen Grund an. Er steht im Protokoll."), field="reason")
    with in_public(), transaction.atomic():
        known = FeeEntry.objects.filter(uuid=uuid).select_related("invoice").defer("invoice__pdf").first()
        if known is None:
            raise NotFound(_("Diesen Eintrag gibt es nicht."))
        row, invoice = _locked(known.invoice.uuid)
        if known.kind not in {"payment", "waiver"} or FeeEntry.objects.filter(reverses=known).exists():
            raise FeeClosed(_("Dieser Eintrag lässt sich nicht (mehr) berichtigen."))
        post(invoice, "reversal", -known.amount_cents, valued_on=today, text=reason.strip()[:300],
             reverses=known, actor=actor, now=now)  # fmt: skip
        data = {"number": invoice.number, "cents": known.amount_cents}
        record("fee.entry_reversed", invoice.tenant_id, actor=actor, reason=reason.strip(), data=data)
        refresh_standing(row, today=today)
    return invoice_row(invoice.uuid, today=today)


def open_of(invoice: FeeInvoice) -> Money:
    """What is open on an invoice. Call in public, with the invoice locked."""
    found = FeeEntry.objects.filter(invoice=invoice).aggregate(cents=Sum("amount_cents"))
    return Money(found["cents"] or 0)


def _locked(uuid: UUID) -> tuple[Subscription, FeeInvoice]:
    """The town's row and the invoice, locked in this order. Raises NotFound."""
    tenant_id = FeeInvoice.objects.filter(uuid=uuid).values_list("tenant_id", flat=True).first()
    row = locked_subscription(tenant_id) if tenant_id is not None else None
    if row is None:
        raise NotFound(_("Diese Rechnung gibt es nicht."))
    return row, locked_invoice(uuid)
