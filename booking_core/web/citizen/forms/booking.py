"""Step one of booking: the time and everything the price depends on, as far as the ordinance asks.

Not here: who is booking (``people``).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from booking_core.catalog.contracts import ResourceView
from booking_core.web.citizen.forms.asked import AskedForm, scope_data
from booking_core.web.citizen.forms.wall_time import WallTimeForm, wall_time_data
from booking_core.web.pieces import PREFIX, is_counted, piece_field, piece_fields, pieces_data, typed_pieces
from booking_core.workflows.contracts import BookingChoices, Scope, Wish
from booking_core.workflows.wishes import pieces_taken


class BookingForm(WallTimeForm, AskedForm):
    """Time, group, purpose, people, pieces, extras and the ordinance's questions; only what is asked is there.

    ``menge`` is the number of the thing itself; each thing ``beside`` it has its own.
    """

    field_order = ["tag", "von", "bis", "bis_tag", "von_mal", "bis_mal"]

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        resource: ResourceView,
        choices: BookingChoices,
        beside: tuple[ResourceView, ...] = (),
        more: Sequence[tuple[str, list[tuple[str, str]]]] = (),
        **options: Any,
    ) -> None:
        super().__init__(data, choices=choices, **options)
        self.resource = resource
        self.beside = beside
        if is_counted(resource):
            self.fields["menge"] = piece_field(resource, label="" if beside else str(_("Wie viele Stück?")))
        self.fields |= piece_fields(beside)
        self.more = more
        if more:
            self.fields["dazu_neu"] = forms.ChoiceField(
                label=_("Noch etwas dazu"), required=False, choices=[("", _("nichts")), *more]
            )

    def things_beside(self) -> list[tuple[ResourceView, forms.BoundField | None]]:
        """Everything booked together with the resource, with the field for its number where it has one."""
        return [
            (one, self[name] if (name := PREFIX + one.slug) in self.fields else None) for one in self.beside
        ]

    def wish(self) -> Wish:
        """The wish as typed. Call on a valid form."""
        assert self.span is not None  # noqa: S101 — a valid form has its span
        asked = self.scope()
        usual = self.cleaned_data.get("menge") or 1
        return Wish(
            resource_ids=(self.resource.id, *(one.id for one in self.beside)),
            spans=(self.span,),
            quantity=usual,
            pieces=pieces_taken(typed_pieces(self.cleaned_data, self.beside), usual),
            group=asked.group,
            purpose=asked.purpose,
            persons=asked.persons,
            extras=asked.extras,
            facts=asked.facts,
            further_groups=asked.further_groups,
        )


def booking_data(wish: Wish, *, beside: tuple[ResourceView, ...] = ()) -> dict[str, object]:
    """What the form's fields hold for ``wish``: the way back to step one."""
    scope = Scope(wish.persons, wish.group, wish.purpose, wish.extras, wish.facts, wish.further_groups)
    return {
        **wall_time_data(wish.spans[0]),
        "menge": wish.quantity,
        **pieces_data(wish.wanted, beside),
        **scope_data(scope),
    }
