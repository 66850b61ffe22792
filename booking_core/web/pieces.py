"""How many of each thing of a booking, as form fields: a number beside everything that is booked in pieces.

Not here: whether so many are free (``reservations``), what they cost (``engines.ordinance``).
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from booking_core.catalog.contracts import ResourceView
from design_system.widgets import CountWidget

PREFIX = "menge_"


def is_counted(resource: ResourceView) -> bool:
    """Whether one says how many of it."""
    return resource.most_pieces > 1


def piece_field(resource: ResourceView, *, label: str = "") -> forms.IntegerField:
    """The number wanted of one thing."""
    return forms.IntegerField(
        label=label or _("%(name)s: wie viele Stück?") % {"name": resource.name},
        min_value=1,
        max_value=resource.most_pieces,
        initial=1,
        widget=CountWidget,
        help_text=_("Höchstens %(most)s") % {"most": resource.most_pieces},
        error_messages={"required": _("Geben Sie an, wie viele Sie brauchen.")},
    )


def piece_fields(resources: Iterable[ResourceView]) -> dict[str, forms.IntegerField]:
    """One field for every thing booked in pieces, by field name."""
    return {PREFIX + one.slug: piece_field(one) for one in resources if is_counted(one)}


class PiecesForm(forms.Form):
    """The numbers alone, for a page that asks for nothing else of the things."""

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, things: Iterable[ResourceView], **options: Any
    ) -> None:
        super().__init__(data, **options)
        self.things = tuple(things)
        self.fields |= piece_fields(self.things)

    def pieces(self) -> dict[int, int]:
        """How many of everything, by resource id. Call on a valid form."""
        return typed_pieces(self.cleaned_data, self.things)


def typed_pieces(values: Mapping[str, Any], resources: Iterable[ResourceView]) -> dict[int, int]:
    """What was typed, by resource id; one of what is not counted."""
    return {one.id: values.get(PREFIX + one.slug) or 1 for one in resources}


def pieces_data(wanted: Mapping[int, int], resources: Iterable[ResourceView]) -> dict[str, int]:
    """What the fields hold for numbers by resource id."""
    return {PREFIX + one.slug: wanted[one.id] for one in resources if is_counted(one) and one.id in wanted}
