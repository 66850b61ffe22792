"""What a clerk answers to a request: confirm, decline, ask back, note.

Not here: whether the answer still fits (``workflows.decide_booking`` compares the version).
"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

_TEXT_AREA = {"rows": 3}
DECLINE_MODULES = [
    ("occupied", _("Der Raum wird zu dieser Zeit für eine Veranstaltung der Gemeinde gebraucht.")),
    ("repair", _("Der Raum wird zu dieser Zeit instand gesetzt.")),
    ("purpose", _("Der Zweck passt nicht zur Benutzungsordnung.")),
    ("too_late", _("Die Anfrage kam zu kurzfristig, um alles vorzubereiten.")),
    ("missing", _("Wir haben auf unsere Rückfrage keine Antwort bekommen.")),
]


class NamedForm(forms.Form):
    """A form that shares its page with others: the ids of its fields carry its name."""

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("auto_id", f"{type(self).__name__.lower()}_%s")
        super().__init__(*args, **options)


class VersionedForm(NamedForm):
    """A form that remembers which state of the booking the clerk was looking at."""

    expected_version = forms.IntegerField(widget=forms.HiddenInput)


class ConfirmForm(VersionedForm):
    """Confirm, with words if the clerk wants."""

    text = forms.CharField(
        label=_("Text in der Bestätigung"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs=_TEXT_AREA),
        help_text=_("Zum Beispiel, wo der Schlüssel liegt."),
    )


class DeclineForm(VersionedForm):
    """Decline with a reason: a ready sentence, own words, or both."""

    module = forms.ChoiceField(
        label=_("Grund"),
        required=False,
        choices=[*DECLINE_MODULES, ("", _("anderer Grund"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Eigene Worte"),
        required=False,
        max_length=900,
        widget=forms.Textarea(attrs=_TEXT_AREA),
        help_text=_("Steht so in der E-Mail. Schlagen Sie am besten etwas vor, das geht."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        sentence = str(dict(DECLINE_MODULES).get(cleaned.get("module", ""), ""))
        words = " ".join(part for part in (sentence, cleaned.get("reason", "").strip()) if part)
        if not words:
            self.add_error(
                "reason", _("Nennen Sie einen Grund. Ohne Grund lässt sich eine Anfrage nicht ablehnen.")
            )
        cleaned["words"] = words
        return cleaned


class QuestionForm(NamedForm):
    """Ask the person who booked something; the request waits."""

    text = forms.CharField(
        label=_("Ihre Frage"),
        max_length=2000,
        widget=forms.Textarea(attrs=_TEXT_AREA),
        error_messages={"required": _("Schreiben Sie, was Sie wissen möchten.")},
    )


class NoteForm(NamedForm):
    """A note only staff see."""

    text = forms.CharField(
        label=_("Interne Notiz"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs=_TEXT_AREA),
        help_text=_("Sehen nur Kolleginnen und Kollegen."),
    )
