"""What a document can be asked, as a form offers it, and the form field of a single question.

Not here: the forms (``forms``, ``web.citizen.forms``, ``web.backoffice.forms``).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from booking_core.engines.ordinance import Document, LocalizedText, NamedValue
from booking_core.workflows.contracts import BookingChoices, Choice, ExtraChoice, Question


def in_words(text: LocalizedText) -> str:
    """The text in the language of the page."""
    return text.in_language(get_language() or "de")


def document_choices(document: Document, *, with_internal: bool = True) -> BookingChoices:
    """Everything a document can be asked beforehand; ``with_internal``: also what only staff can answer."""
    return BookingChoices(
        groups=_choices(document.groups),
        purposes=_choices(document.purposes),
        extras=tuple(
            ExtraChoice(one.id, in_words(one.label), in_words(one.unit_label), one.max_quantity)
            for one in document.extras
        ),
        questions=tuple(
            Question(
                id=one.id,
                label=in_words(one.label),
                type="number" if one.kind == "measured" else one.kind,
                options=_choices(one.options),
                default=one.default,
                unit=one.unit,
                groups=one.groups,
                purposes=one.purposes,
            )
            for one in document.facts
            if not one.after_use and not one.when_cancelling and (with_internal or not one.internal)
        ),
        asks_for_further_groups=document.info.asks_for_further_groups and len(document.groups) > 1,
    )


def _choices(values: Sequence[NamedValue]) -> tuple[Choice, ...]:
    return tuple(Choice(one.id, in_words(one.label), in_words(one.description)) for one in values)


ANSWER = "answer_"


def cancelling_fields(questions: Sequence[Question]) -> dict[str, forms.Field]:
    """The fields for what the rules of cancelling ask; ``cancelling_answers`` reads them."""
    return {f"{ANSWER}{one.id}": question_field(one) for one in questions}


def cancelling_answers(typed: Mapping[str, Any]) -> dict[str, object]:
    """The answers out of cleaned form data; a no says nothing."""
    return {
        name.removeprefix(ANSWER): answer
        for name, answer in typed.items()
        if name.startswith(ANSWER) and answer not in (None, "", [], (), False)
    }


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
