"""What the price of a booking depends on beside time and place, as far as the ordinance asks.

Not here: the time (``wall_time``), who is booking (``people``).
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from booking_core.kernel.errors import BookingError
from booking_core.workflows.contracts import BookingChoices, Choice, ExtraChoice, Question, Scope
from design_system.form_choices import offer
from design_system.widgets import CountWidget

_EXTRA, _FACT = "extra_", "frage_"
_FIELD_OF_FAULT = {
    "spans": "tag", "span": "tag", "start": "von", "end": "bis", "group": "gruppe", "purpose": "zweck",
    "persons": "personen", "quantity": "menge", "further_groups": "weitere",
}  # fmt: skip


class AskedForm(forms.Form):
    """Group, purpose, people, extras and the ordinance's questions; only what is asked is there."""

    gruppe = forms.ChoiceField(
        label=_("Ich buche als"),
        error_messages={"required": _("Wählen Sie, als wer Sie buchen. Davon hängt der Preis ab.")},
    )
    zweck = forms.ChoiceField(
        label=_("Wofür?"),
        error_messages={"required": _("Wählen Sie, wofür Sie buchen. Davon hängt der Preis ab.")},
    )
    personen = forms.IntegerField(
        label=_("Wie viele Personen kommen?"),
        required=False,
        min_value=1,
        max_value=100_000,
        widget=CountWidget,
        error_messages={"invalid": _("Geben Sie eine Zahl ein, zum Beispiel 30.")},
    )

    weitere = forms.MultipleChoiceField(
        label=_("Wer nimmt noch teil?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nur wenn andere mit Ihnen zusammen nutzen. Davon kann der Preis abhängen."),
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, choices: BookingChoices, **options: Any
    ) -> None:
        super().__init__(data, **options)
        self.questions = choices.questions
        self._offer("gruppe", choices.groups)
        self._offer("zweck", choices.purposes)
        if choices.asks_for_further_groups:
            offer(self, "weitere", [(one.id, one.label) for one in choices.groups])
        else:
            del self.fields["weitere"]
        for extra in choices.extras:
            self.fields[_EXTRA + extra.id] = _extra_field(extra)
        for question in choices.questions:
            self.fields[_FACT + question.id] = _question_field(question)

    def _offer(self, name: str, choices: tuple[Choice, ...]) -> None:
        if not choices:
            del self.fields[name]
            return
        offered = [(choice.id, choice.label) for choice in choices]
        offer(self, name, [("", _("bitte wählen")), *offered])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for question in self.questions:
            name = _FACT + question.id
            if not _is_asked(question, cleaned) and name not in self.data:
                cleaned.pop(name, None)
            elif self._is_unanswered(question, cleaned):
                self.add_error(name, _("Bitte beantworten Sie diese Frage. Davon hängt der Preis ab."))
        return cleaned

    def _is_unanswered(self, question: Question, cleaned: Mapping[str, Any]) -> bool:
        name = _FACT + question.id
        is_empty = cleaned.get(name) in (None, "", []) and name not in self.errors
        return question.required and is_empty and _is_asked(question, cleaned)

    def extra_fields(self) -> list[forms.BoundField]:
        """The extras, for their own group on the page."""
        return [field for field in self if field.name.startswith(_EXTRA)]

    def question_fields(self) -> list[forms.BoundField]:
        """The ordinance's questions that matter for the chosen group and purpose."""
        chosen: dict[str, Any] = {
            name: self[name].value() for name in ("gruppe", "zweck") if name in self.fields
        }
        asked = {_FACT + question.id for question in self.questions if _is_asked(question, chosen)}
        return [field for field in self if field.name in asked]

    def scope(self) -> Scope:
        """What is asked for beside time and place. Call on a valid form."""
        values = self.cleaned_data
        asked = {question.id for question in self.questions if _is_asked(question, values)}
        return Scope(
            persons=values.get("personen"),
            group=values.get("gruppe", ""),
            purpose=values.get("zweck", ""),
            extras={
                name.removeprefix(_EXTRA): Decimal(value)
                for name, value in values.items()
                if name.startswith(_EXTRA) and value
            },
            facts={
                fact: values[_FACT + fact]
                for fact in sorted(asked)
                if values.get(_FACT + fact) not in (None, "", [])
            },
            further_groups=tuple(one for one in values.get("weitere", ()) if one != values.get("gruppe")),
        )

    def show_fault(self, fault: BookingError) -> None:
        """Put a refusal beside the field it is about."""
        name = _FIELD_OF_FAULT.get(fault.field, fault.field)
        self.add_error(name if name in self.fields else None, str(fault))


def scope_data(scope: Scope) -> dict[str, object]:
    """What the form's fields hold for ``scope``."""
    data: dict[str, object] = {
        "gruppe": scope.group,
        "zweck": scope.purpose,
        "personen": scope.persons or "",
        "weitere": list(scope.further_groups),
    }
    data |= {_EXTRA + extra: f"{amount.normalize():f}" for extra, amount in scope.extras.items()}
    return data | {_FACT + fact: value for fact, value in scope.facts.items()}


def _is_asked(question: Question, chosen: Mapping[str, Any]) -> bool:
    of_group = not question.groups or chosen.get("gruppe") in question.groups
    return of_group and (not question.purposes or chosen.get("zweck") in question.purposes)


def _extra_field(extra: ExtraChoice) -> forms.Field:
    unit = _("je %(unit)s") % {"unit": extra.unit_label} if extra.unit_label else ""
    if extra.max_quantity == 1:
        return forms.BooleanField(label=extra.label, required=False, help_text=unit)
    return forms.DecimalField(
        label=extra.label,
        required=False,
        min_value=0,
        max_value=extra.max_quantity,
        help_text=unit,
        widget=CountWidget,
    )


def _question_field(question: Question) -> forms.Field:
    options = [(choice.id, choice.label) for choice in question.options]
    common: dict[str, Any] = {
        "label": question.label,
        "required": False,
        "help_text": question.help,
        "initial": question.default,
    }
    if question.type == "yes_no":
        return forms.BooleanField(**common)
    if question.type == "choice":
        return forms.ChoiceField(choices=[("", _("bitte wählen")), *options], **common)
    if question.type == "choices":
        return forms.MultipleChoiceField(choices=options, widget=forms.CheckboxSelectMultiple, **common)
    if question.type == "number":
        return forms.DecimalField(widget=CountWidget, **common)
    return forms.CharField(max_length=500, **common)
