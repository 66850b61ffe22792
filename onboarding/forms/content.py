"""How the site looks and what it offers first.

Not here: building it (``onboarding.furnishing``), legal pages and agreement (``legal``).
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from booking_core.ordinances.library import library_entries
from design_system.colours import InvalidColourError, parse_hex, to_hex
from design_system.form_choices import offer
from design_system.widgets import CardsWidget, ColourWidget
from onboarding.contracts import SignUpView
from onboarding.errors import LogoRefused, OrdinanceFaulty
from onboarding.forms.base import StepForm
from onboarding.logos import read_logo
from onboarding.offers import OFFER_CHOICES, read_ordinance
from onboarding.queries import token_of

_LARGEST_ORDINANCE_BYTES = 512 * 1024


class LookForm(StepForm):
    """Logo, colour, one sentence."""

    step = "look"
    brand_colour = forms.CharField(
        label=_("Ihre Farbe"),
        help_text=_("Zum Beispiel aus dem Wappen. Wir sorgen dafür, dass alles lesbar bleibt."),
        error_messages={"required": _("Wählen Sie eine Farbe.")},
        widget=ColourWidget,
    )
    tagline = forms.CharField(
        label=_("Ein Satz unter dem Namen"),
        max_length=200,
        required=False,
        help_text=_("Zum Beispiel „Räume und Geräte für alle“."),
        widget=forms.TextInput(attrs={"data-preview-text": "tagline"}),
    )
    logo = forms.FileField(
        label=_("Wappen oder Logo"),
        required=False,
        help_text=_("PNG oder JPEG, höchstens 2 MB."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
    )
    remove_logo = forms.BooleanField(label=_("Logo entfernen"), required=False)

    def __init__(self, data: Any = None, files: Any = None, *, sign_up: SignUpView) -> None:
        super().__init__(data, files, sign_up=sign_up)
        self.initial.pop("logo", None)
        token = token_of(sign_up.uuid)
        self.fields["brand_colour"].widget.attrs |= {
            "data-preview-palette": reverse("sign_up_palette", args=[token]),
            "hx-get": reverse("sign_up_colour_verdict", args=[token]),
            "hx-trigger": "input changed delay:300ms",
            "hx-target": "#farbe",
        }
        if not sign_up.answer("look", "logo"):
            del self.fields["remove_logo"]

    @classmethod
    def prefill(cls, sign_up: SignUpView) -> Mapping[str, Any]:
        return {"brand_colour": "#0b5d8a"}

    def clean_brand_colour(self) -> str:
        try:
            return to_hex(parse_hex(self.cleaned_data["brand_colour"]))
        except InvalidColourError as fault:
            raise forms.ValidationError(_("Das ist keine Farbe. Ein Beispiel: #1a4f8c.")) from fault

    def clean_logo(self) -> str:
        upload = self.cleaned_data["logo"]
        if upload is None:
            return str(self.sign_up.answer("look", "logo"))
        try:
            return read_logo(upload)
        except LogoRefused as fault:
            raise forms.ValidationError(str(fault.message)) from fault

    def answer(self) -> dict[str, Any]:
        kept = {name: self.cleaned_data[name] for name in ("brand_colour", "tagline", "logo")}
        return {**kept, "logo": ""} if self.cleaned_data.get("remove_logo") else kept


class OffersForm(StepForm):
    """What the town offers first: a template, an ordinance from the library, its own file, or nothing yet."""

    step = "offers"
    choice = forms.ChoiceField(
        label=_("Womit möchten Sie anfangen?"),
        choices=OFFER_CHOICES,
        widget=CardsWidget,
        error_messages={"required": _("Wählen Sie aus, womit Sie anfangen möchten.")},
    )
    library = forms.ChoiceField(
        label=_("Satzung aus der Sammlung"),
        required=False,
        help_text=_(
            "Nur nötig, wenn Sie oben „aus der Sammlung“ wählen. Alle Beträge können Sie später ändern."
        ),
    )
    file = forms.FileField(
        label=_("Ihre Satzung als Datei"),
        required=False,
        help_text=_("Nur nötig, wenn Sie oben „eigene Datei“ wählen. Format: YAML, höchstens 512 KB."),
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml"}),
    )
    place = forms.CharField(
        label=_("Wie heißt das Haus?"),
        max_length=120,
        required=False,
        help_text=_("Zum Beispiel „Dörpshus Borgstedt“. Ohne Angabe nehmen wir einen passenden Namen."),
        widget=forms.TextInput(attrs={"data-preview-text": "place"}),
    )

    def __init__(self, data: Any = None, files: Any = None, *, sign_up: SignUpView) -> None:
        super().__init__(data, files, sign_up=sign_up)
        entries = [(entry.slug, f"{entry.municipality}: {entry.name}") for entry in library_entries()]
        offer(self, "library", [("", _("Bitte wählen")), *entries])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        choice, document, name = cleaned.get("choice"), "", ""
        if choice == "library" and not cleaned.get("library"):
            self.add_error("library", _("Wählen Sie eine Satzung aus der Sammlung."))
        if choice == "file":
            document, name = self._document(cleaned.get("file"))
        self.document, self.document_name = document, name
        return cleaned

    def answer(self) -> dict[str, Any]:
        kept = {name: self.cleaned_data[name] for name in ("choice", "library", "place")}
        return {**kept, "document": self.document, "document_name": self.document_name}

    def _document(self, upload: Any) -> tuple[str, str]:
        """The uploaded text, or the one kept before; mistakes become errors of the field, each with its line."""
        if upload is None:
            kept = str(self.sign_up.answer("offers", "document"))
            if not kept:
                self.add_error("file", _("Wählen Sie die Datei mit Ihrer Satzung aus."))
            return kept, str(self.sign_up.answer("offers", "document_name"))
        try:
            text = _text_of(upload)
            read_ordinance(text)
        except OrdinanceFaulty as fault:
            self.add_error("file", forms.ValidationError([str(fault.message), *fault.lines]))
            return "", ""
        return text, upload.name[:120]


def _text_of(upload: Any) -> str:
    if upload.size > _LARGEST_ORDINANCE_BYTES:
        raise OrdinanceFaulty(
            gettext("Die Datei ist größer als 512 KB. Eine Satzung ist viel kleiner."), field="file"
        )
    try:
        return str(upload.read().decode("utf-8"))
    except UnicodeDecodeError as fault:
        raise OrdinanceFaulty(gettext("Die Datei ist kein Text in UTF-8."), field="file") from fault
