"""Inputs for clock times, windows of the day and stretches of the calendar.

Not here: lengths of time (``ranges``).
"""

import re
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from booking_core.web.backoffice.forms.ordinance_editor.inputs import Cleaned, Input, Words

_CLOCK = re.compile(r"^(([01]?\d|2[0-3]):[0-5]\d|24:00)$")
_DAY = re.compile(r"^(0?[1-9]|[12]\d|3[01])\.(0?[1-9]|1[0-2])\.?$")


@dataclass(frozen=True, kw_only=True)
class ClockTime(Input):
    """One clock time; midnight at the end of a day is 24:00."""

    def fields(self, value: Any) -> dict[str, forms.Field]:
        return {self.name: clock_field(self.label, required=self.required, help_text=self.help)}

    def shown(self, value: Any) -> dict[str, Any]:
        return {self.name: value or ""}

    def written(self, answers: Cleaned, value: Any) -> Any:
        return _clock(answers.get(self.name)) or None

    def faults(self, answers: Cleaned) -> dict[str, Words]:
        return _clock_faults(answers, self.name)


@dataclass(frozen=True, kw_only=True)
class Window(Input):
    """A window on the wall clock."""

    layout: str = "inline"

    def fields(self, value: Any) -> dict[str, forms.Field]:
        return {f"{self.name}-{side}": clock_field(f"{self.label} {word}", required=False)
                for side, word in (("from", _("von")), ("to", _("bis")))}  # fmt: skip

    def shown(self, value: Any) -> dict[str, Any]:
        window = value or {}
        return {f"{self.name}-{side}": window.get(side, "") for side in ("from", "to")}

    def written(self, answers: Cleaned, value: Any) -> Any:
        window = {side: _clock(answers.get(f"{self.name}-{side}")) for side in ("from", "to")}
        return {side: clock for side, clock in window.items() if clock} or None

    def faults(self, answers: Cleaned) -> dict[str, Words]:
        return _clock_faults(answers, f"{self.name}-from", f"{self.name}-to")

    def field_at(self, path: tuple[str | int, ...]) -> str:
        return f"{self.name}-to" if path[:1] == ("to",) else f"{self.name}-from"


@dataclass(frozen=True, kw_only=True)
class Seasons(Input):
    """Stretches of the calendar: day and month, as people write them."""

    layout: str = "rows"

    def fields(self, value: Any) -> dict[str, forms.Field]:
        days = [
            ("any", _("irgendein Tag der Buchung")),
            ("all", _("alle Tage")),
            ("first", _("der erste Tag")),
        ]
        fields: dict[str, forms.Field] = {}
        for row in range(len(value or ()) + 1):
            for side, word in (("from", _("vom (Tag.Monat.)")), ("to", _("bis (Tag.Monat.)"))):
                fields[f"{self.name}-{row}-{side}"] = forms.CharField(label=word, required=False, max_length=6,
                    widget=forms.TextInput(attrs={"class": "b-width-time"}))  # fmt: skip
            fields[f"{self.name}-{row}-days"] = forms.ChoiceField(
                label=_("Es zählt"), choices=days, required=False
            )
        return fields

    def shown(self, value: Any) -> dict[str, Any]:
        answers: dict[str, Any] = {}
        for row, season in enumerate([*(value or ()), {}]):
            for side in ("from", "to"):
                month_day = season.get(side, "")
                answers[f"{self.name}-{row}-{side}"] = (
                    f"{month_day[3:]}.{month_day[:2]}." if month_day else ""
                )
            answers[f"{self.name}-{row}-days"] = season.get("days", "any")
        return answers

    def written(self, answers: Cleaned, value: Any) -> Any:
        seasons = []
        for row in range(len(value or ()) + 1):
            ends = {side: _month_day(answers.get(f"{self.name}-{row}-{side}")) for side in ("from", "to")}
            if not all(ends.values()):
                continue
            days = answers.get(f"{self.name}-{row}-days") or "any"
            before = (value or ())[row] if row < len(value or ()) else {}
            seasons.append({**ends, **({"days": days} if days != "any" or "days" in before else {})})
        return seasons or None

    def faults(self, answers: Cleaned) -> dict[str, Words]:
        found: dict[str, Words] = {}
        for name, text in answers.items():
            if name.startswith(f"{self.name}-") and name.endswith(("-from", "-to")):
                other = name.removesuffix("-from") + "-to" if name.endswith("-from") else name[:-3] + "-from"
                if text and not _DAY.match(text):
                    found[name] = _("Schreiben Sie Tag und Monat so: 1.10.")
                elif text and not answers.get(other):
                    found[other] = _("Geben Sie beide Tage an oder keinen.")
        return found

    def field_at(self, path: tuple[str | int, ...]) -> str:
        row = path[0] if path else 0
        return f"{self.name}-{row}-{'to' if path[1:2] == ('to',) else 'from'}"


def clock_field(label: Words, **options: Any) -> forms.CharField:
    """A clock time; a plain field, because browsers know no 24:00."""
    widget = forms.TextInput(attrs={"class": "b-width-time", "placeholder": "18:30", "autocomplete": "off"})
    return forms.CharField(label=label, max_length=5, widget=widget, **options)


def _clock(text: str | None) -> str:
    return (text or "").strip().zfill(5) if text else ""


def _clock_faults(answers: Cleaned, *names: str) -> dict[str, Words]:
    wrong = _("Schreiben Sie die Uhrzeit so: 18:30. Mitternacht am Ende des Tages ist 24:00.")
    return {
        name: wrong for name in names if answers.get(name) and not _CLOCK.match(str(answers[name]).strip())
    }


def _month_day(text: str | None) -> str:
    match = _DAY.match((text or "").strip())
    return f"{int(match[2]):02}-{int(match[1]):02}" if match else ""
