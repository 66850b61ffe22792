"""Entering a booking for somebody who calls: first what and when, then what the ordinance needs and who it is.

Not here: whether it is free or allowed (``workflows.place_booking``).
"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from booking_core.catalog.contracts import ResourceView
from booking_core.kernel.spans import Span
from booking_core.web.backoffice.forms.bookings import DetailsForm
from booking_core.web.backoffice.forms.fields import Choices, NumbersField
from booking_core.web.backoffice.forms.scope import rule_fields, typed_scope
from booking_core.web.backoffice.forms.times import SpanForm
from booking_core.web.pieces import piece_fields, typed_pieces
from booking_core.workflows.contracts import BookingChoices, Wish
from booking_core.workflows.wishes import pieces_taken
from design_system.form_choices import offer
from design_system.widgets import CountWidget


class WishForm(SpanForm):
    """What and when. It travels in the address, so the second step keeps it."""

    resource_ids = NumbersField(label=_("Was?"))

    def __init__(self, *args: Any, resources: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "resource_ids", resources)
        self.order_fields(["resource_ids"])


class CallerForm(DetailsForm):
    """Who it is, how many of each thing, and what the ordinance asks: group, purpose, extras and its own questions."""

    persons = forms.IntegerField(
        label=_("Personen"), required=False, min_value=1, max_value=100_000, widget=CountWidget
    )
    language = forms.ChoiceField(
        label=_("Sprache der E-Mails"), choices=[("de", _("Deutsch")), ("en", _("Englisch"))], initial="de"
    )
    is_confirmed = forms.BooleanField(
        label=_("Gleich bestätigen"), required=False, initial=True,
        help_text=_("Sonst steht die Anfrage im Eingang."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, choices: BookingChoices, resources: Sequence[ResourceView] = (), **options: Any
    ) -> None:
        super().__init__(*args, **options)
        del self.fields["expected_version"]
        self.choices = choices
        rules = list(rule_fields(choices))
        for name, field in rules:
            self.fields[name] = field
        self.resources = resources
        numbers = piece_fields(resources)
        self.fields |= numbers
        self.order_fields([*numbers, "group", "purpose", "persons", *(name for name, _field in rules)])

    def wish(self, spans: tuple[Span, ...]) -> Wish:
        """The wish with what was typed here."""
        scope = typed_scope(self.cleaned_data)
        return Wish(
            resource_ids=tuple(one.id for one in self.resources),
            spans=spans,
            pieces=pieces_taken(typed_pieces(self.cleaned_data, self.resources), 1),
            group=scope.group,
            purpose=scope.purpose,
            persons=scope.persons,
            extras=scope.extras,
            facts=scope.facts,
            further_groups=scope.further_groups,
        )
