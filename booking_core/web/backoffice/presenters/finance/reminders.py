"""Reminders ready to print: what is due as ticks, what is stopped, how far a run has come.

Not here: which they are (``finance.queries.reminders``).
"""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from booking_core.finance.queries.reminders import DueReminder, ReminderRun, RunLine, StoppedInvoice
from booking_core.finance.services.reminders import SENT
from design_system.contracts import Cell, Column, Table
from design_system.templatetags.formats import euro, long_date


def reminder_choices(rows: Sequence[DueReminder]) -> list[tuple[str, str]]:
    """One tick per invoice: who, what is open, which reminder, what it costs."""
    return [(str(row.uuid), _choice(row)) for row in rows]


def _choice(row: DueReminder) -> str:
    fee = _("Gebühr %(sum)s") % {"sum": euro(row.fee)} if row.fee else _("ohne Gebühr")
    due = _("fällig seit %(day)s") % {"day": long_date(row.due_on)}
    step = _("%(number)s. Mahnung") % {"number": row.step}
    return f"{row.number} · {row.party_name} · {euro(row.balance)} · {due} · {step}, {fee}"


def stopped_table(rows: Sequence[StoppedInvoice]) -> Table:
    """Open invoices nobody is reminded of."""
    return Table(
        caption=_("Rechnungen, an die nicht erinnert wird"),
        is_caption_hidden=True,
        is_dense=True,
        is_stacked=True,
        columns=[Column(_("Rechnung")), Column(_("Kundschaft")), Column(_("Offen"), is_numeric=True),
                 Column(_("Gesperrt")), Column(_("Grund"))],
        rows=[
            [
                Cell(row.number, reverse("backoffice_invoice", args=[row.uuid])),
                row.party_name,
                euro(row.balance),
                Cell(
                    _("bis %(day)s") % {"day": long_date(row.until)} if row.until else _("bis auf Weiteres"),
                    note=_("seit %(day)s, %(who)s") % {"day": long_date(row.on), "who": row.by},
                ),
                row.reason,
            ]
            for row in rows
        ],
    )  # fmt: skip


def run_lines(run: ReminderRun) -> Table:
    """What came of each invoice of a run."""
    return Table(
        caption=_("Mahnungen dieses Laufs"),
        is_caption_hidden=True,
        is_dense=True,
        is_stacked=True,
        columns=[Column(_("Rechnung")), Column(_("Kundschaft")), Column(_("Mahnung")), Column(_("Stand"))],
        rows=[
            [
                Cell(line.number, reverse("backoffice_invoice", args=[line.uuid])),
                line.party_name,
                _("%(number)s. Mahnung") % {"number": line.step},
                _state(line),
            ]
            for line in run.lines
        ],
    )


def _state(line: RunLine) -> Cell:
    if not line.result:
        return Cell(_("wartet"), tone="neutral")
    if line.result == SENT:
        return Cell(_("verschickt"), tone="success")
    return Cell(_("nicht verschickt"), tone="warning", note=line.result)


def run_words(run: ReminderRun) -> str:
    """How far a run has come."""
    return _("%(done)s von %(all)s") % {"done": run.done, "all": len(run.lines)}
