"""The treasurer's day as tables: what came in, what is to be done, how old the open invoices are.

Not here: the numbers (``finance.queries.treasury_day``).
"""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from booking_core.finance.contracts import CountedSum, EntryView
from booking_core.finance.queries.ages import BY_NAME
from booking_core.finance.queries.treasury_day import TreasuryDay
from booking_core.kernel.money import Money
from booking_core.web.backoffice.presenters.finance.invoices import entry_table
from booking_core.web.backoffice.presenters.finance.months import month_name
from design_system.contracts import Cell, Column, Table
from design_system.templatetags.formats import euro, long_date


def income_table(day: TreasuryDay, *, today: date) -> Table:
    """What came in today and since the last visit."""
    income = reverse("backoffice_income")
    rows = [_row(_("Heute"), f"{income}?seit={today.isoformat()}", day.today)]
    if day.since_on is not None:
        label = _("Seit Ihrem letzten Besuch, %(day)s") % {"day": long_date(day.since_on)}
        rows.append(_row(label, f"{income}?seit={day.since_on.isoformat()}", day.since))
    return _table(_("Eingegangen"), _("Wann"), rows)


def work_table(day: TreasuryDay) -> Table:
    """What waits for the treasurer, and nothing else; what cannot wait is marked."""
    deposits, payments = reverse("backoffice_deposits"), reverse("backoffice_payments")
    waiting = [
        (day.to_release, _("Erstattungen freizugeben"), f"{reverse('backoffice_refunds')}#freigeben",
         _("durch eine zweite Person"), False),
        (day.changed, _("Sammelrechnungen, die nicht mehr stimmen"), reverse("backoffice_collective_changes"),
         _("Unterschied zu den Buchungen von heute"), False),
        (day.to_remind, _("Zu mahnen"), reverse("backoffice_reminders"), "", False),
        (day.unmatched, _("Kontobewegungen ohne Zuordnung"), reverse("backoffice_statements"), "", False),
        (day.deposits_to_return, _("Kautionen zurückzugeben"), f"{deposits}?liste=return", "", False),
        (day.deposits_overdue, _("davon länger als 14 Tage nach der Nutzung"), f"{deposits}?liste=overdue", "", True),
        (day.deposits_missing, _("Kautionen, die noch fehlen"), f"{deposits}?liste=missing", "", False),
        (day.lapsed, _("Abgelaufene Reservierungen auf Karten"), f"{payments}?liste=lapsed",
         _("Kaution nicht mehr gesichert"), True),
        (day.failed, _("Online-Zahlungen, die gescheitert sind"), f"{payments}?liste=failed",
         _("letzte 30 Tage"), True),
    ]  # fmt: skip
    rows = [
        _row(label, url, found, note=note, is_urgent=is_urgent)
        for found, label, url, note, is_urgent in waiting
        if found.count
    ]
    return _table(_("Zu tun"), _("Was"), rows)


def age_table(day: TreasuryDay) -> Table:
    """Open invoices by how long they have been due."""
    url = reverse("backoffice_invoices")
    rows = [
        _row(str(BY_NAME[name].label), f"{url}?state=open&age={name}", found)
        for name, found in day.ages.items()
    ]
    everything = day.ages.values()
    total = Money(sum(found.amount.cents for found in everything))
    return _table(
        _("Offene Rechnungen"), _("Fällig seit"), rows,
        footer=[Cell(_("Summe"), f"{url}?state=open"), str(sum(found.count for found in everything)), euro(total)],
    )  # fmt: skip


def month_words(day: TreasuryDay) -> tuple[str, str]:
    """The month that waits to be closed, as a sentence, and its page; the list of months where none waits."""
    if day.month is None:
        return _("Alle Monate mit Bewegungen sind abgeschlossen."), reverse("backoffice_months")
    sentence = _(
        "%(month)s ist vorbei und noch nicht abgeschlossen: berechnet %(charged)s, gezahlt %(paid)s."
    ) % {
        "month": month_name(day.month.first_on),
        "charged": euro(day.month.charged),
        "paid": euro(day.month.paid),
    }
    return sentence, reverse("backoffice_month", args=[f"{day.month.first_on:%Y-%m}"])


def income_list(entries: Sequence[EntryView]) -> Table:
    """Money that came in, one by one; the same entries as in the journal."""
    return entry_table(entries, with_source=True)


def _row(
    label: str, url: str, found: CountedSum, *, note: str = "", is_urgent: bool = False
) -> list[Cell | str]:
    count = Cell(str(found.count), tone="danger") if is_urgent and found.count else str(found.count)
    return [Cell(label, url, note=note), count, euro(found.amount)]


def _table(
    caption: str, heading: str, rows: list[list[Cell | str]], *, footer: Sequence[Cell | str] = ()
) -> Table:
    return Table(
        caption=_("%(title)s, mit Anzahl und Summe") % {"title": caption},
        is_caption_hidden=True,
        is_dense=True,
        is_stacked=True,
        columns=[Column(heading), Column(_("Anzahl"), is_numeric=True), Column(_("Summe"), is_numeric=True)],
        rows=rows,
        footer=footer,
    )
