"""The form for a town's school holidays: lines to type or correct, or a file.

Not here: reading them (``workflows.school_holidays``).
"""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from booking_core.engines.recurrence import Break
from booking_core.kernel.errors import InvalidInput
from booking_core.workflows.school_holidays import breaks_from_file, breaks_from_lines


class SchoolHolidaysForm(forms.Form):
    """One line per holiday. A file replaces the lines."""

    zeilen = forms.CharField(
        label=_("Schulferien"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_(
            "Eine Zeile je Ferien: Name; erster Tag; letzter Tag. Beispiel: Winterferien; 1.2.2027; 12.2.2027"
        ),
    )
    datei = forms.FileField(
        label=_("Oder eine Datei einlesen"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,.ics,text/csv,text/calendar"}),
        help_text=_(
            "CSV mit denselben Spalten oder eine Kalenderdatei (ICS), wie Kultusministerien sie anbieten. "
            "Sie ersetzt alle Zeilen."
        ),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        upload = cleaned.get("datei")
        try:
            cleaned["breaks"] = (
                breaks_from_file(upload.read()) if upload else breaks_from_lines(cleaned.get("zeilen", ""))
            )
        except InvalidInput as fault:
            self.add_error("datei" if upload else "zeilen", str(fault))
        return cleaned


def lines_of(breaks: Iterable[Break]) -> str:
    """What the field holds for these holidays."""
    return "\n".join(
        f"{one.name}; {one.first_on.day}.{one.first_on.month}.{one.first_on.year}; "
        f"{one.last_on.day}.{one.last_on.month}.{one.last_on.year}"
        for one in breaks
    )
