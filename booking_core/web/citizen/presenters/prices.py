"""Quotes and price tables in words.

Not here: working out a price (``engines.ordinance``).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from booking_core.engines.ordinance import LocalizedText, Outcome, PriceLine, Quote
from booking_core.kernel.money import Money
from booking_core.ordinances.contracts import PriceTable as TariffTable
from booking_core.web.tariffs.line_reasons import line_reasons
from design_system.contracts import PriceRow, PriceTable
from design_system.templatetags.formats import active_language, euro

SHARES = frozenset({"vat", "percent"})  # units whose quantity is a share of other lines


@dataclass(frozen=True, slots=True)
class PriceSentence:
    """A price as a list shows it: the figure and what belongs beside it."""

    figure: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why the ordinance does not simply accept a wish; ``field`` is the form's field to change."""

    text: str
    paragraph: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class TariffLine:
    """One row of "what it costs": for whom, how much, on what ground."""

    who: str
    price: str
    note: str
    paragraph: str


@dataclass(frozen=True, slots=True)
class TariffSection:
    """What one thing costs and the rules that come with it."""

    title: str
    source: str
    lines: tuple[TariffLine, ...]
    rules: tuple[tuple[str, str], ...]


def in_words(text: LocalizedText) -> str:
    """``text`` in the language of the page."""
    return text.in_language(active_language())


def price_sentence(quote: Quote | None) -> PriceSentence:
    """What a wish costs, in one line."""
    if quote is None or not quote.fee_known:
        return PriceSentence(_("Preis legt die Verwaltung fest"))
    note = _("zuzüglich %(deposit)s Kaution") % {"deposit": euro(quote.deposit)} if quote.deposit else ""
    return PriceSentence(euro(quote.total) if quote.total else _("kostenlos"), note)


def price_table(quote: Quote, *, source: str = "") -> PriceTable:
    """The quote line by line, each with its paragraph, and how it came about."""
    return PriceTable(
        rows=[_row(line) for line in quote.lines],
        total=euro(quote.total) if quote.total or quote.lines else _("kostenlos"),
        deposit=_deposit(quote),
        tax_note=_tax_note(quote.lines),
        steps=[_step(step.text, step.paragraph) for step in quote.derivation if step.applied],
        source_label=source,
    )


def stored_price_table(quote: Quote | None, total: Money, deposit: Money) -> PriceTable:
    """The price of a booking: its stored derivation, or only the sums where a clerk named them."""
    if quote is not None and quote.lines:
        return price_table(quote)
    return PriceTable(
        rows=[], total=euro(total) if total else _("kostenlos"), deposit=euro(deposit) if deposit else ""
    )


def refusals(quote: Quote | None) -> tuple[Refusal, ...]:
    """Why the wish cannot be booked as it is; empty where it can, or where a clerk decides."""
    if quote is None or quote.outcome not in {Outcome.REFUSED, Outcome.RULE_VIOLATION}:
        return ()
    found = tuple(Refusal(in_words(one.text), one.paragraph, one.field) for one in quote.reasons)
    return found or (Refusal(_("Die Satzung lässt diese Buchung nicht zu.")),)


def decisions(quote: Quote | None) -> tuple[Refusal, ...]:
    """What a clerk will have to decide."""
    if quote is None or quote.outcome is not Outcome.NEEDS_DECISION:
        return ()
    return tuple(Refusal(in_words(one.text), one.paragraph) for one in quote.reasons)


def tariff_sections(tables: Iterable[TariffTable]) -> tuple[TariffSection, ...]:
    """What a resource costs in words, one section per thing the ordinance names."""
    return tuple(_section(table) for table in tables)


def _section(table: TariffTable) -> TariffSection:
    return TariffSection(
        title=table.label_en if active_language() == "en" else table.label_de,
        source=table.ordinance_name,
        lines=tuple(
            TariffLine(
                who=", ".join(in_words(one.label) for one in (row.group, row.purpose) if one) or _("Alle"),
                price=in_words(row.price),
                note=in_words(row.note),
                paragraph=row.paragraph,
            )
            for row in table.rows
        ),
        rules=tuple(dict.fromkeys((in_words(rule.text), rule.paragraph) for rule in table.rules)),
    )


def _row(line: PriceLine) -> PriceRow:
    explanation = in_words(line.explanation)
    if line.after_use:
        explanation = f"{explanation} {_('Das wird nach der Nutzung abgerechnet.')}".strip()
    return PriceRow(
        label=in_words(line.label),
        amount=euro(line.amount),
        quantity=_quantity(line),
        paragraph=line.paragraph,
        explanation=explanation,
        is_credit=line.amount.cents < 0,
        why=line_reasons(line),
    )


def _quantity(line: PriceLine) -> str:
    if line.quantity == 1 and line.factor == 1:
        return in_words(line.unit_label)
    if line.unit in SHARES:
        return share_words(line)
    words = f"{figure(line.quantity)} × {euro(line.unit_price)}"
    if line.factor != 1:
        words += f" × {figure(line.factor)}"
    unit = in_words(line.unit_label)
    return f"{words} ({unit})" if unit else words


def share_words(line: PriceLine) -> str:
    """A line that is a share of others: 19 % von 100,00 €."""
    return _("%(percent)s %% von %(amount)s") % {
        "percent": figure(line.quantity * 100),
        "amount": euro(line.unit_price),
    }


def figure(number: Decimal) -> str:
    """A plain number without needless zeros, with the comma of the language."""
    text = f"{number.normalize():f}"
    return text if active_language() == "en" else text.replace(".", ",")


def _deposit(quote: Quote) -> str:
    if not quote.deposit_known:
        return _("legt die Verwaltung fest")
    return euro(quote.deposit) if quote.deposit else ""


def _tax_note(lines: Iterable[PriceLine]) -> str:
    rates = sorted({line.tax_percent for line in lines if line.tax_percent})
    if not rates:
        return ""
    return _("enthält %(rates)s %% Umsatzsteuer") % {"rates": ", ".join(figure(rate) for rate in rates)}


def _step(text: LocalizedText, paragraph: str) -> str:
    words = in_words(text)
    return f"{words} ({paragraph})" if paragraph else words
