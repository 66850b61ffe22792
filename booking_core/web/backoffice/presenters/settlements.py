"""Settlements ready to print: what a use would come to, what it came to, what is still to be settled.

Not here: working it out (``workflows.settle_booking``).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from booking_core.engines.ordinance import FactInfo, Quote, quote_from_data
from booking_core.kernel.money import Money
from booking_core.kernel.spans import Span
from booking_core.reservations.settling import Damage, DueRow, LastReading, SettlementView
from booking_core.web.backoffice.forms.settlements import ReadingRow, figure_text
from booking_core.web.backoffice.presenters.quotes import in_words, quote_view
from booking_core.workflows.settle_booking import SettlementPreview
from design_system.contracts import Cell, Column, PriceRow, PriceTable, SummaryRow, Table, TimelineEntry
from design_system.templatetags.formats import clock, euro, long_date, span_words


@dataclass(frozen=True, slots=True)
class SettlementResult:
    """A bill as a page prints it: the lines, then what it changes and what becomes of the deposit."""

    price: PriceTable
    rows: list[SummaryRow]
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SettlementHistory:
    """All settlements of a booking: one entry each, oldest first, and the bill of the last."""

    timeline: list[TimelineEntry]
    last: SettlementResult


def preview_result(found: SettlementPreview, *, source: str = "") -> SettlementResult:
    """What settling now would come to."""
    bill = found.bill
    return SettlementResult(
        price=_price(found.quote if found.is_fee_known else None, bill.fee, bill.total, (), source=source,
                     damages_total=bill.damages),
        rows=_rows(bill.previous, bill.difference, found.booking.deposit, bill.deposit.kept, bill.deposit.returned,
                   bill.balance),
        reasons=() if found.is_fee_known or found.quote is None else tuple(
            f"{in_words(reason.text)} ({reason.paragraph})" if reason.paragraph else in_words(reason.text)
            for reason in found.quote.reasons
        ),
    )  # fmt: skip


def settlement_history(
    settlements: Sequence[SettlementView], *, source: str = ""
) -> SettlementHistory | None:
    """What the booking came to and how often it was corrected; None before the first settlement."""
    if not settlements:
        return None
    last = settlements[-1]
    deposit = last.deposit_kept + last.deposit_returned
    result = SettlementResult(
        price=_price(
            quote_from_data(last.quote) if last.quote else None, last.fee, last.total, last.figures.damages,
            source=source,
        ),
        rows=_rows(last.previous, last.difference, deposit, last.deposit_kept, last.deposit_returned, last.balance,
                   reason=last.deposit_reason),
    )  # fmt: skip
    return SettlementHistory([_entry(one) for one in settlements], result)


def _entry(settlement: SettlementView) -> TimelineEntry:
    title = (
        _("Abrechnung")
        if settlement.number == 1
        else _("Berichtigung %(number)s") % {"number": settlement.number - 1}
    )
    return TimelineEntry(
        title=f"{title}: {euro(settlement.total)} ({signed(settlement.difference)})",
        when=f"{long_date(settlement.settled_at)}, {clock(settlement.settled_at)} · {settlement.settled_by}",
        text=settlement.note,
        at=settlement.settled_at,
    )


def signed(difference: Money) -> str:
    """A difference with its sign; a plus is written, because it matters here."""
    return f"+{euro(difference)}" if difference.cents > 0 else euro(difference)


def _price(
    quote: Quote | None,
    fee: Money,
    total: Money,
    damages: Sequence[Damage],
    *,
    source: str,
    damages_total: Money | None = None,
) -> PriceTable:
    """The ordinance's lines where they make up the fee, else one line; then the damages."""
    if quote is not None and sum(line.amount.cents for line in quote.lines) == fee.cents:
        price = quote_view(quote, source=source, is_settled=True).price
    else:
        price = PriceTable(rows=[PriceRow(_("Entgelt"), euro(fee))], total="")
    extra = [PriceRow(one.text, euro(one.amount), _("Schaden")) for one in damages]
    if damages_total:
        extra = [PriceRow(_("Schäden"), euro(damages_total))]
    return replace(price, rows=[*price.rows, *extra], total=euro(total), deposit="", tax_note="")


def _rows(
    previous: Money,
    difference: Money,
    deposit: Money,
    kept: Money,
    returned: Money,
    balance: Money,
    *,
    reason: str = "",
) -> list[SummaryRow]:
    rows = [SummaryRow(_("Bisher"), euro(previous)), SummaryRow(_("Unterschied"), signed(difference))]
    if deposit:
        rows += [
            SummaryRow(_("Kaution"), euro(deposit)),
            SummaryRow(_("davon einbehalten"), euro(kept), note=reason),
            SummaryRow(_("davon zurück"), euro(returned)),
        ]
    if balance.cents < 0:
        rows.append(SummaryRow(_("Nach Verrechnung noch zu zahlen"), euro(-balance)))
    return rows


def with_last_readings(
    rows: Iterable[ReadingRow], facts: Sequence[FactInfo], last: dict[str, LastReading]
) -> list[ReadingRow]:
    """The rows of the form with the last reading of the same place in words."""
    return [
        replace(row, label=_labelled(row), last=_last_words(last.get(fact.id), row.last))
        for row, fact in zip(rows, facts, strict=True)
    ]


def _labelled(row: ReadingRow) -> str:
    unit = {"m3": "m³"}.get(row.last, row.last)
    return f"{row.label} ({unit})" if row.last in {"kWh", "m3", "km"} else row.label


def _last_words(last: LastReading | None, unit: str) -> str:
    if last is None:
        return ""
    shown = (
        f"{figure_text(last.amount)} {unit}".strip()
        if unit in {"kWh", "m3", "km"}
        else figure_text(last.amount)
    )
    words = {"amount": shown.replace("m3", "m³"), "day": long_date(last.at), "number": last.booking_number}
    if last.meter_after is None:
        return _("Zuletzt %(amount)s am %(day)s (%(number)s)") % words
    words["meter"] = figure_text(last.meter_after)
    return _("Zuletzt %(amount)s, Zähler %(meter)s am %(day)s (%(number)s)") % words


def due_table(rows: Iterable[DueRow], *, caption: str) -> Table:
    """Ended bookings, one line each; the first cell leads to the settlement."""
    return Table(
        caption=caption,
        is_caption_hidden=True,
        is_dense=True,
        is_stacked=True,
        columns=[
            Column(_("Nutzung")),
            Column(_("Wo")),
            Column(_("Wer")),
            Column(_("Was fehlt")),
            Column(_("Entgelt"), is_numeric=True),
            Column(_("Kaution"), is_numeric=True),
        ],
        rows=[_due_cells(row) for row in rows],
    )


def _due_cells(row: DueRow) -> list[Cell | str]:
    return [
        Cell(
            row.title,
            reverse("backoffice_settle", args=[row.uuid]),
            note=f"{span_words(Span(row.start, row.end))} · {row.number}",
        ),
        Cell(", ".join(row.resource_names), note=", ".join(row.location_names)),
        Cell(
            row.organisation_name or row.contact_name, note=row.contact_name if row.organisation_name else ""
        ),
        _missing(row),
        euro(row.total),
        euro(row.deposit) if row.deposit else "",
    ]


def _missing(row: DueRow) -> Cell:
    if row.settlements:
        return Cell(_("abgerechnet"), tone="success")
    if row.needs_figures:
        return Cell(_("Zahlen"), tone="warning", note=_("und Kaution") if row.deposit else "")
    return Cell(_("Kaution"), tone="warning") if row.deposit else Cell(_("nichts"), tone="neutral")


def due_words(count: int) -> str:
    """How many uses wait to be settled."""
    return ngettext("%(count)s Nutzung abzurechnen", "%(count)s Nutzungen abzurechnen", count) % {
        "count": count
    }
