"""Who is asking, and what for: contact, title and message of a booking, the code from the mail.

Not here: checking the code (``guest_proof``).
"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from booking_core.reservations.contracts import Contact
from booking_core.web.tariffs.choices import cancelling_fields
from booking_core.workflows.contracts import Question
from design_system.widgets import CodeWidget

_REQUIRED_EMAIL = _("Geben Sie Ihre E-Mail-Adresse ein. Dorthin schicken wir die Antwort.")
_BAD_EMAIL = _("Diese E-Mail-Adresse kann nicht stimmen. Beispiel: erika@example.org")


class EmailForm(forms.Form):
    """A guest's address, to be proven by a code."""

    email = forms.EmailField(
        label=_("E-Mail-Adresse"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _REQUIRED_EMAIL, "invalid": _BAD_EMAIL},
    )


class CodeForm(forms.Form):
    """The six digits from the mail."""

    code = forms.CharField(
        label=_("Code aus der E-Mail"),
        max_length=20,
        help_text=_("Sechs Ziffern"),
        widget=CodeWidget,
        error_messages={"required": _("Geben Sie den Code aus der E-Mail ein.")},
    )


class AboutForm(forms.Form):
    """What the booking is called and what the town should know."""

    title = forms.CharField(
        label=_("Anlass"),
        max_length=120,
        help_text=_("Zum Beispiel: Geburtstag, Chorprobe, Mitgliederversammlung"),
        error_messages={"required": _("Nennen Sie den Anlass, damit die Verwaltung entscheiden kann.")},
    )
    message = forms.CharField(
        label=_("Nachricht an die Verwaltung"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ContactForm(AboutForm):
    """Who answers for the booking. The address of an account or proven guest stays as it is."""

    name = forms.CharField(
        label=_("Vor- und Nachname"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Geben Sie Ihren Namen ein.")},
    )
    organisation_name = forms.CharField(
        label=_("Verein oder Organisation"),
        required=False,
        max_length=200,
        help_text=_("Nur wenn Sie nicht für sich selbst buchen."),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    email = forms.EmailField(
        label=_("E-Mail-Adresse"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _REQUIRED_EMAIL, "invalid": _BAD_EMAIL},
    )
    phone = forms.CharField(
        label=_("Telefon"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    street = forms.CharField(
        label=_("Straße und Hausnummer"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
        error_messages={"required": _("Geben Sie Straße und Hausnummer ein. Sie stehen auf der Rechnung.")},
    )
    postal_code = forms.CharField(
        label=_("Postleitzahl"),
        max_length=10,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "class": "b-width-short"}),
        error_messages={"required": _("Geben Sie die Postleitzahl ein.")},
    )
    city = forms.CharField(
        label=_("Ort"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "address-level2"}),
        error_messages={"required": _("Geben Sie den Ort ein.")},
    )
    field_order = [
        "title",
        "message",
        "name",
        "organisation_name",
        "email",
        "phone",
        "street",
        "postal_code",
        "city",
    ]

    def __init__(self, *arguments: Any, proven: str = "", **options: Any) -> None:
        super().__init__(*arguments, **options)
        if proven:
            self.fields["email"].disabled = True
            self.fields["email"].help_text = _("Diese Adresse ist bestätigt.")
            self.initial["email"] = proven

    def contact(self) -> Contact:
        """The contact as typed. Call on a valid form."""
        return Contact(
            **{name: self.cleaned_data[name] for name in (
                "name", "email", "phone", "street", "postal_code", "city", "organisation_name"
            )}
        )  # fmt: skip


class DetailsForm(ContactForm):
    """What may change after sending without touching time or price: title, message, contact."""

    title_is_public = forms.BooleanField(
        label=_("Der Anlass darf im öffentlichen Belegungsplan stehen."),
        required=False,
        help_text=_("Sonst steht dort nur, dass die Zeit belegt ist."),
    )


class TextForm(forms.Form):
    """An answer or a reason in the visitor's own words."""

    text = forms.CharField(
        label=_("Ihre Antwort"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Schreiben Sie Ihre Antwort in das Feld.")},
    )


class ReasonForm(forms.Form):
    """Why a booking is cancelled, which may stay empty, and what the rules of cancelling ask.

    ``agreed`` is the fee the visitor saw, in cents; another answer may change it.
    """

    agreed = forms.CharField(required=False, widget=forms.HiddenInput)

    reason = forms.CharField(
        label=_("Grund"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *arguments: Any, questions: tuple[Question, ...] = (), **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields.update(cancelling_fields(questions))


class RulesForm(forms.Form):
    """The last yes before sending."""

    house_rules = forms.BooleanField(
        label=_("Ich habe die Hausordnung gelesen und halte sie ein."),
        error_messages={
            "required": _("Bitte bestätigen Sie die Hausordnung, dann können Sie die Anfrage senden.")
        },
    )
