"""The months of the ledger as tables.

Not here: adding them up (``finance.queries.periods``).
"""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from booking_core.finance.queries.periods import MonthRow, MonthTotals
from booking_core.kernel.money import Money
from design_system.contracts import Cell, Column, SummaryRow, Table
from design_system.templatetags.formats import euro


def month_name(day: date) -> str:
    """ "November 2026", in the active language."""
    return date_format(day, "F Y")


def month_table(rows: Sequence[MonthRow]) -> Table:
    """One line per month."""
    return Table(
        caption=_("Monatsabschlüsse"),
        is_caption_hidden=True,
        is_dense=True,
        is_stacked=True,
        columns=[Column(_("Monat")), Column(_("Berechnet"), is_numeric=True), Column(_("Gezahlt"), is_numeric=True),
                 Column(_("Bewegungen"), is_numeric=True), Column(_("Stand"))],
        rows=[
            [
                Cell(month_name(row.first_on), reverse("backoffice_month", args=[f"{row.first_on:%Y-%m}"])),
                euro(row.charged),
                euro(row.paid),
                str(row.entries),
                _state(row),
            ]
            for row in rows
        ],
    )  # fmt: skip


def _state(row: MonthRow) -> Cell:
    if row.is_closed:
        return Cell(_("abgeschlossen"), tone="success")
    return Cell(_("offen"), tone="warning" if row.is_over else "neutral")


def month_facts(totals: MonthTotals) -> list[SummaryRow]:
    """The balances before and after the month."""
    return [
        SummaryRow(_("Offene Forderungen am Anfang"), euro(totals.open_before)),
        SummaryRow(_("Offene Forderungen am Ende"), euro(totals.open_after)),
        SummaryRow(_("Hinterlegte Kautionen am Anfang"), euro(totals.deposits_before)),
        SummaryRow(_("Hinterlegte Kautionen am Ende"), euro(totals.deposits_after)),
    ]


def sum_table(totals: MonthTotals) -> Table:
    """What moved, by account, kind and way; the sum of an account is what its balance changed by."""
    accounts = {"fee": _("Entgelt"), "deposit": _("Kaution")}
    change = totals.open_after - totals.open_before + totals.deposits_after - totals.deposits_before
    return Table(
        caption=_("Bewegungen nach Art"),
        is_caption_hidden=True,
        is_dense=True,
        is_stacked=True,
        columns=[Column(_("Art")), Column(_("Konto")), Column(_("Wie")), Column(_("Anzahl"), is_numeric=True),
                 Column(_("Summe"), is_numeric=True)],
        rows=[
            [one.kind_label, accounts.get(one.account, one.account), one.way_label, str(one.count), euro(one.amount)]
            for one in totals.sums
        ],
        footer=[Cell(_("Summe")), "", "", str(sum(one.count for one in totals.sums)), euro(change)]
        if totals.sums
        else (),
    )  # fmt: skip


def tax_table(totals: MonthTotals) -> Table:
    """Net amounts of the month's documents by tax case."""
    words = {"S": _("steuerpflichtig"), "E": _("steuerfrei"), "O": _("nicht steuerbar")}
    return Table(
        caption=_("Umsatz nach Steuer"),
        is_caption_hidden=True,
        is_dense=True,
        is_stacked=True,
        columns=[Column(_("Steuerfall")), Column(_("Satz")), Column(_("Netto"), is_numeric=True)],
        rows=[
            [
                words.get(one.category, one.category),
                f"{one.percent.replace('.', ',')} %" if one.category == "S" else "–",
                euro(one.net),
            ]
            for one in totals.taxes
        ],
        footer=[Cell(_("Summe")), "", euro(Money(sum(one.net.cents for one in totals.taxes)))]
        if totals.taxes
        else (),
    )
