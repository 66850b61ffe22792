"""Legal pages and the data-processing agreement.

Not here: the texts themselves (``onboarding.legal_texts``, the agreement's template).
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from onboarding.agreement import AGREEMENT_VERSION
from onboarding.contracts import SignUpView
from onboarding.forms.base import StepForm
from onboarding.legal_texts import drafts_for

_LONG = 20_000


def _text(label: Any, empty: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=_LONG,
        error_messages={"required": empty},
        widget=forms.Textarea(attrs={"rows": 12}),
    )


class LegalForm(StepForm):
    """Imprint, privacy and accessibility, drafted from the answers so far."""

    step = "legal"
    imprint = _text(
        _("Impressum"), _("Das Impressum ist Pflicht. Lassen Sie den Entwurf stehen oder ändern Sie ihn.")
    )
    privacy = _text(_("Datenschutz"), _("Die Datenschutzerklärung ist Pflicht."))
    accessibility = _text(_("Barrierefreiheit"), _("Die Erklärung zur Barrierefreiheit ist Pflicht."))

    @classmethod
    def prefill(cls, sign_up: SignUpView) -> Mapping[str, Any]:
        return drafts_for(sign_up)

    def answer(self) -> dict[str, Any]:
        """Texts left as drafted are not kept, so that they follow later changes of name and address."""
        drafts = drafts_for(self.sign_up)
        typed = {name: self.cleaned_data[name].replace("\r\n", "\n").strip() for name in drafts}
        changed = {name: text for name, text in typed.items() if text != drafts[name].strip()}
        return {**changed, "seen": True}


class AgreementForm(StepForm):
    """The agreement on data processing, accepted by a person with a name."""

    step = "agreement"
    accepted_by = forms.CharField(
        label=_("Wer stimmt zu?"),
        max_length=200,
        help_text=_("Name und Funktion, zum Beispiel „Erika Mustermann, Amtsleiterin“."),
        error_messages={"required": _("Geben Sie an, wer zustimmt.")},
    )
    accepted = forms.BooleanField(
        label=_(
            "Ich stimme der Vereinbarung zur Auftragsverarbeitung zu und darf das für meine Einrichtung tun."
        ),
        error_messages={"required": _("Ohne Zustimmung dürfen wir keine Daten für Sie verarbeiten.")},
    )

    @classmethod
    def prefill(cls, sign_up: SignUpView) -> Mapping[str, Any]:
        return {"accepted_by": sign_up.answer("email", "name")}

    def answer(self) -> dict[str, Any]:
        return {
            "accepted_by": self.cleaned_data["accepted_by"],
            "accepted": True,
            "version": AGREEMENT_VERSION,
            "accepted_at": timezone.now().isoformat(),
        }
