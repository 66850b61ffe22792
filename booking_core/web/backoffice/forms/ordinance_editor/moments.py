"""Inputs of worked examples and of the whole document: moments on the wall clock, ranks.

Not here: lengths of time (``ranges``), clock times (``clocks``).
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from booking_core.web.backoffice.forms.fields import Choices
from booking_core.web.backoffice.forms.ordinance_editor.inputs import Cleaned, Input, Words


class MomentField(forms.CharField):
    """Day and clock time without a zone, as the browser writes them: 2026-09-12T11:00."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local", "class": "b-width-short"})

    def clean(self, value: Any) -> str:
        text = str(super().clean(value) or "")
        if not text:
            return ""
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is not None:
            raise ValidationError(_("Schreiben Sie Tag und Uhrzeit so: 2026-09-12T11:00"))
        return moment.isoformat(timespec="seconds")


@dataclass(frozen=True, kw_only=True)
class Moment(Input):
    """A moment on the wall clock."""

    def fields(self, value: Any) -> dict[str, forms.Field]:
        return {
            self.name: MomentField(
                label=self.label, help_text=self.help, required=self.required, max_length=25
            )
        }

    def shown(self, value: Any) -> dict[str, Any]:
        return {self.name: value or ""}

    def written(self, answers: Cleaned, value: Any) -> Any:
        return answers.get(self.name) or None


@dataclass(frozen=True, kw_only=True)
class Ranking(Input):
    """Names in an order: first, second, third."""

    layout: str = "inline"
    choices: Choices = field(default_factory=list)

    def fields(self, value: Any) -> dict[str, forms.Field]:
        offered = [("", "–"), *self.choices]
        return {
            f"{self.name}-{place}": forms.ChoiceField(label=f"{place + 1}.", required=False, choices=offered)
            for place in range(len(self.choices))
        }

    def shown(self, value: Any) -> dict[str, Any]:
        names = list(value or ())
        return {f"{self.name}-{place}": names[place] if place < len(names) else ""
                for place in range(len(self.choices))}  # fmt: skip

    def written(self, answers: Cleaned, value: Any) -> Any:
        names = [answers.get(f"{self.name}-{place}") for place in range(len(self.choices))]
        return [name for name in names if name] or None

    def faults(self, answers: Cleaned) -> dict[str, Words]:
        seen: set[str] = set()
        found: dict[str, Words] = {}
        for name, answer in answers.items():
            if answer and answer in seen:
                found[name] = _("Diese Gruppe steht schon weiter oben.")
            seen.add(answer or "")
        return found

    def field_at(self, path: tuple[str | int, ...]) -> str:
        return f"{self.name}-{path[0] if path else 0}"
