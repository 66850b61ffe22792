"""Entering a booking for somebody who calls: first what and when, then what the ordinance needs and who it is.

Not here: whether it is free or allowed (``workflows.place_booking``).
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from booking_core.kernel.spans import Span
from booking_core.web.backoffice.forms.bookings import DetailsForm
from booking_core.web.backoffice.forms.fields import Choices, NumbersField
from booking_core.web.backoffice.forms.times import SpanForm
from booking_core.workflows.contracts import BookingChoices, Question, Wish
from design_system.widgets import CountWidget

_EXTRA, _FACT = "extra_", "fact_"


class WishForm(SpanForm):
    """What and when. It travels in the address, so the second step keeps it."""

    resource_ids = NumbersField(label=_("Was?"))
    quantity = forms.IntegerField(
        label=_("Stückzahl"), min_value=1, max_value=100_000, initial=1, widget=CountWidget,
        help_text=_("Nur für Dinge, die man stückweise bucht."),
    )  # fmt: skip

    def __init__(self, *args: Any, resources: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["resource_ids"].choices = resources  # type: ignore[attr-defined]  # a choice field
        self.order_fields(["resource_ids"])


class CallerForm(DetailsForm):
    """Who it is and what the ordinance asks: group, purpose, extras and its own questions."""

    language = forms.ChoiceField(
        label=_("Sprache der E-Mails"), choices=[("de", _("Deutsch")), ("en", _("Englisch"))], initial="de"
    )
    is_confirmed = forms.BooleanField(
        label=_("Gleich bestätigen"), required=False, initial=True,
        help_text=_("Sonst steht die Anfrage im Eingang."),
    )  # fmt: skip

    def __init__(self, *args: Any, choices: BookingChoices, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["expected_version"]
        self.choices = choices
        rules = list(self._rule_fields(choices))
        for name, field in rules:
            self.fields[name] = field
        self.order_fields(["group", "purpose", "persons", *(name for name, _field in rules)])

    def wish(self, resource_ids: tuple[int, ...], spans: tuple[Span, ...], quantity: int) -> Wish:
        """The wish with what was typed here."""
        typed = self.cleaned_data
        return Wish(
            resource_ids=resource_ids,
            spans=spans,
            quantity=quantity,
            group=typed.get("group", ""),
            purpose=typed.get("purpose", ""),
            persons=typed.get("persons"),
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
        )

    def _rule_fields(self, choices: BookingChoices) -> Iterator[tuple[str, forms.Field]]:
        if choices.groups:
            groups = [(one.id, one.label) for one in choices.groups]
            yield "group", forms.ChoiceField(label=_("Gruppe"), choices=[("", _("bitte wählen")), *groups])
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


def question_field(question: Question) -> forms.Field:
    """The form field for one question of an ordinance. Asked of everyone; only relevant groups must answer."""
    options = [(one.id, one.label) for one in question.options]
    required = question.required and not question.groups and not question.purposes
    common: dict[str, Any] = {
        "label": f"{question.label} ({question.unit})" if question.unit else question.label,
        "help_text": question.help,
        "initial": question.default,
    }
    if question.type == "yes_no":
        return forms.BooleanField(required=False, **common)
    if question.type == "choice":
        return forms.ChoiceField(required=required, choices=[("", _("bitte wählen")), *options], **common)
    if question.type == "choices":
        return forms.MultipleChoiceField(
            required=False, choices=options, widget=forms.CheckboxSelectMultiple, **common
        )
    if question.type == "number":
        return forms.DecimalField(required=required, min_value=0, localize=True, **common)
    return forms.CharField(required=required, max_length=300, **common)
