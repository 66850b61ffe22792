"""How the town wants to be paid: creditor, bank account, terms, tax with its dates, reminders.

Not here: saving and checking the account (``finance.services.profile``).
"""

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from booking_core.engines.payment_reference import Scheme
from booking_core.finance.contracts import ProfileView, ReminderStep
from booking_core.kernel.money import ZERO
from booking_core.web.backoffice.forms.finance.amounts import EuroField
from booking_core.web.backoffice.forms.finance.tax import TaxStatusForm
from design_system.widgets import CountWidget

_MOMENTS = [
    ("manual", _("nie von selbst, nur auf Knopfdruck")),
    ("confirmation", _("mit der Bestätigung der Buchung")),
    ("settlement", _("nach der Nutzung, mit der Abrechnung")),
]
_SCHEMES = [
    (Scheme.RF.value, _("Strukturierte Referenz nach ISO 11649 (RF…), von Banken geprüft")),
    (Scheme.MOD97.value, _("Nummer mit zwei Prüfziffern (Modulo 97)")),
    (Scheme.MOD10.value, _("Nummer mit einer Prüfziffer (Modulo 10)")),
    (Scheme.PLAIN.value, _("Nummer ohne Prüfziffer")),
]
_STEPS = (1, 2, 3)
_SINCE_EVER = date(2000, 1, 1)


class ProfileForm(TaxStatusForm):
    """Everything on one page, in the order a treasurer thinks of it.

    With a ``known`` profile the tax is left out: it changes on a day of its own (``tax``).
    """

    field_order = (
        "creditor_name", "accepts_transfer", "iban", "bic", "accepts_on_site", "payment_days", "invoice_moment",
        "number_prefix", "reference_scheme", "reference_prefix", "tax_number", "vat_id", "status", "exemption",
    )  # fmt: skip
    creditor_name = forms.CharField(
        label=_("Zahlungsempfänger"), max_length=70, help_text=_("So steht er auf dem Konto.")
    )
    accepts_transfer = forms.BooleanField(label=_("Überweisung"), required=False, initial=True)
    iban = forms.CharField(
        label=_("IBAN"), max_length=42, required=False, help_text=_("Nötig für Überweisungen.")
    )
    bic = forms.CharField(
        label=_("BIC"),
        max_length=14,
        required=False,
        help_text=_("Leer lassen: Wir finden sie zur deutschen IBAN."),
    )
    accepts_on_site = forms.BooleanField(label=_("Zahlung vor Ort, bar oder mit Karte"), required=False)
    payment_days = forms.IntegerField(
        label=_("Zahlungsziel in Tagen"), min_value=0, max_value=90, initial=14, widget=CountWidget
    )
    invoice_moment = forms.ChoiceField(
        label=_("Rechnungen schreiben sich"), choices=_MOMENTS, widget=forms.RadioSelect, initial="manual"
    )
    number_prefix = forms.RegexField(
        r"^[A-Z0-9]{1,8}$",
        label=_("Rechnungsnummern beginnen mit"),
        initial="R",
        help_text=_("Zum Beispiel R: R-2026-000001, R-2026-000002 …"),
        error_messages={"invalid": _("Bis zu acht Großbuchstaben oder Ziffern.")},
    )
    reference_scheme = forms.ChoiceField(
        label=_("Verwendungszweck"), choices=_SCHEMES, widget=forms.RadioSelect, initial=Scheme.RF.value
    )
    reference_prefix = forms.RegexField(
        r"^[A-Z0-9]{0,8}$",
        label=_("Verwendungszweck beginnt mit"),
        required=False,
        help_text=_("Damit Ihre Kasse Zahlungen erkennt, zum Beispiel BK."),
        error_messages={"invalid": _("Bis zu acht Großbuchstaben oder Ziffern.")},
    )
    tax_number = forms.CharField(label=_("Steuernummer"), max_length=20, required=False)
    vat_id = forms.CharField(label=_("Umsatzsteuer-Identifikationsnummer"), max_length=14, required=False)
    creditor_id = forms.CharField(
        label=_("Gläubiger-Identifikationsnummer"),
        max_length=35,
        required=False,
        help_text=_("Nur für Lastschriften. Sie kommt von der Bundesbank und beginnt mit DE."),
    )
    second_person_from = EuroField(
        label=_("Zweite Person bei Zahlungen über"),
        required=False,
        help_text=_("Höhere Erstattungen und Dateien für die Bank gibt jemand anderes frei. Leer: niemand."),
    )
    closing_text = forms.CharField(
        label=_("Satz am Ende der Rechnung"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, known: ProfileView | None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.known = known
        if known is not None:
            del self.fields["status"], self.fields["exemption"]
        for step in _STEPS:
            self.fields[f"days_{step}"] = forms.IntegerField(
                label=gettext("%(number)s. Mahnung nach Tagen") % {"number": step},
                min_value=1,
                max_value=120,
                required=False,
                widget=CountWidget,
            )
            self.fields[f"fee_{step}"] = EuroField(
                label=gettext("Gebühr der %(number)s. Mahnung") % {"number": step}, required=False
            )

    def clean_vat_id(self) -> str:
        text: str = self.cleaned_data["vat_id"].replace(" ", "").upper()
        if text and not re.fullmatch(r"DE[0-9]{9}", text):
            raise forms.ValidationError(gettext("Eine deutsche Nummer besteht aus DE und neun Ziffern."))
        return text

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        gaps = [bool(cleaned.get(f"days_{step}")) for step in _STEPS]
        if gaps != sorted(gaps, reverse=True):
            self.add_error("days_1", gettext("Füllen Sie die Mahnungen der Reihe nach aus."))
        return cleaned

    def profile(self) -> ProfileView:
        """What was typed; how a known town stands to tax stays as it is."""
        typed = self.cleaned_data
        return ProfileView(
            creditor_name=typed["creditor_name"],
            iban=typed["iban"],
            bic=typed["bic"],
            bank_name="",
            tax_number=typed["tax_number"],
            vat_id=typed["vat_id"],
            tax_periods=self.known.tax_periods if self.known else (self.period_from(_SINCE_EVER),),
            invoice_moment=typed["invoice_moment"],
            accepts_transfer=typed["accepts_transfer"],
            accepts_on_site=typed["accepts_on_site"],
            payment_days=typed["payment_days"],
            number_prefix=typed["number_prefix"],
            reference_scheme=Scheme(typed["reference_scheme"]),
            reference_prefix=typed["reference_prefix"],
            reminder_steps=tuple(
                ReminderStep(typed[f"days_{step}"], typed[f"fee_{step}"] or ZERO)
                for step in _STEPS
                if typed.get(f"days_{step}")
            ),
            closing_text=typed["closing_text"],
            creditor_id=typed["creditor_id"],
            second_person_from=typed["second_person_from"],
        )


def initial_of(known: ProfileView) -> dict[str, object]:
    """What the form shows of a stored profile."""
    steps = {
        name: value
        for number, step in enumerate(known.reminder_steps, start=1)
        for name, value in ((f"days_{number}", step.days), (f"fee_{number}", step.fee))
    }
    return {
        **{name: getattr(known, name) for name in (
            "creditor_name", "iban", "bic", "tax_number", "vat_id", "invoice_moment", "accepts_transfer",
            "accepts_on_site", "payment_days", "number_prefix", "reference_prefix", "closing_text", "creditor_id",
            "second_person_from",
        )},
        "reference_scheme": known.reference_scheme.value,
        **steps,
    }  # fmt: skip
