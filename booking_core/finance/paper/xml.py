"""An invoice as EN 16931 XML (CII, ZUGFeRD profile EN 16931); as XRechnung where the buyer has a Leitweg-ID.

Not here: the PDF around it (``pdf``). Terms BT-… and rules BR-… are those of EN 16931-1.
"""

from decimal import Decimal

from django.utils import translation
from drafthorse.models.accounting import ApplicableTradeTax
from drafthorse.models.document import Document
from drafthorse.models.note import IncludedNote
from drafthorse.models.party import TaxRegistration, TradeParty
from drafthorse.models.payment import PaymentMeans, PaymentTerms
from drafthorse.models.tradelines import LineItem

from booking_core.finance.paper.content import Paper, PaperLine, PaperParty, PaperTax
from booking_core.finance.paper.wording import exemption_words

EN_16931 = "urn:cen.eu:en16931:2017"
XRECHNUNG = f"{EN_16931}#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0"
PEPPOL_BILLING = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
_INVOICE, _CREDIT_NOTE = "380", "381"
_SEPA_TRANSFER, _SEPA_DEBIT, _IN_CASH = "58", "59", "10"
_PIECE = "C62"
_EMAIL = "EM"


def invoice_xml(paper: Paper) -> bytes:
    """The document as UTF-8 XML, valid against the schema and the business rules of EN 16931."""
    document = Document()
    with translation.override(paper.language):
        _write_header(document, paper)
        _write_parties(document, paper)
        for position, line in enumerate(paper.lines, start=1):
            document.trade.items.add(_line(position, line))
        _write_settlement(document, paper)
    return bytes(document.serialize(schema="FACTUR-X_EN16931"))


def _write_header(document: Document, paper: Paper) -> None:
    context, header = document.context, document.header
    context.guideline_parameter.id = XRECHNUNG if paper.buyer_reference else EN_16931
    if paper.buyer_reference:
        context.business_parameter.id = PEPPOL_BILLING
    header.id = paper.number
    header.type_code = _CREDIT_NOTE if paper.is_cancellation else _INVOICE
    header.issue_date_time = paper.issued_on
    for words in (paper.subject, paper.reason, paper.closing):
        if words:
            note = IncludedNote()
            note.content = words
            header.notes.add(note)


def _write_parties(document: Document, paper: Paper) -> None:
    agreement = document.trade.agreement
    if paper.buyer_reference:
        agreement.buyer_reference = paper.buyer_reference
    seller = agreement.seller
    _write_party(seller, paper.seller)
    seller.id = paper.seller.register_id
    if paper.seller.contact or paper.seller.phone or paper.seller.email:
        seller.contact.person_name = paper.seller.contact or paper.seller.name
        seller.contact.telephone.number = paper.seller.phone
        seller.contact.email.address = paper.seller.email
    if paper.seller.tax_number:
        seller.tax_registrations.add(TaxRegistration(id=("FC", paper.seller.tax_number)))
    # BR-O-02: what is outside the scope of tax must not name a VAT id.
    if paper.seller.vat_id and not any(group.category == "O" for group in paper.taxes):
        seller.tax_registrations.add(TaxRegistration(id=("VA", paper.seller.vat_id)))
    _write_party(agreement.buyer, paper.buyer)


def _write_party(party: TradeParty, known: PaperParty) -> None:
    party.name = known.name
    if known.second_name:
        party.address.line_two = known.second_name
    party.address.line_one = known.street
    party.address.postcode = known.postal_code
    party.address.city_name = known.city
    party.address.country_id = "DE"
    if known.email:
        party.electronic_address.uri_ID = (_EMAIL, known.email)


def _line(position: int, line: PaperLine) -> LineItem:
    item = LineItem()
    item.document.line_id = str(position)
    item.product.name = line.label
    description = "\n".join(words for words in (line.detail, line.paragraph, line.booking_number) if words)
    if description:
        item.product.description = description
    item.agreement.net.amount = (line.unit_net_cents / 100).quantize(Decimal("0.000001"))
    item.agreement.net.basis_quantity = (Decimal(1), _PIECE)
    item.delivery.billed_quantity = (line.quantity, _PIECE)
    tax = item.settlement.trade_tax
    tax.type_code = "VAT"
    tax.category_code = line.category
    if line.category != "O":
        tax.rate_applicable_percent = line.percent
    item.settlement.monetary_summation.total_amount = _euros(line.net_cents)
    return item


def _write_settlement(document: Document, paper: Paper) -> None:
    trade = document.trade
    trade.delivery.event.occurrence = paper.supply_last_on
    settlement = trade.settlement
    settlement.currency_code = "EUR"
    settlement.payment_reference = paper.reference
    if paper.debit is not None:
        settlement.creditor_reference_id = paper.debit.creditor_id
    settlement.payment_means.add(_payment_means(paper))
    for group in paper.taxes:
        settlement.trade_tax.add(_tax(group))
    if paper.supply_first_on != paper.supply_last_on:
        settlement.period.start = paper.supply_first_on
        settlement.period.end = paper.supply_last_on
    settlement.terms.add(_terms(paper))
    if paper.cancels_number:
        settlement.invoice_referenced_document.issuer_assigned_id = paper.cancels_number
        settlement.invoice_referenced_document.issue_date_time = paper.cancels_issued_on
    sums = settlement.monetary_summation
    sums.line_total = sums.tax_basis_total = _euros(paper.net_cents)
    sums.charge_total = sums.allowance_total = Decimal("0.00")
    sums.tax_total = (_euros(paper.tax_cents), "EUR")
    sums.grand_total = sums.due_amount = _euros(paper.gross_cents)


def _payment_means(paper: Paper) -> PaymentMeans:
    means = PaymentMeans()
    if paper.debit is not None:
        means.type_code = _SEPA_DEBIT
        means.payer_account.iban = paper.debit.iban
        return means
    means.type_code = _SEPA_TRANSFER if paper.payee.iban else _IN_CASH
    if paper.payee.iban:
        means.payee_account.iban = paper.payee.iban
        means.payee_account.account_name = paper.payee.name
        if paper.payee.bic:
            means.payee_institution.bic = paper.payee.bic
    return means


def _tax(group: PaperTax) -> ApplicableTradeTax:
    tax = ApplicableTradeTax()
    tax.calculated_amount = _euros(group.tax_cents)
    tax.type_code = "VAT"
    tax.basis_amount = _euros(group.net_cents)
    tax.category_code = group.category
    if group.category != "O":
        tax.rate_applicable_percent = group.percent
    if group.exemption is not None:
        tax.exemption_reason = exemption_words(group.exemption)
    return tax


def _terms(paper: Paper) -> PaymentTerms:
    terms = PaymentTerms()
    terms.due = paper.due_on
    if paper.debit is not None:
        terms.debit_mandate_id = paper.debit.mandate_reference
    return terms


def _euros(cents: int) -> Decimal:
    return (Decimal(cents) / 100).quantize(Decimal("0.01"))
