"""A finished simulation as files for a spreadsheet: every booking by number, or the sums.

Not here: the page (``presenters.simulations``). Names of people are in no file.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from booking_core.engines.ordinance import Document
from booking_core.engines.simulation import Comparison, Fate, Sum
from booking_core.ordinances.simulations.contracts import SimulatedBooking
from booking_core.web.backoffice.presenters.simulations import fate_words, labels, why_words
from booking_core.web.backoffice.presenters.spreadsheets import csv_text


def bookings_csv(rows: Iterable[SimulatedBooking], groups: Mapping[str, str]) -> str:
    """One line per booking with headings."""
    head = [_("Nummer"), _("Monat"), _("Gruppe"), _("Ergebnis"), _("Bisher in Euro"), _("Danach in Euro"),
            _("Unterschied in Euro"), _("Warum")]  # fmt: skip
    body = (
        [row.number, row.month, groups.get(row.group, row.group), fate_words(row.fate), _euros(row.before_cents),
         *(["", ""] if row.fate not in {Fate.PRICED, Fate.REFUSED}
           else [_euros(row.after_cents), _euros(row.difference_cents)]), why_words(row)]
        for row in rows
    )  # fmt: skip
    return csv_text([head, *body])


def sums_csv(found: Comparison, document: Document) -> str:
    """The sums by group, resource and month, one below the other."""
    head = [_("Aufteilung"), _("Was"), _("Buchungen"), _("Bisher in Euro"), _("Danach in Euro"),
            _("Unterschied in Euro")]  # fmt: skip
    parts: tuple[tuple[str, Sequence[Sum], dict[str, str]], ...] = (
        (_("Gruppe"), found.by_group, labels(document.groups)),
        (_("Angebot"), found.by_resource, labels(document.resources)),
        (_("Monat"), found.by_month, {}),
        (_("Zusammen"), (found.total,), {}),
    )
    body = (
        [part, names.get(one.key, one.key), str(one.bookings), _euros(one.before_cents), _euros(one.after_cents),
         _euros(one.difference_cents)]
        for part, sums, names in parts
        for one in sums
    )  # fmt: skip
    return csv_text([head, *body])


def _euros(cents: int) -> str:
    return number_format(Decimal(cents) / 100, decimal_pos=2, use_l10n=True)
