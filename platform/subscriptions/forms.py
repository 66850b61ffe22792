"""Forms of a town's page: order or change a plan, where invoices go, leaving.

Not here: the operators' forms (``operator_console``).
"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, RegexValidator
from django.utils.translation import gettext_lazy as _

from design_system.form_choices import offer
from design_system.widgets import CardsWidget, CountWidget
from subscriptions.contracts import Billing, PlanView, SubscriptionView
from subscriptions.services.accounts import PlanChoice
from subscriptions.wording import plan_name, price_words

MOST_PEOPLE = 10_000_000


class PlanForm(forms.Form):
    """One of the plans that fit, by year or by month."""

    choice = forms.ChoiceField(
        label=_("Tarif"),
        widget=CardsWidget,
        error_messages={"required": _("Wählen Sie einen Tarif.")},
    )

    def __init__(self, *args: Any, plans: Sequence[PlanView], **options: Any) -> None:
        super().__init__(*args, **options)
        offers = [(plan, price) for plan in plans for price in (plan.yearly, plan.monthly) if price]
        choices = [
            (f"{plan.id}-{price.interval}", f"{plan_name(plan)}\n{price_words(price)}")
            for plan, price in offers
        ]
        offer(self, "choice", choices)
        if choices and not self.initial.get("choice"):
            self.initial["choice"] = choices[0][0]

    def plan_choice(self) -> PlanChoice:
        """Call on a valid form."""
        plan_id, interval = str(self.cleaned_data["choice"]).split("-")
        return PlanChoice(int(plan_id), interval)


class OrderForm(PlanForm):
    """The order itself: binding, so it is said."""

    is_binding = forms.BooleanField(
        label=_("Ich bestelle im Namen der Kommune verbindlich und kostenpflichtig."),
        error_messages={"required": _("Bestätigen Sie die Bestellung.")},
    )


class WayForm(forms.Form):
    """How the next periods are paid."""

    way = forms.ChoiceField(
        label=_("Zahlungsweg"),
        widget=CardsWidget,
        choices=[
            (
                "transfer",
                _("Rechnung und Überweisung\nRechnung als PDF mit E-Rechnung, auf Wunsch als XRechnung."),
            ),
            ("stripe", _("Online über Stripe\nRechnung von Stripe, bezahlt mit Karte oder Lastschrift.")),
        ],
        error_messages={"required": _("Wählen Sie einen Zahlungsweg.")},
    )


class BillingForm(forms.Form):
    """Where invoices go, and how many people live here."""

    name = forms.CharField(label=_("Empfänger der Rechnung"), max_length=200,
                           error_messages={"required": _("Geben Sie den Empfänger ein.")})  # fmt: skip
    unit = forms.CharField(
        label=_("Amt oder Abteilung"), max_length=200, required=False, help_text=_("Zum Beispiel „Kämmerei“.")
    )
    street = forms.CharField(label=_("Straße und Hausnummer"), max_length=200,
                             error_messages={"required": _("Geben Sie Straße und Hausnummer ein.")})  # fmt: skip
    postal_code = forms.CharField(
        label=_("Postleitzahl"),
        validators=[RegexValidator(r"^[0-9]{5}$", _("Eine Postleitzahl hat fünf Ziffern."))],
        error_messages={"required": _("Geben Sie die Postleitzahl ein.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "b-width-number"}),
    )
    city = forms.CharField(label=_("Ort"), max_length=100,
                           error_messages={"required": _("Geben Sie den Ort ein.")})  # fmt: skip
    email = forms.EmailField(
        label=_("E-Mail-Adresse für Rechnungen und Mahnungen"),
        error_messages={"required": _("Geben Sie eine E-Mail-Adresse ein.")},
    )
    leitweg_id = forms.CharField(
        label=_("Leitweg-ID"),
        max_length=60,
        required=False,
        help_text=_("Mit ihr kommen Rechnungen als XRechnung. Sie finden sie bei Ihrer Kämmerei."),
    )
    population = forms.IntegerField(
        label=_("Einwohnerzahl"),
        required=False,
        min_value=1,
        validators=[MaxValueValidator(MOST_PEOPLE, _("So viele Menschen leben dort nicht."))],
        help_text=_("Sie entscheidet, welche Tarife passen. Eine Änderung zählt ab dem nächsten Zeitraum."),
        widget=CountWidget(),
    )

    @staticmethod
    def initial_of(one: SubscriptionView) -> dict[str, object]:
        """What is known."""
        billing = one.billing
        return {
            "name": billing.name, "unit": billing.unit, "street": billing.street, "city": billing.city,
            "postal_code": billing.postal_code, "email": billing.email, "leitweg_id": billing.leitweg_id,
            "population": one.population,
        }  # fmt: skip

    def billing(self) -> Billing:
        """Call on a valid form."""
        return Billing(**{name: self.cleaned_data[name] for name in Billing.__dataclass_fields__})
