"""What a choice field offers once the form is made: towns, rooms and years are known only then.

Not here: fields and their widgets (``widgets``).
"""

from collections.abc import Iterable

from django import forms


def offer(form: forms.BaseForm, name: str, choices: Iterable[tuple[object, object]]) -> None:
    """Let a form's choice field offer these pairs of value and label, in this order.

    Raises:
        TypeError: The field is of another kind, which is a fault of the form.
    """
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(f"{type(form).__name__}.{name} offers no choices")
    field.choices = list(choices)
