"""Editing places and what can be booked there.

Not here: opening hours (``forms.hours``), photos and closures (``forms.upkeep``).
"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from booking_core.catalog.contracts import LocationData, LocationView, ResourceData, ResourceView
from booking_core.catalog.vocabulary import ACCESSIBILITY, AMENITIES
from booking_core.web.backoffice.forms.fields import ChecksField, Choices, HoursMinutesField
from design_system.form_choices import offer
from design_system.widgets import CountWidget

KINDS = [
    ("room", _("Raum")),
    ("hall", _("Halle")),
    ("place", _("Platz")),
    ("desk", _("Arbeitsplatz")),
    ("device", _("Gerät")),
    ("vehicle", _("Fahrzeug")),
]
AUDIENCES = [
    ("public", _("Alle")),
    ("residents", _("Einwohnerinnen und Einwohner")),
    ("organisations", _("Eingetragene Vereine und Organisationen")),
    ("staff", _("Nur die Verwaltung")),
]
GRIDS = [
    (5, _("alle 5 Minuten")),
    (10, _("alle 10 Minuten")),
    (15, _("jede Viertelstunde")),
    (20, _("alle 20 Minuten")),
    (30, _("jede halbe Stunde")),
    (60, _("jede Stunde")),
    (120, _("alle 2 Stunden")),
    (240, _("alle 4 Stunden")),
    (720, _("um 0 und 12 Uhr")),
    (1440, _("nur um 0 Uhr")),
]
SHOWN = [
    ("nothing", _("Nichts")),
    ("busy", _("Nur frei oder belegt")),
    ("titles", _("Auch Titel, denen zugestimmt wurde")),
]
_DAY_MINUTES = 24 * 60
_LONG = {"rows": 5}
_SHORT = {"rows": 3}


class LocationForm(forms.Form):
    """A house or ground with an address."""

    name = forms.CharField(label=_("Name"), max_length=120)
    street = forms.CharField(label=_("Straße und Hausnummer"), max_length=200, required=False)
    postal_code = forms.RegexField(
        r"^[0-9]{5}$",
        label=_("Postleitzahl"),
        required=False,
        error_messages={"invalid": _("Fünf Ziffern, bitte.")},
    )
    city = forms.CharField(label=_("Ort"), max_length=100, required=False)
    latitude = forms.FloatField(
        label=_("Breitengrad"), required=False, min_value=-90, max_value=90, localize=True,
        help_text=_("Für die Karte, zum Beispiel 54,3921"),
    )  # fmt: skip
    longitude = forms.FloatField(
        label=_("Längengrad"), required=False, min_value=-180, max_value=180, localize=True,
        help_text=_("Für die Karte, zum Beispiel 9,7102"),
    )  # fmt: skip
    description = forms.CharField(
        label=_("Beschreibung"), required=False, max_length=5000, widget=forms.Textarea(attrs=_LONG)
    )
    directions = forms.CharField(
        label=_("Anfahrt und Parken"), required=False, max_length=3000, widget=forms.Textarea(attrs=_SHORT)
    )
    step_free_directions = forms.CharField(
        label=_("Stufenloser Weg"),
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs=_SHORT),
        help_text=_("Beschreiben Sie den Weg vom Parkplatz bis in den Raum."),
    )
    is_published = forms.BooleanField(label=_("Auf der Webseite zeigen"), required=False, initial=True)
    occupancy_shown = forms.ChoiceField(
        label=_("Was zeigt der öffentliche Belegungsplan?"),
        choices=SHOWN,
        initial="busy",
        required=False,
        widget=forms.RadioSelect,
        help_text=_("Titel erscheinen nur, wenn die Buchenden zugestimmt haben."),
    )

    def clean_occupancy_shown(self) -> str:
        chosen: str = self.cleaned_data["occupancy_shown"]
        return chosen or "busy"

    def data_for(self, old: LocationView | None) -> LocationData:
        """What the service takes; the order of places stays."""
        return LocationData(
            **self.cleaned_data, slug=old.slug if old else "", position=old.position if old else 0
        )


class ResourceForm(forms.Form):
    """Something that can be booked, with everything its page shows."""

    location_id = forms.TypedChoiceField(label=_("Standort"), coerce=int)
    name = forms.CharField(label=_("Name"), max_length=120)
    kind = forms.ChoiceField(label=_("Art"), choices=KINDS)
    summary = forms.CharField(
        label=_("In einem Satz"),
        max_length=200,
        required=False,
        help_text=_("Steht in Listen unter dem Namen."),
    )
    description = forms.CharField(
        label=_("Beschreibung"), required=False, max_length=5000, widget=forms.Textarea(attrs=_LONG)
    )
    capacity = forms.IntegerField(
        label=_("Sitzplätze"), required=False, min_value=1, max_value=100_000, widget=CountWidget
    )
    area_m2 = forms.IntegerField(
        label=_("Fläche in m²"), required=False, min_value=1, max_value=1_000_000, widget=CountWidget
    )
    pieces = forms.IntegerField(
        label=_("Wie viele gibt es davon?"),
        min_value=1,
        max_value=100_000,
        initial=1,
        widget=CountWidget,
        help_text=_("Mehr als 1 nur für Dinge, die man stückweise bucht: 120 Stühle, 12 Arbeitsplätze."),
    )
    amenities = ChecksField(label=_("Ausstattung"), required=False, choices=list(AMENITIES.items()))
    accessibility = ChecksField(
        label=_("Barrierefreiheit"), required=False, choices=list(ACCESSIBILITY.items())
    )
    accessibility_note = forms.CharField(
        label=_("Mehr zur Barrierefreiheit"),
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs=_SHORT),
    )
    house_rules = forms.CharField(
        label=_("Hausordnung"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs=_LONG),
        help_text=_("Wer bucht, muss ihr zustimmen."),
    )
    audience = forms.ChoiceField(label=_("Wer darf buchen?"), choices=AUDIENCES, widget=forms.RadioSelect)
    grid_minutes = forms.TypedChoiceField(label=_("Buchungen beginnen"), choices=GRIDS, coerce=int)
    min_minutes = HoursMinutesField(
        label=_("Kürzeste Dauer"),
        least_minutes=5,
        most_minutes=366 * _DAY_MINUTES,
        help_text=_("Stunden:Minuten, zum Beispiel 0:30"),
    )
    max_minutes = HoursMinutesField(
        label=_("Längste Dauer"),
        least_minutes=5,
        most_minutes=366 * _DAY_MINUTES,
        help_text=_("Stunden:Minuten, zum Beispiel 336:00 für 14 Tage"),
    )
    buffer_before_minutes = HoursMinutesField(
        label=_("Zeit davor zum Aufbauen"),
        most_minutes=_DAY_MINUTES,
        help_text=_("Wird mit freigehalten, aber nicht berechnet."),
    )
    buffer_after_minutes = HoursMinutesField(
        label=_("Zeit danach zum Reinigen"),
        most_minutes=_DAY_MINUTES,
        help_text=_("Wird mit freigehalten, aber nicht berechnet."),
    )
    is_published = forms.BooleanField(label=_("Auf der Webseite zeigen"), required=False, initial=True)

    def __init__(self, *args: Any, locations: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "location_id", locations)

    def data_for(self, old: ResourceView | None) -> ResourceData:
        """What the service takes; the address of an existing page stays."""
        return ResourceData(
            **self.cleaned_data, slug=old.slug if old else "", position=old.position if old else 0
        )


def location_facts(place: LocationView) -> dict[str, object]:
    """What the form for a location starts with."""
    return {name: getattr(place, name) for name in LocationForm.base_fields}


def resource_facts(resource: ResourceView) -> dict[str, object]:
    """What the form for a resource starts with."""
    facts = {
        name: getattr(resource, name)
        for name in ResourceForm.base_fields
        if name not in {"location_id", "pieces"}
    }
    return {**facts, "location_id": resource.location.id, "pieces": resource.most_pieces}


NEW_RESOURCE: dict[str, object] = {
    "kind": "room",
    "audience": "public",
    "grid_minutes": 30,
    "min_minutes": 60,
    "max_minutes": 14 * _DAY_MINUTES,
    "buffer_before_minutes": 0,
    "buffer_after_minutes": 0,
    "pieces": 1,
    "is_published": False,
}


class PartsForm(forms.Form):
    """The names of the parts a hall consists of, one per line."""

    part_names = forms.CharField(
        label=_("Namen der Teile"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Ein Teil je Zeile, zum Beispiel: Drittel Nord, Drittel Mitte, Drittel Süd."),
    )

    def names(self) -> tuple[str, ...]:
        """The names without empty lines."""
        return tuple(line.strip() for line in self.cleaned_data["part_names"].splitlines() if line.strip())


class TariffForm(forms.Form):
    """Which entry of which ordinance prices a resource; choices read ``ordinance id:code``."""

    codes = ChecksField(
        label=_("Eintrag der Ordnung"),
        help_text=_("Besteht das Angebot aus mehreren Teilen der Ordnung, kreuzen Sie alle an."),
    )

    def __init__(self, *args: Any, entries: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "codes", entries)

    def clean_codes(self) -> tuple[str, ...]:
        chosen: tuple[str, ...] = self.cleaned_data["codes"]
        if len({entry.split(":", 1)[0] for entry in chosen}) > 1:
            raise forms.ValidationError(_("Wählen Sie Einträge aus nur einer Ordnung."))
        return chosen

    def ordinance_id(self) -> int:
        """The ordinance of the chosen entries."""
        return int(self.cleaned_data["codes"][0].split(":", 1)[0])

    def document_codes(self) -> tuple[str, ...]:
        """The chosen entries as the document calls them."""
        return tuple(entry.split(":", 1)[1] for entry in self.cleaned_data["codes"])
