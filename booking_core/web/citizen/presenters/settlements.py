"""What a use came to, for the person who booked: the bill with its reasons, what changed, the deposit.

Not here: the price when booking (``presenters.prices``).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from booking_core.engines.ordinance import quote_from_data
from booking_core.kernel.money import Money
from booking_core.reservations.settling import SettlementView
from booking_core.web.citizen.presenters.prices import price_table
from design_system.contracts import PriceRow, PriceTable, SummaryRow
from design_system.templatetags.formats import euro, long_date


@dataclass(frozen=True, slots=True)
class SettledPage:
    """The final bill; ``sentence`` says what changed and when."""

    sentence: str
    note: str
    price: PriceTable
    rows: list[SummaryRow]


def settled_page(settlements: Sequence[SettlementView], *, booked: Money) -> SettledPage | None:
    """The last settlement beside the price when booking; None before the use is settled."""
    if not settlements:
        return None
    last = settlements[-1]
    words = {"day": long_date(last.settled_at), "before": euro(booked), "total": euro(last.total)}
    sentence = (
        _("Abgerechnet am %(day)s: Es bleibt bei %(total)s.")
        if last.total == booked
        else _("Abgerechnet am %(day)s: statt %(before)s jetzt %(total)s.")
    )
    return SettledPage(sentence % words, last.note, _price(last), _deposit_rows(last))


def _price(last: SettlementView) -> PriceTable:
    quote = quote_from_data(last.quote) if last.quote else None
    if quote is not None and sum(line.amount.cents for line in quote.lines) == last.fee.cents:
        price = price_table(quote)
    else:
        price = PriceTable(rows=[PriceRow(_("Entgelt"), euro(last.fee))], total="")
    damages = [PriceRow(one.text, euro(one.amount), _("Schaden")) for one in last.figures.damages]
    return replace(price, rows=[*price.rows, *damages], total=euro(last.total), deposit="")


def _deposit_rows(last: SettlementView) -> list[SummaryRow]:
    rows = []
    if last.deposit_kept:
        kept = euro(last.deposit_kept)
        rows.append(SummaryRow(_("Von der Kaution einbehalten"), kept, note=last.deposit_reason))
    if last.deposit_returned:
        rows.append(SummaryRow(_("Kaution zurück an Sie"), euro(last.deposit_returned)))
    if last.balance.cents < 0:
        rows.append(SummaryRow(_("Nach Verrechnung noch zu zahlen"), euro(-last.balance)))
    return rows
