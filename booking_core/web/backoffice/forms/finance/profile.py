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
from booking_core.engines.tax import Exemption, TaxPeriod, TaxStatus
from booking_core.finance.contracts import ProfileView, ReminderStep
from booking_core.kernel.money import ZERO
from booking_core.web.backoffice.forms.finance.amounts import EuroField
from design_system.widgets import CountWidget, DateWidget

_STATUS = [
    (TaxStatus.NOT_TAXABLE.value, _("nicht steuerbar (§ 2b UStG): keine Umsatzsteuer")),
    (TaxStatus.SMALL_BUSINESS.value, _("Kleinunternehmer (§ 19 UStG): keine Umsatzsteuer")),
    (TaxStatus.REGULAR.value, _("steuerpflichtig: Umsatzsteuer, wo die Satzung sie nennt")),
]
_EXEMPTIONS = [
    (Exemption.LETTING.value, _("Vermietung, § 4 Nr. 12 a UStG")),
    (Exemption.CULTURE.value, _("Kultur, § 4 Nr. 20 UStG")),
    (Exemption.COURSES.value, _("Bildung und Sport, § 4 Nr. 22 UStG")),
]
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


class ProfileForm(forms.Form):
    """Everything on one page, in the order a treasurer thinks of it."""

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
    status = forms.ChoiceField(label=_("Umsatzsteuer heute"), choices=_STATUS, widget=forms.RadioSelect)
    exemption = forms.ChoiceField(
        label=_("Grund bei steuerfreien Zeilen"),
        choices=_EXEMPTIONS,
        required=False,
        help_text=_("Nur für steuerpflichtige Kommunen."),
    )
    next_from = forms.DateField(
        label=_("Ändert sich am"),
        required=False,
        widget=DateWidget,
        help_text=_("Es zählt der Tag der Nutzung. Leer lassen, wenn sich nichts ändert."),
    )
    next_status = forms.ChoiceField(
        label=_("Umsatzsteuer danach"), choices=[("", _("bleibt so")), *_STATUS], required=False
    )
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

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
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
        if bool(cleaned.get("next_from")) != bool(cleaned.get("next_status")):
            field = "next_status" if cleaned.get("next_from") else "next_from"
            if field not in self.errors:
                self.add_error(field, gettext("Tag und neuer Status gehören zusammen."))
        gaps = [bool(cleaned.get(f"days_{step}")) for step in _STEPS]
        if gaps != sorted(gaps, reverse=True):
            self.add_error("days_1", gettext("Füllen Sie die Mahnungen der Reihe nach aus."))
        return cleaned

    def profile(self, known: ProfileView | None) -> ProfileView:
        """What was typed; tax periods that lie behind stay as they were."""
        typed = self.cleaned_data
        return ProfileView(
            creditor_name=typed["creditor_name"],
            iban=typed["iban"],
            bic=typed["bic"],
            bank_name="",
            tax_number=typed["tax_number"],
            vat_id=typed["vat_id"],
            tax_periods=self._periods(known),
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

    def _periods(self, known: ProfileView | None) -> tuple[TaxPeriod, ...]:
        typed = self.cleaned_data
        exemption = Exemption(typed["exemption"] or Exemption.LETTING)
        begun = _begun(known)
        start = begun[-1].from_on if begun else date(2000, 1, 1)
        periods = [*begun[:-1], TaxPeriod(start, TaxStatus(typed["status"]), exemption)]
        if typed["next_from"]:
            periods.append(TaxPeriod(typed["next_from"], TaxStatus(typed["next_status"]), exemption))
        return tuple(periods)


def _begun(known: ProfileView | None) -> list[TaxPeriod]:
    periods = sorted(known.tax_periods, key=lambda one: one.from_on) if known else []
    return [one for one in periods if one.from_on <= date.today()] or periods[:1]  # noqa: DTZ011 — a day, no instant


def initial_of(known: ProfileView) -> dict[str, object]:
    """What the form shows of a stored profile."""
    current = _begun(known)[-1]
    later = [one for one in known.tax_periods if one.from_on > current.from_on]
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
        "status": current.status.value,
        "exemption": current.exemption.value,
        "next_from": later[0].from_on if later else None,
        "next_status": later[0].status.value if later else "",
        **steps,
    }  # fmt: skip
