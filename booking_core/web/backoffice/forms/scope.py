"""What a booking asks for beside time and place, as the back office types it: people and what the ordinance asks.

Not here: the time (``times``), who it is (``bookings``).
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from booking_core.reservations.contracts import BookingView
from booking_core.web.tariffs.choices import question_field
from booking_core.workflows.change_booking import scope_of
from booking_core.workflows.contracts import BookingChoices, Scope
from design_system.widgets import CountWidget

_EXTRA, _FACT = "extra_", "fact_"


class ScopeForm(forms.Form):
    """What a booking asks for beside time and place; ``terms`` is what the clerk saw and agreed to."""

    expected_version = forms.IntegerField(widget=forms.HiddenInput)
    persons = forms.IntegerField(
        label=_("Personen"), required=False, min_value=1, max_value=100_000, widget=CountWidget
    )

    def __init__(self, *args: Any, choices: BookingChoices, **options: Any) -> None:
        super().__init__(*args, **options)
        rules = list(rule_fields(choices))
        for name, field in rules:
            self.fields[name] = field
        self.order_fields(["group", "purpose", "persons", *(name for name, _field in rules)])

    def scope(self) -> Scope:
        """The scope as typed. Call on a valid form."""
        return typed_scope(self.cleaned_data)


def typed_scope(typed: Mapping[str, Any]) -> Scope:
    """Group, purpose, people, extras and answers out of cleaned form data."""
    return Scope(
        persons=typed.get("persons"),
        group=typed.get("group", ""),
        purpose=typed.get("purpose", ""),
        extras={
            name.removeprefix(_EXTRA): Decimal(amount)
            for name, amount in typed.items()
            if name.startswith(_EXTRA) and amount
        },
        facts={
            name.removeprefix(_FACT): answer
            for name, answer in typed.items()
            if name.startswith(_FACT) and answer not in (None, "", [], ())
        },
        further_groups=tuple(one for one in typed.get("further_groups", ()) if one != typed.get("group")),
    )


def scope_values(booking: BookingView) -> dict[str, object]:
    """What the form for the scope starts with."""
    scope = scope_of(booking)
    values: dict[str, object] = {
        "expected_version": booking.version,
        "persons": scope.persons,
        "group": scope.group,
        "purpose": scope.purpose,
        "further_groups": list(scope.further_groups),
    }
    values |= {f"{_EXTRA}{extra}": f"{amount.normalize():f}" for extra, amount in scope.extras.items()}
    return values | {f"{_FACT}{fact}": answer for fact, answer in scope.facts.items()}


def rule_fields(choices: BookingChoices) -> Iterator[tuple[str, forms.Field]]:
    """What the ordinance wants to know: group, purpose, extras, its own questions."""
    if choices.groups:
        groups = [(one.id, one.label) for one in choices.groups]
        yield "group", forms.ChoiceField(label=_("Gruppe"), choices=[("", _("bitte wählen")), *groups])
        if choices.asks_for_further_groups:
            yield (
                "further_groups",
                forms.MultipleChoiceField(
                    label=_("Weitere Gruppen, die teilnehmen"),
                    required=False,
                    choices=groups,
                    widget=forms.CheckboxSelectMultiple,
                ),
            )
    if choices.purposes:
        purposes = [(one.id, one.label) for one in choices.purposes]
        yield "purpose", forms.ChoiceField(label=_("Zweck"), choices=[("", _("bitte wählen")), *purposes])
    for extra in choices.extras:
        label = f"{extra.label} ({extra.unit_label})" if extra.unit_label else extra.label
        yield (
            f"{_EXTRA}{extra.id}",
            forms.IntegerField(
                label=label, required=False, min_value=0, max_value=extra.max_quantity, widget=CountWidget
            ),
        )
    for question in choices.questions:
        yield f"{_FACT}{question.id}", question_field(question)
