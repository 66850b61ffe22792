"""Forms of the operators' pages about fees.

Not here: what is checked beyond a field (``subscriptions.services``).
"""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from booking_core.web.backoffice.forms.finance.amounts import EuroField
from design_system.widgets import ChecksWidget, ChipsWidget, CountWidget, DateWidget
from subscriptions.contracts import PlanView, Terms
from subscriptions.services.ledger import Payment
from subscriptions.services.plans import NewPrice, PlanFacts
from tenants.models import InstitutionKind

_LONGEST_DAYS = 365


class PlanForm(forms.Form):
    """A plan: its name and whom it is for."""

    name = forms.CharField(
        label=_("Name"), max_length=60, error_messages={"required": _("Geben Sie einen Namen ein.")}
    )
    name_en = forms.CharField(label=_("Name auf Englisch"), max_length=60, required=False)
    kinds = forms.MultipleChoiceField(
        label=_("Für welche Einrichtungen"),
        choices=InstitutionKind.choices,
        required=False,
        widget=ChecksWidget,
        help_text=_("Keine gewählt: für alle."),
    )
    population_from = forms.IntegerField(
        label=_("Einwohnerzahl von"), min_value=0, initial=0, required=False, widget=CountWidget()
    )
    population_to = forms.IntegerField(
        label=_("Einwohnerzahl bis"),
        min_value=0,
        required=False,
        widget=CountWidget(),
        help_text=_("Leer: ohne obere Grenze."),
    )
    is_offered = forms.BooleanField(
        label=_("Wird angeboten"),
        required=False,
        initial=True,
        help_text=_("Wer ihn schon hat, behält ihn auch, wenn er nicht mehr angeboten wird."),
    )

    @staticmethod
    def initial_of(plan: PlanView) -> dict[str, object]:
        """What is known."""
        return {
            "name": plan.name, "name_en": "" if plan.name_en == plan.name else plan.name_en, "kinds": plan.kinds,
            "population_from": plan.population_from, "population_to": plan.population_to,
            "is_offered": plan.is_offered,
        }  # fmt: skip

    def facts(self) -> PlanFacts:
        """Call on a valid form."""
        typed = self.cleaned_data
        return PlanFacts(
            name=typed["name"],
            name_en=typed["name_en"],
            kinds=tuple(typed["kinds"]),
            population_from=typed["population_from"] or 0,
            population_to=typed["population_to"],
            is_offered=typed["is_offered"],
        )


class PriceForm(forms.Form):
    """A price from a day on."""

    interval = forms.ChoiceField(
        label=_("Abrechnungsweise"),
        choices=[("year", _("jährlich")), ("month", _("monatlich"))],
        initial="year",
        widget=ChipsWidget,
    )
    net = EuroField(label=_("Preis netto"))
    tax_percent = forms.ChoiceField(
        label=_("Umsatzsteuer"),
        choices=[("19", "19 %"), ("7", "7 %"), ("0", _("keine"))],
        initial="19",
        widget=ChipsWidget,
    )
    valid_from = forms.DateField(label=_("Gilt ab"), widget=DateWidget())

    def price(self) -> NewPrice:
        """Call on a valid form."""
        typed = self.cleaned_data
        return NewPrice(typed["interval"], typed["valid_from"], typed["net"], Decimal(typed["tax_percent"]))


class TermsForm(forms.Form):
    """Lengths, reminders, who writes the invoices, where to pay."""

    trial_days = forms.IntegerField(
        label=_("Probezeit in Tagen"), min_value=1, max_value=730, widget=CountWidget()
    )
    grace_days = forms.IntegerField(
        label=_("Tage nach der Probezeit, bis ohne Bestellung nur noch gelesen werden kann"),
        min_value=1, max_value=_LONGEST_DAYS, widget=CountWidget(),
    )  # fmt: skip
    payment_days = forms.IntegerField(
        label=_("Zahlungsziel in Tagen"), min_value=1, max_value=90, widget=CountWidget()
    )
    reminder_days = forms.CharField(
        label=_("Mahnungen"),
        max_length=40,
        help_text=_(
            "Tage nach der Fälligkeit oder der vorigen Mahnung, mit Komma getrennt, zum Beispiel „14, 14, 14“."
        ),
        validators=[
            RegexValidator(
                r"^\s*\d{1,3}(\s*,\s*\d{1,3})*\s*$", _("Schreiben Sie Zahlen mit Komma: 14, 14, 14")
            )
        ],
    )
    read_only_days = forms.IntegerField(
        label=_("Tage nach der letzten Mahnung, bis nur noch gelesen werden kann"),
        min_value=7, max_value=_LONGEST_DAYS, widget=CountWidget(),
    )  # fmt: skip
    tax_status = forms.ChoiceField(
        label=_("Umsatzsteuer des Verbunds"),
        choices=[
            ("regular", _("wird ausgewiesen")),
            ("small_business", _("Kleinunternehmer (§ 19 UStG)")),
            ("not_taxable", _("nicht steuerbar (§ 2b UStG)")),
        ],
    )
    seller_name = forms.CharField(label=_("Wer die Rechnung schreibt"), max_length=200)
    seller_street = forms.CharField(label=_("Straße und Hausnummer"), max_length=200)
    seller_postal_code = forms.CharField(
        label=_("Postleitzahl"),
        validators=[RegexValidator(r"^[0-9]{5}$", _("Eine Postleitzahl hat fünf Ziffern."))],
    )
    seller_city = forms.CharField(label=_("Ort"), max_length=100)
    seller_contact = forms.CharField(label=_("Ansprechperson"), max_length=200)
    seller_email = forms.EmailField(label=_("E-Mail für Rückfragen"))
    seller_phone = forms.CharField(label=_("Telefon"), max_length=40)
    seller_register_id = forms.CharField(label=_("Registernummer"), max_length=40, required=False)
    tax_number = forms.CharField(label=_("Steuernummer"), max_length=20)
    vat_id = forms.CharField(label=_("USt-IdNr."), max_length=14, required=False)
    creditor_name = forms.CharField(label=_("Kontoinhaber"), max_length=70)
    iban = forms.CharField(label="IBAN", max_length=42)
    bic = forms.CharField(
        label="BIC", max_length=11, required=False, help_text=_("Bei deutschen Banken finden wir sie.")
    )
    number_prefix = forms.CharField(
        label=_("Kürzel der Rechnungsnummern"),
        validators=[RegexValidator(r"^[A-Z0-9]{1,8}$", _("Ein bis acht Großbuchstaben oder Ziffern."))],
    )
    closing_text = forms.CharField(
        label=_("Schlusssatz der Rechnung"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    @staticmethod
    def initial_of(terms: Terms) -> dict[str, object]:
        """What is known."""
        known = {name: getattr(terms, name) for name in Terms.__dataclass_fields__}
        return {**known, "reminder_days": ", ".join(str(days) for days in terms.reminder_days)}

    def terms(self) -> Terms:
        """Call on a valid form."""
        days = tuple(int(part) for part in str(self.cleaned_data["reminder_days"]).split(","))
        return Terms(**{**self.cleaned_data, "reminder_days": days})


class UntilForm(forms.Form):
    """Up to which day a run looks; lives in the address."""

    until = forms.DateField(label=_("Zeiträume, die beginnen bis zum"), widget=DateWidget(), required=False)

    def day(self, today: date) -> date:
        """The day asked for, else today."""
        return (self.cleaned_data.get("until") if self.is_valid() else None) or today


class PaymentForm(forms.Form):
    """Money that came in, and how it is known."""

    amount = EuroField(label=_("Betrag"))
    valued_on = forms.DateField(label=_("Eingegangen am"), widget=DateWidget())
    reason = forms.CharField(
        label=_("Woher wissen wir das"),
        max_length=300,
        help_text=_("Zum Beispiel „Kontoauszug 12/2027“. Steht im Protokoll."),
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def payment(self) -> Payment:
        """Call on a valid form."""
        typed: dict[str, Any] = self.cleaned_data
        return Payment(typed["amount"], typed["valued_on"], UUID(str(typed["key"])), typed["reason"])


class TrialForm(forms.Form):
    """Until when the trial lasts, and why longer."""

    until = forms.DateField(label=_("Probezeit bis einschließlich"), widget=DateWidget())
    reason = forms.CharField(
        label=_("Grund"), max_length=300, help_text=_("Steht im Protokoll der Betreiberinnen und Betreiber.")
    )
