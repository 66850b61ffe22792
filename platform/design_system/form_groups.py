"""Long forms in parts: each with a heading of its own, short fields side by side where there is room.

Not here: the markup (``templates/design_system/forms/fields.html``).
"""

from collections.abc import Sequence

from django import forms
from django.forms.boundfield import BoundField


class GroupedForm(forms.Form):
    """A form that says which of its fields belong together."""

    def groups(self) -> Sequence[tuple[str, Sequence[str]]]:
        """Heading and names of fields of each part, in order. A field named nowhere comes last, without heading."""
        raise NotImplementedError

    def grouped_fields(self) -> list[tuple[str, list[BoundField]]]:
        """The parts with their fields as they are printed; no visible field is lost."""
        groups = self.groups()
        named = {name for _title, names in groups for name in names}
        parts = [(title, [self[name] for name in names]) for title, names in groups]
        rest = [field for field in self.visible_fields() if field.name not in named]
        return [*parts, ("", rest)] if rest else parts
