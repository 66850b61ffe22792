"""Collective invoices as tables: who gets them, and the lines of the next one.

Not here: invoices that are written (``invoices``).
"""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from booking_core.finance.contracts import InvoiceDraft
from booking_core.finance.queries.collective_changes import ChangedInvoice
from booking_core.finance.queries.unbilled import CollectiveParty
from booking_core.kernel.money import Money
from design_system.contracts import Cell, Column, Table
from design_system.templatetags.formats import euro


def collective_parties_table(rows: Sequence[CollectiveParty]) -> Table:
    """Who gets invoices together, and how many bookings wait for the next one."""
    return Table(
        caption=_("Sammelrechnungen"),
        is_caption_hidden=True,
        is_dense=True,
        is_stacked=True,
        columns=[Column(_("Kundschaft")), Column(_("Rhythmus")), Column(_("Noch nicht berechnet"), is_numeric=True)],
        rows=[
            [
                Cell(row.name, reverse("backoffice_collective_bill", args=[row.uuid])),
                row.rhythm_label,
                str(row.ripe),
            ]
            for row in rows
        ],
    )  # fmt: skip


def draft_tables(drafts: Sequence[InvoiceDraft]) -> list[Table]:
    """One table per invoice that would be written."""
    return [
        Table(
            caption=draft.subject,
            is_stacked=True,
            columns=[Column(_("Leistung")), Column(_("Buchung")), Column(_("Fundstelle")),
                     Column(_("Betrag"), is_numeric=True)],
            rows=[
                [Cell(line.label, note=line.detail), line.booking_number, line.paragraph, euro(Money(line.cents))]
                for line in draft.lines
            ],
            footer=[Cell(_("Summe")), "", "", euro(Money(draft.expected_cents))],
        )
        for draft in drafts
    ]  # fmt: skip


def changes_table(rows: Sequence[ChangedInvoice], *, may_replace: bool) -> Table:
    """Collective invoices beside what their bookings cost now."""
    columns = [
        Column(_("Rechnung")),
        Column(_("Kundschaft")),
        Column(_("Berechnet"), is_numeric=True),
        Column(_("Heute"), is_numeric=True),
        Column(_("Unterschied"), is_numeric=True),
        *([Column(_("Ersetzen"), is_hidden_label=True)] if may_replace else []),
    ]
    return Table(
        caption=_("Abweichungen"),
        is_caption_hidden=True,
        is_dense=True,
        is_stacked=True,
        columns=columns,
        rows=[
            [
                Cell(row.number, reverse("backoffice_invoice", args=[row.uuid])),
                row.party_name,
                euro(row.asked),
                euro(row.owed),
                euro(row.difference),
                *(
                    [Cell(_("Ersetzen …"), reverse("backoffice_collective_replace", args=[row.uuid]))]
                    if may_replace
                    else []
                ),
            ]
            for row in rows
        ],
    )
