"""Inputs for the rarer tests of a condition: other measures, certain days, counted offers, answers given or not.

Not here: common ranges (``ranges``), exceptions and alternatives (``alternatives``).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from booking_core.web.backoffice.forms.fields import ChecksField, Choices
from booking_core.web.backoffice.forms.ordinance_editor.choices import measure_code
from booking_core.web.backoffice.forms.ordinance_editor.inputs import (
    Cleaned,
    Input,
    Words,
    decimal_field,
    figure_text,
)
from booking_core.web.backoffice.forms.ordinance_editor.ranges import Within
from booking_core.web.backoffice.forms.ordinance_editor.rows import Rows
from design_system.widgets import DateWidget

_BOUNDS: list[tuple[str, Words]] = [
    ("min", _("mindestens")), ("over", _("mehr als")), ("max", _("höchstens")), ("under", _("weniger als")),
]  # fmt: skip
_GIVEN: list[tuple[str, Words]] = [("", _("egal")), ("yes", _("ist beantwortet")), ("no", _("ist offen"))]


@dataclass(frozen=True, kw_only=True)
class MeasuredWithin(Rows):
    """Any measure within a range; ``choices`` are codes of ``measure_code``."""

    choices: Choices = field(default_factory=list)

    def row_fields(self) -> dict[str, forms.Field]:
        offered: list[tuple[str, Words]] = [("", _("nichts weiter")), *self.choices]
        fields: dict[str, forms.Field] = {
            "what": forms.ChoiceField(label=_("Gezählt wird"), required=False, choices=offered)
        }
        for name, word in _BOUNDS:
            fields[name] = decimal_field(word, required=False, least=None)
        return fields

    def row_shown(self, row: Mapping[str, Any]) -> dict[str, Any] | None:
        source = measure_code(row["of"]) if "of" in row else ""
        if source and source not in dict(self.choices):
            return None
        bounds = {name: Decimal(str(row[name])) if name in row else None for name, _word in _BOUNDS}
        return {"what": source, **bounds}

    def row_written(self, answers: Cleaned, row: Mapping[str, Any]) -> dict[str, Any] | None:
        source = answers.get("what")
        bounds = {one: figure_text(answers.get(one)) for one, _word in _BOUNDS}
        given = {one: figure for one, figure in bounds.items() if figure is not None}
        return {"of": json.loads(source), **given} if source and given else None

    def faults(self, answers: Cleaned) -> dict[str, Words]:
        found: dict[str, Words] = {}
        for name in [one for one in answers if one.endswith("-what")]:
            prefix = name.removesuffix("what")
            given = [one for one, _word in _BOUNDS if answers.get(f"{prefix}{one}") is not None]
            if answers.get(name) and not given:
                found[f"{prefix}min"] = _("Geben Sie mindestens eine Grenze an.")
            elif given and not answers.get(name):
                found[name] = _("Wählen Sie, was gezählt wird.")
        return found


@dataclass(frozen=True, kw_only=True)
class CertainDays(Rows):
    """Stretches of certain days of certain years, such as the summer holidays of one year."""

    def row_fields(self) -> dict[str, forms.Field]:
        return {
            "from": forms.DateField(label=_("vom"), required=False, widget=DateWidget),
            "to": forms.DateField(label=_("bis einschließlich"), required=False, widget=DateWidget),
        }

    def row_shown(self, row: Mapping[str, Any]) -> dict[str, Any] | None:
        return {side: date.fromisoformat(row[side]) if side in row else None for side in ("from", "to")}

    def row_written(self, answers: Cleaned, row: Mapping[str, Any]) -> dict[str, Any] | None:
        first, last = answers.get("from"), answers.get("to")
        return {"from": first.isoformat(), "to": last.isoformat()} if first and last else None

    def faults(self, answers: Cleaned) -> dict[str, Words]:
        found: dict[str, Words] = {}
        for name in [one for one in answers if one.endswith("-from")]:
            other = f"{name.removesuffix('from')}to"
            first, last = answers.get(name), answers.get(other)
            if (first is None) != (last is None):
                found[other if last is None else name] = _("Geben Sie beide Tage an oder keinen.")
            elif first is not None and last < first:
                found[other] = _("„Bis“ liegt vor „Von“.")
        return found


@dataclass(frozen=True, kw_only=True)
class CountedOffers(Within):
    """How many offers of a list are booked."""

    layout: str = "inline"
    kept: tuple[str, ...] = ("of",)
    choices: Choices = field(default_factory=list)

    def fields(self, value: Any) -> dict[str, forms.Field]:
        offers = ChecksField(label=_("von diesen Angeboten"), required=False, choices=self.choices)
        return {**super().fields(value), f"{self.name}-of": offers}

    def shown(self, value: Any) -> dict[str, Any] | None:
        answers = super().shown(value)
        return None if answers is None else {**answers, f"{self.name}-of": list((value or {}).get("of", ()))}

    def written(self, answers: Cleaned, value: Any) -> Any:
        bounds, chosen = super().written(answers, None), list(answers.get(f"{self.name}-of") or ())
        return {"of": chosen, **bounds} if bounds and chosen else None

    def faults(self, answers: Cleaned) -> dict[str, Words]:
        has_bounds = any(answers.get(f"{self.name}-{side}") is not None for side in ("low", "high"))
        chosen = answers.get(f"{self.name}-of")
        if has_bounds and not chosen:
            return {f"{self.name}-of": _("Kreuzen Sie an, welche Angebote gezählt werden.")}
        if chosen and not has_bounds:
            return {f"{self.name}-low": _("Geben Sie mindestens eine Grenze an.")}
        return super().faults(answers)


@dataclass(frozen=True, kw_only=True)
class NumberAnswer(Within):
    """A number that was answered: within a range, or answered at all."""

    layout: str = "inline"
    kept: tuple[str, ...] = ("given",)

    def fields(self, value: Any) -> dict[str, forms.Field]:
        return {**super().fields(value), f"{self.name}-given": _given_field()}

    def shown(self, value: Any) -> dict[str, Any] | None:
        answers = super().shown(value)
        return None if answers is None else {**answers, f"{self.name}-given": _given_shown(value)}

    def written(self, answers: Cleaned, value: Any) -> Any:
        test = super().written(answers, None) or {}
        return {**test, **_given_written(answers.get(f"{self.name}-given"))} or None


@dataclass(frozen=True, kw_only=True)
class AnswerNamed(Input):
    """Whether a question is answered, and where there are ``choices``, whether the answer names one of them."""

    layout: str = "inline"
    choices: Choices = field(default_factory=list)

    def fields(self, value: Any) -> dict[str, forms.Field]:
        fields: dict[str, forms.Field] = {}
        if self.choices:
            offered: list[tuple[str, Words]] = [("", _("egal")), *self.choices]
            fields[f"{self.name}-includes"] = forms.ChoiceField(
                label=_("Die Antwort nennt"), required=False, choices=offered
            )
        return {**fields, f"{self.name}-given": _given_field()}

    def shown(self, value: Any) -> dict[str, Any] | None:
        if value is not None and (
            not isinstance(value, dict) or set(value) - {"given", *(["includes"] if self.choices else [])}
        ):
            return None
        named = {f"{self.name}-includes": (value or {}).get("includes", "")} if self.choices else {}
        return {**named, f"{self.name}-given": _given_shown(value)}

    def written(self, answers: Cleaned, value: Any) -> Any:
        named = answers.get(f"{self.name}-includes")
        test = {"includes": named} if named else {}
        return {**test, **_given_written(answers.get(f"{self.name}-given"))} or None

    def field_at(self, path: tuple[str | int, ...]) -> str:
        return f"{self.name}-given"


def _given_field() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("Die Frage"), required=False, choices=_GIVEN)


def _given_shown(value: Any) -> str:
    return {None: "", True: "yes", False: "no"}[(value or {}).get("given")]


def _given_written(answer: str | None) -> dict[str, bool]:
    return {"given": answer == "yes"} if answer else {}
