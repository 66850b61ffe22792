"""The one line of search: what, when, how many, for which group. All of it lives in the address.

Not here: the filters beside the results, which are plain links (``presenters.filters``).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from booking_core.web.citizen.forms.wall_time import WallTimeForm
from design_system.widgets import CountWidget

Choices = Sequence[tuple[str, str]]


class SearchForm(WallTimeForm):
    """Everything may be left open; a day without times shows the whole day."""

    was = forms.CharField(
        label=_("Was suchen Sie?"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("Saal, Beamer, Ort …")}),
    )
    personen = forms.IntegerField(
        label=_("Personen"),
        required=False,
        min_value=1,
        max_value=100_000,
        widget=CountWidget,
        error_messages={"invalid": _("Geben Sie eine Zahl ein, zum Beispiel 30.")},
    )
    gruppe = forms.ChoiceField(label=_("Ich buche als"), required=False)
    field_order = ["was", "tag", "von", "bis", "bis_tag", "von_mal", "bis_mal", "personen", "gruppe"]

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, groups: Choices = (), **options: Any
    ) -> None:
        super().__init__(data, **options)
        for name in ("tag", "von", "bis"):
            self.fields[name].required = False
        self._offer_groups(groups)

    def _offer_groups(self, groups: Choices) -> None:
        if groups:
            self.fields["gruppe"].choices = [("", _("bitte wählen")), *groups]  # type: ignore[attr-defined]
        else:
            del self.fields["gruppe"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        times = [name for name in ("von", "bis") if cleaned.get(name)]
        if times and not cleaned.get("tag") and "tag" not in self.errors:
            self.add_error("tag", _("Wählen Sie zu den Uhrzeiten auch den Tag."))
        if len(times) == 1 and cleaned.get("tag"):
            missing = "bis" if times == ["von"] else "von"
            if missing not in self.errors:
                self.add_error(missing, _("Geben Sie Beginn und Ende an, dann sehen Sie den genauen Preis."))
        return cleaned
