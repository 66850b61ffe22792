"""Sample invoices for the tests of their formats; the towns and people are invented."""

from datetime import date
from decimal import Decimal

from booking_core.engines.tax import Exemption, TaxLine, Treatment, add_up, without_mixture
from booking_core.finance.paper.content import Paper, PaperLine, PaperParty, PaperTax, Payee

SELLER = PaperParty(
    name="Gemeinde Musterstadt", street="Am Markt 1", postal_code="24392", city="Musterstadt",
    email="rathaus@musterstadt.example", phone="04641 1234", contact="Kasse", register_id="01059083",
    tax_number="21/234/56789", vat_id="DE123456789",
)  # fmt: skip
BUYER = PaperParty(
    name="Sportverein Grün-Weiß e. V.", second_name="Erika Beispiel", street="Sportweg 2", postal_code="24392",
    city="Musterstadt", email="verein@example.org",
)  # fmt: skip
PAYEE = Payee(
    name="Gemeinde Musterstadt", iban="DE02120300000000202051", bic="BYLADEM1001", bank_name="Musterbank"
)
NOT_TAXABLE = Treatment("O", exemption=Exemption.NOT_TAXABLE)
LETTING = Treatment("E", exemption=Exemption.LETTING)
FULL = Treatment("S", Decimal(19))
REDUCED = Treatment("S", Decimal(7))


def paper_of(
    *amounts: tuple[str, int, Treatment], kind: str = "invoice", language: str = "de", leitweg: str = "",
    payee: Payee = PAYEE,
) -> Paper:  # fmt: skip
    """An invoice over (label, gross cents, treatment) lines."""
    treatments = without_mixture([treatment for _, _, treatment in amounts])
    sums = add_up(
        [TaxLine(cents, treatment) for (_, cents, _), treatment in zip(amounts, treatments, strict=True)]
    )
    lines = tuple(
        PaperLine(
            label=label,
            paragraph="§ 3 Abs. 1",
            booking_number="2026-000012",
            quantity=Decimal(1) if net >= 0 else Decimal(-1),
            unit_net_cents=Decimal(abs(net)),
            net_cents=net,
            shown_cents=cents,
            category=treatment.category,
            percent=treatment.percent,
        )
        for (label, cents, _), treatment, net in zip(amounts, treatments, sums.line_nets, strict=True)
    )
    is_cancellation = kind == "cancellation"
    return Paper(
        kind=kind,
        number="R-2026-000017",
        reference="RF10BK2026000017",
        language=language,
        issued_on=date(2026, 9, 1),
        due_on=date(2026, 9, 15),
        supply_first_on=date(2026, 9, 12),
        supply_last_on=date(2026, 9, 13),
        seller=SELLER,
        buyer=BUYER,
        payee=payee,
        lines=lines,
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
        subject="Buchung 2026-000012: Sommerfest, Großer Saal",
        closing="Vielen Dank.",
        cancels_number="R-2026-000016" if is_cancellation else "",
        cancels_issued_on=date(2026, 8, 20) if is_cancellation else None,
        reason="Auf Wunsch storniert" if is_cancellation else "",
        buyer_reference=leitweg,
    )
