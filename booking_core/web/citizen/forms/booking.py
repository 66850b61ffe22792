"""Step one of booking: the time and everything the price depends on, as far as the ordinance asks.

Not here: who is booking (``people``).
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from booking_core.catalog.contracts import ResourceView
from booking_core.web.citizen.forms.asked import AskedForm, scope_data
from booking_core.web.citizen.forms.wall_time import WallTimeForm, wall_time_data
from booking_core.workflows.contracts import BookingChoices, Scope, Wish
from design_system.widgets import CountWidget


class BookingForm(WallTimeForm, AskedForm):
    """Time, group, purpose, people, pieces, extras and the ordinance's questions; only what is asked is there."""

    menge = forms.IntegerField(
        label=_("Wie viele Stück?"), min_value=1, initial=1, widget=CountWidget,
        error_messages={"required": _("Geben Sie an, wie viele Sie brauchen.")},
    )  # fmt: skip

    field_order = ["tag", "von", "bis", "bis_tag", "von_mal", "bis_mal"]

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        resource: ResourceView,
        choices: BookingChoices,
        beside: tuple[ResourceView, ...] = (),
        **options: Any,
    ) -> None:
        super().__init__(data, choices=choices, **options)
        self.resource = resource
        self.beside = beside
        if resource.most_pieces == 1:
            del self.fields["menge"]
        else:
            self.fields["menge"].max_value = resource.most_pieces  # type: ignore[attr-defined]
            self.fields["menge"].help_text = _("Höchstens %(most)s") % {"most": resource.most_pieces}

    def wish(self) -> Wish:
        """The wish as typed. Call on a valid form."""
        assert self.span is not None  # noqa: S101 — a valid form has its span
        asked = self.scope()
        return Wish(
            resource_ids=(self.resource.id, *(one.id for one in self.beside)),
            spans=(self.span,),
            quantity=self.cleaned_data.get("menge") or 1,
            group=asked.group,
            purpose=asked.purpose,
            persons=asked.persons,
            extras=asked.extras,
            facts=asked.facts,
            further_groups=asked.further_groups,
        )


def booking_data(wish: Wish) -> dict[str, object]:
    """What the form's fields hold for ``wish``: the way back to step one."""
    scope = Scope(wish.persons, wish.group, wish.purpose, wish.extras, wish.facts, wish.further_groups)
    return {**wall_time_data(wish.spans[0]), "menge": wish.quantity, **scope_data(scope)}
