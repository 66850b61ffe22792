"""Who signs up: kind, names, municipality key, address and contact.

Not here: the administrator's own address (``access``).
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from design_system.widgets import CardsWidget, CountWidget
from onboarding.contracts import SignUpView
from onboarding.forms.base import StepForm
from onboarding.municipality_keys import STATE_NAMES, KeyFaulty, federal_state, read_key
from tenants.models import InstitutionKind

_KINDS = (
    (InstitutionKind.MUNICIPALITY.value, _("Gemeinde oder Stadt\nAuch Markt, Flecken oder Ortsgemeinde.")),
    (
        InstitutionKind.ASSOCIATION.value,
        _("Amt, Samt- oder Verbandsgemeinde\nSie verwalten Häuser mehrerer Gemeinden."),
    ),
    (
        InstitutionKind.DISTRICT.value,
        _("Landkreis\nZum Beispiel für Schulen, Sporthallen oder das Medienzentrum."),
    ),
    (
        InstitutionKind.BODY.value,
        _("Andere öffentliche Einrichtung\nZum Beispiel Zweckverband, Volkshochschule, Bibliothek."),
    ),
)

MOST_PEOPLE = 10_000_000


class KindForm(StepForm):
    """What kind of institution."""

    step = "kind"
    kind = forms.ChoiceField(
        label=_("Wer möchte mitmachen?"),
        choices=_KINDS,
        widget=CardsWidget,
        error_messages={"required": _("Wählen Sie aus, was auf Sie zutrifft.")},
    )


class NamesForm(StepForm):
    """Official and short name."""

    step = "name"
    official_name = forms.CharField(
        label=_("Amtlicher Name"),
        max_length=200,
        help_text=_("Wie er im Briefkopf steht, zum Beispiel „Gemeinde Borgstedt“."),
        error_messages={"required": _("Geben Sie den amtlichen Namen ein.")},
        widget=forms.TextInput(attrs={"autocomplete": "organization", "data-preview-text": "official_name"}),
    )
    short_name = forms.CharField(
        label=_("Kurzer Name"),
        max_length=60,
        help_text=_("So sprechen die Leute von Ihnen, zum Beispiel „Borgstedt“."),
        error_messages={"required": _("Geben Sie den kurzen Namen ein.")},
        widget=forms.TextInput(attrs={"data-preview-text": "name"}),
    )


class KeyForm(StepForm):
    """The municipality key; other institutions name their state."""

    step = "key"
    municipality_key = forms.CharField(
        label=_("Amtlicher Gemeindeschlüssel"),
        max_length=20,
        error_messages={"required": _("Geben Sie den Gemeindeschlüssel ein. Er hat acht Ziffern.")},
        help_text=_(
            "Acht Ziffern, zum Beispiel 01058022 für Borgstedt. Er steht in jedem Bescheid des Statistikamts."
        ),
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "class": "b-width-number", "spellcheck": "false"}
        ),
    )
    federal_state = forms.ChoiceField(
        label=_("Bundesland"),
        choices=[("", _("Bitte wählen")), *STATE_NAMES.items()],
        error_messages={"required": _("Wählen Sie das Bundesland.")},
    )
    population = forms.IntegerField(
        label=_("Einwohnerzahl"),
        required=False,
        min_value=1,
        max_value=MOST_PEOPLE,
        help_text=_("Danach richtet sich der Preis nach der Probezeit. Sie können sie auch später angeben."),
        error_messages={
            "invalid": _("Geben Sie eine ganze Zahl ein, zum Beispiel 3200."),
            "min_value": _("Geben Sie eine ganze Zahl ein, zum Beispiel 3200."),
            "max_value": _("So viele Menschen leben dort nicht."),
        },
        widget=CountWidget(),
    )

    def __init__(self, data: Any = None, files: Any = None, *, sign_up: SignUpView) -> None:
        super().__init__(data, files, sign_up=sign_up)
        self.is_municipality = sign_up.answer("kind", "kind") == InstitutionKind.MUNICIPALITY
        if self.is_municipality:
            del self.fields["federal_state"]  # the key says it
        else:
            del self.fields["municipality_key"]

    def clean_municipality_key(self) -> str:
        typed = self.cleaned_data["municipality_key"]
        try:
            return read_key(typed)
        except KeyFaulty as fault:
            raise forms.ValidationError(str(fault)) from fault

    def answer(self) -> dict[str, Any]:
        key = self.cleaned_data.get("municipality_key", "")
        state = federal_state(key) if key else self.cleaned_data["federal_state"]
        return {
            "municipality_key": key,
            "federal_state": state,
            "population": self.cleaned_data.get("population"),
        }


class AddressForm(StepForm):
    """Where the institution is, and whom citizens ask."""

    step = "address"
    street = forms.CharField(
        label=_("Straße und Hausnummer"),
        max_length=200,
        error_messages={"required": _("Geben Sie Straße und Hausnummer ein.")},
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    postal_code = forms.CharField(
        label=_("Postleitzahl"),
        validators=[RegexValidator(r"^[0-9]{5}$", _("Eine Postleitzahl hat fünf Ziffern."))],
        error_messages={"required": _("Geben Sie die Postleitzahl ein.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "postal-code", "inputmode": "numeric", "class": "b-width-number"}
        ),
    )
    city = forms.CharField(
        label=_("Ort"),
        max_length=100,
        error_messages={"required": _("Geben Sie den Ort ein.")},
        widget=forms.TextInput(attrs={"autocomplete": "address-level2"}),
    )
    contact_email = forms.EmailField(
        label=_("E-Mail-Adresse für Bürgerinnen und Bürger"),
        help_text=_(
            "Sie steht auf der Seite und in jeder Bestätigung, zum Beispiel buergerbuero@borgstedt.example."
        ),
        error_messages={"required": _("Geben Sie eine E-Mail-Adresse ein.")},
    )
    contact_phone = forms.CharField(
        label=_("Telefon"), max_length=40, required=False, widget=forms.TextInput(attrs={"type": "tel"})
    )

    @classmethod
    def prefill(cls, sign_up: SignUpView) -> Mapping[str, Any]:
        return {"city": sign_up.answer("name", "short_name")}
