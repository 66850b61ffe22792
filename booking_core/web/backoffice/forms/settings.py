"""What an administrator sets for the town: contact, look, how it books, legal texts, login provider.

Not here: saving (``workflows.town_settings``, ``identity.login_providers``).
"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from design_system.colours import InvalidColourError, parse_hex, to_hex
from design_system.widgets import ColourWidget, CountWidget

_LEGAL = {"rows": 14}


class ContactForm(forms.Form):
    """Name and how to reach the town."""

    official_name = forms.CharField(label=_("Amtlicher Name"), max_length=200)
    short_name = forms.CharField(
        label=_("Kurzer Name"), max_length=60, help_text=_("Steht oben auf jeder Seite.")
    )
    street = forms.CharField(label=_("Straße und Hausnummer"), max_length=200, required=False)
    postal_code = forms.RegexField(
        r"^[0-9]{5}$",
        label=_("Postleitzahl"),
        required=False,
        error_messages={"invalid": _("Fünf Ziffern, bitte.")},
    )
    city = forms.CharField(label=_("Ort"), max_length=100, required=False)
    contact_name = forms.CharField(label=_("Ansprechperson"), max_length=200, required=False)
    contact_email = forms.EmailField(
        label=_("E-Mail-Adresse für Anfragen"),
        max_length=254,
        help_text=_("Hier kommen neue Anfragen an; Antworten auf unsere E-Mails gehen dorthin."),
    )
    contact_phone = forms.CharField(label=_("Telefon"), max_length=40, required=False)


class LookForm(forms.Form):
    """Colour, logo and the line under the name."""

    brand_colour = forms.CharField(
        label=_("Farbe"),
        max_length=7,
        widget=ColourWidget(attrs={"data-preview-variable": "--kern-color-action-default"}),
        help_text=_(
            "Ist sie zu hell oder zu dunkel für lesbare Schrift, nehmen wir den nächsten lesbaren Ton."
        ),
    )
    tagline = forms.CharField(
        label=_("Zeile unter dem Namen"), max_length=200, required=False,
        widget=forms.TextInput(attrs={"data-preview-text": "tagline"}),
    )  # fmt: skip
    logo = forms.FileField(
        label=_("Wappen oder Logo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
        help_text=_("PNG oder JPEG, höchstens 2 MB. Leer lassen, um das jetzige zu behalten."),
    )
    remove_logo = forms.BooleanField(label=_("Logo entfernen"), required=False)

    def clean_brand_colour(self) -> str:
        try:
            return to_hex(parse_hex(self.cleaned_data["brand_colour"]))
        except InvalidColourError as fault:
            raise forms.ValidationError(_("Schreiben Sie die Farbe so: #0b5d8a")) from fault


class BookingForm(forms.Form):
    """How the town takes bookings."""

    auto_confirm = forms.BooleanField(
        label=_("Zulässige Anfragen bestätigen sich selbst"),
        required=False,
        help_text=_(
            "Nur wenn die Ordnung sie ohne Entscheidung erlaubt. Alle anderen kommen in den Eingang."
        ),
    )
    guests_allowed = forms.BooleanField(
        label=_("Buchen ohne Konto erlauben"),
        required=False,
        help_text=_("Gäste bestätigen ihre E-Mail-Adresse mit einem Code."),
    )
    waiting_offer_hours = forms.IntegerField(
        label=_("Warteliste: Stunden, die eine freie Zeit angeboten bleibt"),
        min_value=1,
        max_value=24 * 14,
        widget=CountWidget,
        help_text=_("So lange hat die nächste Person Zeit zu buchen. Danach kommt die übernächste dran."),
    )
    unused_dates_limit = forms.IntegerField(
        label=_("Serien: nach so vielen ungenutzten Terminen hintereinander fragen"),
        min_value=0,
        max_value=52,
        widget=CountWidget,
        help_text=_("Der Verein bekommt eine E-Mail. 0 fragt nie."),
    )


class LegalForm(forms.Form):
    """Imprint, privacy, accessibility."""

    imprint = forms.CharField(
        label=_("Impressum"), required=False, max_length=50_000, widget=forms.Textarea(attrs=_LEGAL)
    )
    privacy = forms.CharField(
        label=_("Datenschutzerklärung"),
        required=False,
        max_length=100_000,
        widget=forms.Textarea(attrs=_LEGAL),
    )
    accessibility_statement = forms.CharField(
        label=_("Erklärung zur Barrierefreiheit"),
        required=False,
        max_length=50_000,
        widget=forms.Textarea(attrs=_LEGAL),
    )


class LoginProviderForm(forms.Form):
    """The town's own login provider (OpenID Connect)."""

    name = forms.CharField(
        label=_("Name auf dem Knopf"), max_length=40, help_text=_("Zum Beispiel: Servicekonto")
    )
    issuer = forms.URLField(
        label=_("Adresse des Anmeldedienstes"),
        max_length=300,
        assume_scheme="https",
        help_text=_("Die Adresse, unter der /.well-known/openid-configuration antwortet."),
    )
    client_id = forms.CharField(label=_("Client-ID"), max_length=190)
    secret = forms.CharField(
        label=_("Geheimnis (Client-Secret)"),
        max_length=190,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("Wird nicht wieder angezeigt. Leer lassen, um das jetzige zu behalten."),
    )


FORMS: dict[str, type[forms.Form]] = {
    "kontakt": ContactForm,
    "aussehen": LookForm,
    "buchen": BookingForm,
    "rechtliches": LegalForm,
}


def facts_of(form: forms.Form) -> dict[str, Any]:
    """The town's facts out of a valid form; a removed logo is an empty path."""
    facts = {name: value for name, value in form.cleaned_data.items() if name not in {"logo", "remove_logo"}}
    if form.cleaned_data.get("remove_logo"):
        facts["logo"] = ""
    return facts
