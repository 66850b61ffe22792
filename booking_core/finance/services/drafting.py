"""From a draft to everything that stands on the invoice: tax worked out, sums checked.

Values in, values out. Not here: numbers and rows (``invoicing``).
"""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from booking_core.engines.tax import (
    ContradictsStatus,
    TaxLine,
    TaxPeriod,
    TaxSums,
    Treatment,
    add_up,
    period_on,
    treatment_of,
    without_mixture,
)
from booking_core.finance.contracts import DraftLine, InvoiceDraft, ProfileView
from booking_core.finance.errors import NothingToBill, TaxContradiction
from booking_core.finance.paper.content import Paper, PaperDebit, PaperLine, PaperParty, PaperTax, Payee
from booking_core.identity.contracts import Mandate
from booking_core.kernel.errors import InvalidInput

_SMALL_INVOICE_CENTS = 25_000  # § 33 UStDV: up to here an invoice need not name the buyer's address
_CENTS_PER_EURO = 100


def write_paper(
    draft: InvoiceDraft,
    profile: ProfileView,
    *,
    seller: PaperParty,
    number: str,
    reference: str,
    issued_on: date,
    mandate: Mandate | None = None,
) -> Paper:
    """The invoice as it will stand; with a ``mandate`` it announces the debit.

    Raises NothingToBill, TaxContradiction, InvalidInput.
    """
    if not draft.lines or draft.expected_cents <= 0:
        raise NothingToBill(_("Für diese Buchung ist nichts zu berechnen."))
    treatments, sums = taxed(draft, profile.tax_periods)
    _refuse_odd_sums(sums, draft)
    return Paper(
        kind="invoice",
        number=number,
        reference=reference,
        language=draft.language,
        issued_on=issued_on,
        due_on=issued_on + timedelta(days=profile.payment_days),
        supply_first_on=draft.supply_first_on,
        supply_last_on=draft.supply_last_on,
        seller=seller,
        buyer=draft.buyer,
        payee=Payee(
            name=profile.creditor_name,
            iban=profile.iban if profile.accepts_transfer else "",
            bic=profile.bic,
            bank_name=profile.bank_name,
        ),
        lines=tuple(
            _line(line, treatment, net)
            for line, treatment, net in zip(draft.lines, treatments, sums.line_nets, strict=True)
        ),
        taxes=tuple(
            PaperTax(
                category=group.treatment.category,
                percent=group.treatment.percent,
                net_cents=group.net_cents,
                tax_cents=group.tax_cents,
                exemption=group.treatment.exemption,
            )
            for group in sums.groups
        ),
        net_cents=sums.net_cents,
        tax_cents=sums.tax_cents,
        gross_cents=sums.gross_cents,
        subject=draft.subject,
        closing=profile.closing_text,
        buyer_reference=draft.buyer_reference,
        debit=_debit(mandate, profile, issued_on),
    )


def _debit(mandate: Mandate | None, profile: ProfileView, issued_on: date) -> PaperDebit | None:
    if mandate is None:
        return None
    return PaperDebit(
        creditor_id=profile.creditor_id,
        mandate_reference=mandate.reference,
        iban=mandate.iban,
        holder=mandate.holder,
        collect_on=issued_on + timedelta(days=profile.payment_days),
    )


def write_cancellation(paper: Paper, *, number: str, reference: str, issued_on: date, reason: str) -> Paper:
    """The document that takes ``paper`` back, with the same lines."""
    return paper.model_copy(
        update={
            "kind": "cancellation",
            "number": number,
            "reference": reference,
            "issued_on": issued_on,
            "due_on": issued_on,
            "cancels_number": paper.number,
            "cancels_issued_on": paper.issued_on,
            "reason": reason,
            "debit": None,
        }
    )


def taxed(draft: InvoiceDraft, periods: Sequence[TaxPeriod]) -> tuple[tuple[Treatment, ...], TaxSums]:
    """The tax of each line by the town's status on the last day of use, and what it adds up to.

    Raises TaxContradiction.
    """
    period = period_on(periods, draft.supply_last_on)
    try:
        treatments = without_mixture(
            [treatment_of(line.percent, period, is_gross=line.is_gross) for line in draft.lines]
        )
    except ContradictsStatus as fault:
        raise TaxContradiction(
            _(
                "Die Satzung rechnet mit Umsatzsteuer, die Kommune weist aber keine aus. "
                "Bitte prüfen Sie den Steuerstatus unter „Zahlung und Rechnung“."
            )
        ) from fault
    lines = zip(draft.lines, treatments, strict=True)
    return treatments, add_up([TaxLine(line.cents, one, is_gross=line.is_gross) for line, one in lines])


def _refuse_odd_sums(sums: TaxSums, draft: InvoiceDraft) -> None:
    if sums.gross_cents != draft.expected_cents:
        raise NothingToBill(
            _("Die Zeilen ergeben nicht den Preis der Buchung. Bitte prüfen Sie die Satzung."),
            context={"lines_cents": sums.gross_cents, "expected_cents": draft.expected_cents},
        )
    has_address = draft.buyer.street and draft.buyer.postal_code and draft.buyer.city
    if sums.tax_cents and sums.gross_cents > _SMALL_INVOICE_CENTS and not has_address:
        raise InvalidInput(
            _("Für eine Rechnung mit Umsatzsteuer über 250 Euro fehlt die Anschrift der Kundschaft."),
            field="street",
        )


def _line(line: DraftLine, treatment: Treatment, net_cents: int) -> PaperLine:
    quantity, unit_net = _quantity(line, treatment, net_cents)
    return PaperLine(
        label=line.label,
        detail=line.detail,
        paragraph=line.paragraph,
        booking_number=line.booking_number,
        booking_id=line.booking_id,
        quantity=quantity,
        unit_label=line.unit_label if quantity not in {1, -1} or line.quantity == 1 else "",
        unit_net_cents=unit_net,
        net_cents=net_cents,
        shown_cents=line.cents,
        category=treatment.category,
        percent=treatment.percent,
        is_own=line.is_own,
    )


def _quantity(line: DraftLine, treatment: Treatment, net_cents: int) -> tuple[Decimal, Decimal]:
    """Quantity and net unit price. Where they would not give the amount (a factor, tax inside), one of the whole.

    A unit price is never negative (EN 16931, BR-27); credits count minus one.
    """
    if net_cents < 0:
        return Decimal(-1), Decimal(-net_cents)
    is_plain = not (line.is_gross and treatment.percent)
    if is_plain and line.unit_price is not None and line.quantity > 0:
        unit_cents = line.unit_price * _CENTS_PER_EURO
        if unit_cents >= 0 and unit_cents * line.quantity == net_cents:
            return line.quantity, unit_cents
    return Decimal(1), Decimal(net_cents)
