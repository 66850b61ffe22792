"""Forms of the exchange: what one looks for, and under which name an entry is adopted."""

from itertools import count
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from design_system.form_choices import offer
from partnership.contracts import CatalogueFilter

KINDS = {
    "hall": _("Hallen und Säle"),
    "room": _("Räume"),
    "part": _("Teile von Räumen"),
    "place": _("Plätze im Freien"),
    "desk": _("Arbeitsplätze"),
    "device": _("Geräte"),
    "vehicle": _("Fahrzeuge"),
}
STATES = {
    "BW": "Baden-Württemberg", "BY": "Bayern", "BE": "Berlin", "BB": "Brandenburg", "HB": "Bremen", "HH": "Hamburg",
    "HE": "Hessen", "MV": "Mecklenburg-Vorpommern", "NI": "Niedersachsen", "NW": "Nordrhein-Westfalen",
    "RP": "Rheinland-Pfalz", "SL": "Saarland", "SN": "Sachsen", "ST": "Sachsen-Anhalt", "SH": "Schleswig-Holstein",
    "TH": "Thüringen",
}  # fmt: skip
_NEW = ""


class CatalogueForm(forms.Form):
    """Which entries the catalogue shows; lives in the address."""

    q = forms.CharField(label=_("Suchwort"), required=False, max_length=100)
    art = forms.ChoiceField(label=_("Wofür"), required=False, choices=[("", _("alles")), *KINDS.items()])
    land = forms.ChoiceField(
        label=_("Land"), required=False, choices=[("", _("alle Länder")), *STATES.items()]
    )
    von = forms.ChoiceField(
        label=_("Von wem"),
        required=False,
        choices=[
            ("", _("alle")),
            ("towns", _("von Kommunen geteilt")),
            ("collection", _("aus der Sammlung")),
        ],
    )

    def wanted(self) -> CatalogueFilter:
        """The filter as typed; what is not understood filters nothing."""
        typed = self.cleaned_data if self.is_valid() else {}
        return CatalogueFilter(
            text=typed.get("q", ""),
            kind=typed.get("art", ""),
            state=typed.get("land", ""),
            publisher=typed.get("von", ""),
        )


class AdoptForm(forms.Form):
    """Into which own ordinance an entry goes: a new one, or a new version of one that exists."""

    ordinance = forms.ChoiceField(label=_("Übernehmen als"), required=False)
    code = forms.SlugField(
        label=_("Kurzname der neuen Ordnung"),
        max_length=80,
        required=False,
        help_text=_("Kleinbuchstaben und Bindestriche, zum Beispiel entgeltordnung-dorfhaus."),
    )

    def __init__(self, *args: Any, own: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "ordinance", [(_NEW, _("neue Ordnung")), *own])
        self.taken, self.taken_code = {code for code, _label in own}, ""
        if not own:
            self.fields["ordinance"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("ordinance") and not self.errors:
            if not cleaned.get("code"):
                self.add_error("code", _("Geben Sie der neuen Ordnung einen Kurznamen."))
            elif cleaned["code"] in self.taken:
                self.taken_code = str(cleaned["code"])
                self.add_error("code", _("Diese Ordnung gibt es schon. Darunter stehen zwei Auswege."))
        return cleaned

    def free_code(self) -> str:
        """A short name like the one that is taken, but free."""
        stem = self.taken_code[:70]
        return next(name for name in (f"{stem}-{number}" for number in count(2)) if name not in self.taken)

    @property
    def chosen_code(self) -> str:
        """The short name of the ordinance the draft belongs to. Call on a valid form."""
        return str(self.cleaned_data["ordinance"] or self.cleaned_data["code"])
