"""Loading a bank statement: the file, and where needed which column is which.

Not here: reading it (``finance.bank``).
"""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from booking_core.finance.bank.csv_file import HEADINGS, REQUIRED, CsvTable

LARGEST_BYTES = 2_000_000
ROLES = {
    "booked_on": _("Buchungstag"),
    "amount": _("Betrag"),
    "name": _("Name"),
    "purpose": _("Verwendungszweck"),
    "valued_on": _("Wertstellung"),
    "iban": _("IBAN"),
    "sign": _("Soll/Haben"),
    "currency": _("Währung"),
    "reference": _("Kundenreferenz"),
}


class StatementFileForm(forms.Form):
    """One file of the bank."""

    file = forms.FileField(
        label=_("Kontoauszug"),
        help_text=_("CAMT (XML, camt.053 oder camt.052) oder CSV, höchstens 2 MB."),
        widget=forms.FileInput(attrs={"accept": ".xml,.camt,.csv,.txt,text/csv,application/xml"}),
        error_messages={"required": _("Bitte wählen Sie eine Datei."), "empty": _("Diese Datei ist leer.")},
    )

    def content(self) -> bytes:
        """The file's bytes, at most what is allowed."""
        upload = self.cleaned_data["file"]
        return bytes(upload.read(LARGEST_BYTES + 1))


class ColumnsForm(forms.Form):
    """Which column of a CSV file is which; the file's text travels along, so that it is chosen only once."""

    text = forms.CharField(widget=forms.HiddenInput, max_length=LARGEST_BYTES, strip=False)

    def __init__(self, *args: Any, table: CsvTable, **options: Any) -> None:
        super().__init__(*args, **options)
        columns = [(str(place), heading or f"{place + 1}") for place, heading in enumerate(table.headings)]
        for role in HEADINGS:
            required = role in REQUIRED
            self.fields[role] = forms.TypedChoiceField(
                label=ROLES[role],
                required=required,
                coerce=int,
                empty_value=None,
                choices=[("", gettext("bitte wählen") if required else gettext("gibt es nicht")), *columns],
            )

    def columns(self) -> dict[str, int]:
        """Role → column."""
        typed = self.cleaned_data
        return {role: typed[role] for role in HEADINGS if typed.get(role) is not None}


class OtherInvoiceForm(forms.Form):
    """The invoice a movement is for, by its number or reference."""

    number = forms.CharField(
        label=_("Rechnungsnummer oder Verwendungszweck"),
        max_length=40,
        help_text=_("Zum Beispiel R-2026-000017."),
    )
