"""A stored quote for people who must defend it: lines, every rule that spoke or stayed silent, reasons.

Not here: working a price out (``engines.ordinance``), the citizen's shorter view (``web.citizen``).
"""

from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from booking_core.engines.ordinance import LocalizedText, Outcome, PriceLine, Quote, quote_from_data
from design_system.contracts import Cell, Column, PriceRow, PriceTable, Table
from design_system.templatetags.formats import euro, long_date


@dataclass(frozen=True, slots=True)
class QuoteView:
    """What a page prints of a quote. ``outcome_tone`` is a badge's tone; ``reasons`` are whole sentences."""

    outcome: str
    outcome_tone: str
    reasons: tuple[str, ...]
    price: PriceTable
    derivation: Table
    silent_count: int


def in_words(text: LocalizedText) -> str:
    """The text in the language of the page."""
    return text.in_language(get_language() or "de")


def stored_quote_view(data: dict[str, object], *, source: str = "", source_url: str = "") -> QuoteView | None:
    """The quote kept with a booking; None where the booking has none (no ordinance was in force)."""
    return quote_view(quote_from_data(data), source=source, source_url=source_url) if data else None


def quote_view(quote: Quote, *, source: str = "", source_url: str = "") -> QuoteView:
    """``quote`` ready to print; ``source`` names the ordinance and version."""
    label, tone = _outcome(quote.outcome)
    return QuoteView(
        outcome=label,
        outcome_tone=tone,
        reasons=tuple(_reason(in_words(reason.text), reason.paragraph) for reason in quote.reasons),
        price=PriceTable(
            rows=[_price_row(line) for line in quote.lines],
            total=euro(quote.total) if quote.fee_known else _("kein Entgelt geregelt"),
            deposit=_deposit(quote),
            deposit_note=_("wird mit dem Entgelt verrechnet") if quote.deposit_set_off else _("kommt zurück"),
            tax_note=_due(quote),
            source_label=source,
            source_url=source_url,
        ),
        derivation=_derivation(quote),
        silent_count=sum(not step.applied for step in quote.derivation),
    )


def _outcome(outcome: Outcome) -> tuple[str, str]:
    words = {
        Outcome.ACCEPTED: (_("Nach den Regeln zulässig"), "success"),
        Outcome.NEEDS_DECISION: (_("Braucht Ihre Entscheidung"), "warning"),
        Outcome.REFUSED: (_("Nach den Regeln nicht zulässig"), "danger"),
        Outcome.RULE_VIOLATION: (_("Verstößt gegen eine Regel"), "danger"),
        Outcome.CANCELLED: (_("Storniert"), "neutral"),
    }
    return words[outcome]


def _reason(text: str, paragraph: str) -> str:
    return f"{text} ({paragraph})" if paragraph else text


def _price_row(line: PriceLine) -> PriceRow:
    unit = in_words(line.unit_label) or line.unit
    quantity = f"{number_format(line.quantity.normalize())} × {unit}, {euro(line.unit_price)}"
    if line.factor != 1:
        quantity += f" × {number_format(line.factor.normalize())}"
    if line.after_use:
        quantity += f" · {_('wird nach der Nutzung abgerechnet')}"
    return PriceRow(
        label=in_words(line.label),
        amount=euro(line.amount),
        quantity=quantity,
        paragraph=line.paragraph,
        explanation=in_words(line.explanation),
        is_credit=line.amount.cents < 0,
    )


def _deposit(quote: Quote) -> str:
    if not quote.deposit_known:
        return _("fällig, Höhe nicht veröffentlicht")
    return euro(quote.deposit) if quote.deposit else ""


def _due(quote: Quote) -> str:
    if quote.payment_due_on is None:
        return ""
    return _("zu zahlen bis %(day)s") % {"day": long_date(quote.payment_due_on)}


def _derivation(quote: Quote) -> Table:
    return Table(
        caption=_("Alle Regeln, die geprüft wurden"),
        is_dense=True,
        columns=[Column(_("Regel")), Column(_("Ergebnis")), Column(_("Fundstelle"))],
        rows=[
            [
                in_words(step.text),
                Cell(_("angewendet"), tone="success")
                if step.applied
                else Cell(_("trifft nicht zu"), tone="neutral"),
                step.paragraph,
            ]
            for step in quote.derivation
        ],
    )
