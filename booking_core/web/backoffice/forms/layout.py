"""Drawing what a hall consists of: its units, and for each offer the units it takes and its buffers.

Not here: whether that fits what is booked (``workflows.change_parts``).
"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booking_core.catalog.contracts import Layout, LayoutResource, LayoutUnit, ResourceView
from booking_core.web.backoffice.forms.fields import HoursMinutesField
from design_system.plans import HallDrawing, HallRow
from design_system.widgets import CountWidget

_NEW_UNITS = ("n1", "n2", "n3")
_DAY_MINUTES = 24 * 60


class LayoutForm(forms.Form):
    """Fields ``name_<unit>``, ``pieces_<unit>``, ``claims_<resource>``, ``before_``/``after_<resource>``."""

    def __init__(self, *args: Any, resources: Sequence[ResourceView], **options: Any) -> None:
        super().__init__(*args, **options)
        self.resources = resources
        self.existing = {f"u{claim.unit_id}": claim for one in resources for claim in one.claims}
        self.keys = (*self.existing, *_NEW_UNITS)
        for key in self.keys:
            self._add_unit(key)
        for one in resources:
            self._add_resource(one)

    def _add_unit(self, key: str) -> None:
        claim = self.existing.get(key)
        self.fields[f"name_{key}"] = forms.CharField(
            label=_("Name") if claim else _("Neuer Teil: Name"),
            max_length=120,
            required=claim is not None,
            initial=claim.unit_name if claim else "",
        )
        self.fields[f"pieces_{key}"] = forms.IntegerField(
            label=_("Stückzahl"),
            min_value=1,
            max_value=100_000,
            required=claim is not None,
            initial=claim.pieces if claim else 1,
            widget=CountWidget,
        )
        if claim is None:
            self.fields[f"offered_{key}"] = forms.BooleanField(
                label=_("auch einzeln buchbar"), required=False, initial=True
            )

    def _add_resource(self, one: ResourceView) -> None:
        self.fields[f"claims_{one.id}"] = forms.MultipleChoiceField(
            label=one.name,
            choices=[(key, key) for key in self.keys],
            initial=[f"u{claim.unit_id}" for claim in one.claims],
            error_messages={"required": gettext_lazy("Ein Angebot braucht mindestens einen Teil.")},
        )
        for side, minutes, label in (
            ("before", one.buffer_before_minutes, _("davor")),
            ("after", one.buffer_after_minutes, _("danach")),
        ):
            self.fields[f"{side}_{one.id}"] = HoursMinutesField(
                label=label, most_minutes=_DAY_MINUTES, initial=minutes
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for one in self.resources:
            for key in cleaned.get(f"claims_{one.id}", ()):
                if key in _NEW_UNITS and not cleaned.get(f"name_{key}"):
                    self.add_error(f"name_{key}", _("Geben Sie dem neuen Teil einen Namen."))
        return cleaned

    def layout(self) -> Layout:
        """What was drawn. Call on a valid form."""
        typed = self.cleaned_data
        used = {key for one in self.resources for key in typed[f"claims_{one.id}"]}
        units = tuple(
            LayoutUnit(
                key,
                typed[f"name_{key}"],
                typed[f"pieces_{key}"] or 1,
                self.existing[key].unit_id if key in self.existing else None,
                is_offered=bool(typed.get(f"offered_{key}")),
            )
            for key in self.keys
            if key in self.existing or key in used or typed[f"name_{key}"]
        )
        pieces = {unit.key: unit.pieces for unit in units}
        return Layout(units, tuple(self._resource(one, pieces) for one in self.resources))

    def _resource(self, one: ResourceView, pieces: dict[str, int]) -> LayoutResource:
        chosen = frozenset(self.cleaned_data[f"claims_{one.id}"])
        whole = {f"u{claim.unit_id}" for claim in one.claims if claim.pieces > 1 and not claim.is_counted}
        return LayoutResource(
            one.id,
            chosen,
            frozenset(key for key in chosen - whole if pieces[key] > 1),
            self.cleaned_data[f"before_{one.id}"] or 0,
            self.cleaned_data[f"after_{one.id}"] or 0,
        )

    # --- What the page prints ---------------------------------------------------------------------

    def unit_rows(self) -> list[list[forms.BoundField]]:
        """The fields of each unit, existing ones first."""
        return [
            [
                self[f"{part}_{key}"]
                for part in ("name", "pieces", "offered")
                if f"{part}_{key}" in self.fields
            ]
            for key in self.keys
        ]

    def unit_names(self) -> list[str]:
        """How the columns are headed: the name as typed, or the number of a new part."""
        return [
            str(self[f"name_{key}"].value() or "") or _("Neuer Teil %(number)s") % {"number": key[1:]}
            for key in self.keys
        ]

    def check_rows(self) -> list[dict[str, object]]:
        """For each offer its check boxes, one per unit, and its buffers."""
        names = self.unit_names()
        rows = []
        for one in self.resources:
            field = self[f"claims_{one.id}"]
            chosen = set(field.value() or ())
            rows.append(
                {
                    "name": one.name,
                    "errors": field.errors,
                    "field": field.html_name,
                    "checks": [
                        {
                            "value": key,
                            "is_on": key in chosen,
                            "label": _("%(offer)s belegt %(part)s") % {"offer": one.name, "part": name},
                        }
                        for key, name in zip(self.keys, names, strict=True)
                    ],
                    "before": self[f"before_{one.id}"],
                    "after": self[f"after_{one.id}"],
                }
            )
        return rows

    def drawing(self, caption: str) -> HallDrawing:
        """The hall as drawn: units in use side by side, offers below."""
        chosen = {one.id: set(self[f"claims_{one.id}"].value() or ()) for one in self.resources}
        named = zip(self.keys, self.unit_names(), strict=True)
        used = [(key, name) for key, name in named if any(key in keys for keys in chosen.values())]
        return HallDrawing(
            caption,
            [(name, self._pieces_words(key)) for key, name in used],
            [HallRow(one.name, [key in chosen[one.id] for key, _name in used]) for one in self.resources],
        )

    def _pieces_words(self, key: str) -> str:
        pieces = str(self[f"pieces_{key}"].value() or "1")
        return "" if pieces == "1" else _("%(count)s Stück") % {"count": pieces}
