"""Bookings as a CSV file that German Excel opens as it is: UTF-8 with BOM, semicolons, safe cells.

Not here: which bookings (the list's filter).
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.http import HttpResponse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from booking_core.reservations.contracts import BookingRow

_PLAIN_NUMBER = re.compile(r"^-?\d+(?:[.,]\d+)*$")
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe_cell(value: str) -> str:
    """Make sure a spreadsheet shows ``value`` and does not run it (OWASP: CSV injection).

    >>> safe_cell("=1+1"), safe_cell("Musikverein"), safe_cell("-12,50")
    ("'=1+1", 'Musikverein', '-12,50')
    """
    if _PLAIN_NUMBER.match(value):
        return value
    return f"'{value}" if value.startswith(_STARTS_A_FORMULA) else value


def bookings_csv(rows: Iterable[BookingRow]) -> str:
    """One line per booking with headings."""
    head = [_("Nummer"), _("Zustand"), _("Beginn"), _("Ende"), _("Angebot"), _("Standort"), _("Titel"),
            _("Name"), _("Organisation"), _("Entgelt in Euro"), _("Eingegangen")]  # fmt: skip
    body = (
        [row.number, row.state_label, _moment(row.start), _moment(row.end), ", ".join(row.resource_names),
         ", ".join(row.location_names), row.title, row.contact_name, row.organisation_name,
         "" if row.is_price_open else number_format(row.total.euros, use_l10n=True), _moment(row.requested_at)]
        for row in rows
    )  # fmt: skip
    return csv_text([head, *body])


def csv_text(lines: Iterable[Sequence[str]]) -> str:
    """Lines as semicolon-separated text with a byte-order mark."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    for line in lines:
        writer.writerow([safe_cell(cell) for cell in line])
    return "\ufeff" + file.getvalue()


def csv_download(text: str, name: str) -> HttpResponse:
    """A CSV file to keep."""
    return HttpResponse(
        text.encode(),
        headers={
            "Content-Type": "text/csv; charset=utf-8",
            "Content-Disposition": f'attachment; filename="{name}"',
        },
    )


def _moment(at: datetime) -> str:
    return timezone.localtime(at).strftime("%d.%m.%Y %H:%M")
