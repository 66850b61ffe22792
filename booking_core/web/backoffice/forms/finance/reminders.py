"""Which invoices people are reminded of together.

Not here: which are due (``finance.queries.reminders``), stopping reminders (``movements.StopForm``).
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from design_system.form_choices import offer


class ReminderRunForm(forms.Form):
    """A tick list of invoices; all of them are ticked at first."""

    chosen = forms.MultipleChoiceField(
        label=_("Wer bekommt eine Mahnung?"), widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Wählen Sie mindestens eine Rechnung aus."),
            "invalid_choice": _("Eine der Rechnungen ist nicht mehr zu mahnen. Bitte sehen Sie noch einmal hin."),
        },
    )  # fmt: skip

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **options: Any) -> None:
        options["initial"] = {"chosen": [value for value, _label in choices]}
        super().__init__(*args, **options)
        offer(self, "chosen", choices)

    def uuids(self) -> list[UUID]:
        """The invoices that were ticked."""
        return [UUID(one) for one in self.cleaned_data["chosen"]]
