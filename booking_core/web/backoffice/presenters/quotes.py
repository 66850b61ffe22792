"""A stored quote for people who must defend it: lines, every rule that spoke or stayed silent, reasons.

Not here: working a price out (``engines.ordinance``), the citizen's shorter view (``web.citizen``).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from booking_core.engines.ordinance import (
    Document,
    LocalizedText,
    Outcome,
    PriceLine,
    Quote,
    RuleLine,
    Step,
    quote_from_data,
    rule_lines,
)
from booking_core.web.citizen.presenters.prices import SHARES, share_words
from booking_core.web.tariffs.line_reasons import line_reasons
from design_system.contracts import Cell, Column, PriceRow, PriceTable, Table
from design_system.templatetags.formats import euro, long_date


@dataclass(frozen=True, slots=True)
class QuoteView:
    """What a page prints of a quote. ``outcome_tone`` is a badge's tone; ``reasons`` are whole sentences.

    ``applied`` and ``silent`` together are the whole derivation: rules that spoke, rules that did not and why.
    """

    outcome: str
    outcome_tone: str
    reasons: tuple[str, ...]
    price: PriceTable
    applied: Table
    silent: Table


def in_words(text: LocalizedText) -> str:
    """The text in the language of the page."""
    return text.in_language(get_language() or "de")


def stored_quote_view(
    data: dict[str, object], *, document: Document | None = None, source: str = "", source_url: str = ""
) -> QuoteView | None:
    """The quote kept with a booking; None where the booking has none (no ordinance was in force)."""
    if not data:
        return None
    return quote_view(quote_from_data(data), document=document, source=source, source_url=source_url)


def quote_view(
    quote: Quote,
    *,
    document: Document | None = None,
    source: str = "",
    source_url: str = "",
    is_settled: bool = False,
) -> QuoteView:
    """``quote`` ready to print; ``source`` names the ordinance and version, ``document`` the rules behind it.

    ``is_settled``: the use is over, so nothing is still to be settled.
    """
    label, tone = _outcome(quote.outcome)
    rules = rule_lines(document) if document is not None else {}
    return QuoteView(
        outcome=label,
        outcome_tone=tone,
        reasons=tuple(_reason(in_words(reason.text), reason.paragraph) for reason in quote.reasons),
        price=PriceTable(
            rows=[_price_row(line, is_settled=is_settled) for line in quote.lines],
            total=euro(quote.total) if quote.fee_known else _("kein Entgelt geregelt"),
            deposit=_deposit(quote),
            deposit_note=_("wird mit dem Entgelt verrechnet") if quote.deposit_set_off else _("kommt zurück"),
            tax_note=_due(quote),
            source_label=source,
            source_url=source_url,
        ),
        applied=_steps(_("Regeln, die galten"), [one for one in quote.derivation if one.applied], rules),
        silent=_steps(
            _("Regeln, die nicht galten, und warum"),
            [one for one in quote.derivation if not one.applied],
            rules,
        ),
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


def _price_row(line: PriceLine, *, is_settled: bool) -> PriceRow:
    unit = in_words(line.unit_label) or line.unit
    quantity = f"{number_format(line.quantity.normalize())} × {unit}, {euro(line.unit_price)}"
    if line.unit in SHARES:
        quantity = share_words(line)
    if line.factor != 1:
        quantity += f" × {number_format(line.factor.normalize())}"
    if line.after_use:
        when = _("nach der Nutzung erfasst") if is_settled else _("wird nach der Nutzung abgerechnet")
        quantity += f" · {when}"
    return PriceRow(
        label=in_words(line.label),
        amount=euro(line.amount),
        quantity=quantity,
        paragraph=line.paragraph,
        explanation=in_words(line.explanation),
        is_credit=line.amount.cents < 0,
        why=line_reasons(line),
    )


def _deposit(quote: Quote) -> str:
    if not quote.deposit_known:
        return _("fällig, Höhe nicht veröffentlicht")
    return euro(quote.deposit) if quote.deposit else ""


def _due(quote: Quote) -> str:
    if quote.payment_due_on is None:
        return ""
    return _("zu zahlen bis %(day)s") % {"day": long_date(quote.payment_due_on)}


def _steps(caption: str, steps: Sequence[Step], rules: Mapping[str, RuleLine]) -> Table:
    return Table(
        caption=caption,
        is_dense=True,
        is_stacked=True,
        columns=[Column(_("Regel")), Column(_("Was daraus wurde"))],
        rows=[
            [_rule_cell(step, rules.get(step.rule)), Cell(in_words(step.text), note=step.paragraph)]
            for step in steps
        ],
    )


def _rule_cell(step: Step, rule: RuleLine | None) -> Cell:
    """The rule by its name, with what it says; its id where the document is not at hand."""
    if rule is None:
        return Cell(step.rule)
    says = in_words(rule.says)
    return Cell(
        in_words(rule.title), note=f"{in_words(rule.section)}: {says}" if says else in_words(rule.section)
    )
