"""The first page of a new ordinance: what it is called and one thing it prices.

Not here: everything after that (``entries``).
"""

from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from booking_core.web.backoffice.forms.ordinance_editor.choices import resource_kinds
from booking_core.web.backoffice.forms.ordinance_editor.named_groups import STATES
from design_system.form_choices import offer


class NewOrdinanceForm(forms.Form):
    """The least a document needs."""

    name = forms.CharField(
        label=_("Name der Ordnung"),
        max_length=200,
        help_text=_("Zum Beispiel: Entgeltordnung für das Dorfhaus"),
    )
    code = forms.SlugField(
        label=_("Kurzname"),
        max_length=80,
        required=False,
        help_text=_("Kleinbuchstaben und Bindestriche, zum Beispiel dorfhaus. Ohne Angabe: aus dem Namen."),
    )
    municipality = forms.CharField(label=_("Gemeinde"), max_length=200)
    state = forms.ChoiceField(
        label=_("Bundesland"), choices=STATES, help_text=_("Für die gesetzlichen Feiertage.")
    )
    resource = forms.CharField(
        label=_("Erstes Angebot"),
        max_length=200,
        help_text=_("Zum Beispiel: Großer Saal. Weitere ergänzen Sie danach."),
    )
    kind = forms.ChoiceField(label=_("Art des Angebots"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "kind", resource_kinds())

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if "name" in cleaned and not cleaned.get("code"):
            cleaned["code"] = slugify(cleaned["name"])[:80].strip("-") or "ordnung"
        return cleaned
