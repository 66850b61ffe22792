"""The page that hands a period over to the treasury, in values.

Not here: what is in a file (``finance.services.handover``).
"""

from collections.abc import Sequence
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from booking_core.finance.exports.settings import Contents, CsvProfile, Encoding
from booking_core.finance.queries.periods import month_end
from booking_core.finance.services.handover import DATEV, HandoverPreview
from booking_core.identity.contracts import AuditRow
from booking_core.kernel.money import Money
from booking_core.web.backoffice.presenters.finance.months import month_name
from design_system.contracts import Cell, Column, NavItem, Table
from design_system.templatetags.formats import clock, euro, long_date

_MONTHS = 4


def profile_choices(profiles: Sequence[CsvProfile]) -> list[tuple[str, str]]:
    """What can be chosen: the town's CSV profiles, then DATEV."""
    return [*((one.key, one.name) for one in profiles), (DATEV, _("DATEV-Buchungsstapel"))]


def month_links(key: str, first_on: date, last_on: date, *, today: date) -> list[NavItem]:
    """The last whole months, newest first."""
    links, first = [], today.replace(day=1)
    for _number in range(_MONTHS):
        first = (first - timedelta(days=1)).replace(day=1)
        last = month_end(first)
        query = f"?profile={key}&first_on={first.isoformat()}&last_on={last.isoformat()}"
        links.append(
            NavItem(
                month_name(first),
                reverse("backoffice_handover") + query,
                (first, last) == (first_on, last_on),
            )
        )
    return links


def handover_table(preview: HandoverPreview) -> Table:
    """What the file holds, by kind; the same figures as the month's page."""
    return Table(
        caption=_("Inhalt der Datei"),
        is_caption_hidden=True,
        is_dense=True,
        is_stacked=True,
        columns=[Column(_("Art")), Column(_("Bereich")), Column(_("Anzahl"), is_numeric=True),
                 Column(_("Summe"), is_numeric=True)],
        rows=[
            [one.kind_label, one.account_label, str(one.count), euro(one.amount)]
            for one in preview.sums
        ],
        footer=[Cell(_("Summe")), "", str(preview.count), euro(preview.total)] if preview.sums else (),
    )  # fmt: skip


def profile_table(profiles: Sequence[CsvProfile], *, may_edit: bool) -> Table:
    """The town's CSV profiles."""
    contents = {Contents.CLAIMS: _("Forderungen"), Contents.EVERYTHING: _("alle Bewegungen")}
    encodings = {Encoding.UTF8: "UTF-8", Encoding.WINDOWS: "Windows-1252"}
    return Table(
        caption=_("CSV-Profile"),
        is_caption_hidden=True,
        is_dense=True,
        is_stacked=True,
        columns=[Column(_("Profil")), Column(_("Inhalt")), Column(_("Zeichensatz")),
                 Column(_("Spalten"), is_numeric=True)],
        rows=[
            [
                Cell(one.name, reverse("backoffice_csv_profile", args=[one.key]) if may_edit else ""),
                contents[one.contents],
                encodings[one.encoding],
                str(len(one.columns)),
            ]
            for one in profiles
        ],
    )  # fmt: skip


def past_table(rows: Sequence[AuditRow]) -> Table:
    """Who took which file when."""
    return Table(
        caption=_("Letzte Übergaben"),
        is_caption_hidden=True,
        is_dense=True,
        is_stacked=True,
        columns=[Column(_("Wann")), Column(_("Wer")), Column(_("Datei")), Column(_("Bewegungen"), is_numeric=True),
                 Column(_("Summe"), is_numeric=True)],
        rows=[
            [
                f"{long_date(row.at)}, {clock(row.at)}",
                row.actor_label,
                str(row.data.get("file", "")),
                str(row.data.get("count", "")),
                euro(Money(int(str(row.data.get("cents", 0))))),
            ]
            for row in rows
        ],
    )  # fmt: skip
