"""What a treasurer fills in for the bank: a refund's account, which orders go into a file, a mandate.

Not here: checking accounts (``finance.services``).
"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from booking_core.finance.services.bank_orders import RefundWish
from booking_core.identity.contracts import Mandate
from booking_core.web.backoffice.forms.finance.amounts import EuroField
from design_system.form_choices import offer
from design_system.widgets import DateWidget


class RefundForm(forms.Form):
    """One transfer that goes back."""

    amount = EuroField(label=_("Betrag"))
    holder = forms.CharField(label=_("Wem gehört das Konto?"), max_length=70)
    iban = forms.CharField(label=_("IBAN"), max_length=42)
    bic = forms.CharField(
        label=_("BIC"), max_length=14, required=False, help_text=_("Nur für Konten außerhalb Deutschlands.")
    )
    reason = forms.CharField(label=_("Vermerk"), max_length=500, required=False)

    def wish(self) -> RefundWish:
        """What was typed, as the services take it."""
        typed = self.cleaned_data
        return RefundWish(typed["amount"], typed["holder"], typed["iban"], typed["bic"], typed["reason"])


class RunForm(forms.Form):
    """Which of them go into one file, and when the bank carries it out."""

    chosen = forms.MultipleChoiceField(
        label=_("Was soll in die Datei?"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Wählen Sie mindestens einen Eintrag aus.")},
    )  # fmt: skip
    run_on = forms.DateField(label=_("Ausführung am"), widget=DateWidget)

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **options: Any) -> None:
        everything = [value for value, _label in choices]
        options["initial"] = {
            "chosen": everything,
            "run_on": timezone.localdate(),
            **(options.get("initial") or {}),
        }
        super().__init__(*args, **options)
        offer(self, "chosen", choices)


class MandateForm(forms.Form):
    """What was signed."""

    reference = forms.RegexField(
        r"^[A-Za-z0-9+?/:().,' -]{1,35}$",
        label=_("Mandatsreferenz"),
        help_text=_("Steht auf dem unterschriebenen Mandat, höchstens 35 Zeichen."),
        error_messages={"invalid": _("Nur Buchstaben ohne Umlaute, Ziffern und einfache Satzzeichen.")},
    )
    signed_on = forms.DateField(label=_("Unterschrieben am"), widget=DateWidget)
    kind = forms.ChoiceField(
        label=_("Art"),
        choices=[
            ("CORE", _("Basislastschrift")),
            ("B2B", _("Firmenlastschrift, bei der Bank hinterlegt")),
        ],
        widget=forms.RadioSelect,
        initial="CORE",
    )
    is_one_off = forms.BooleanField(label=_("Gilt nur für eine einzige Lastschrift"), required=False)
    holder = forms.CharField(label=_("Wem gehört das Konto?"), max_length=70)
    iban = forms.CharField(label=_("IBAN"), max_length=42)
    bic = forms.CharField(
        label=_("BIC"), max_length=14, required=False, help_text=_("Nur für Konten außerhalb Deutschlands.")
    )

    def mandate(self) -> Mandate:
        """What was typed."""
        typed = self.cleaned_data
        return Mandate(
            reference=typed["reference"].strip(),
            signed_on=typed["signed_on"],
            kind=typed["kind"],
            holder=typed["holder"],
            iban=typed["iban"],
            bic=typed["bic"],
            is_one_off=typed["is_one_off"],
        )
