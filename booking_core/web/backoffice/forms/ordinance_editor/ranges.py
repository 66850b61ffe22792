"""Inputs for ranges, quotas, lead times and answers within a condition.

Not here: clock times and seasons (``clocks``), which of them a condition offers (``conditions``).
"""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from booking_core.web.backoffice.forms.fields import Choices
from booking_core.web.backoffice.forms.ordinance_editor.inputs import (
    Cleaned,
    Input,
    Words,
    decimal_field,
    figure_text,
    listed,
)
from design_system.widgets import CountWidget

_LOWER: list[tuple[str, Words]] = [("min", _("mindestens")), ("over", _("mehr als"))]
_UPPER: list[tuple[str, Words]] = [("max", _("höchstens")), ("under", _("weniger als"))]
_SOONEST: list[tuple[str, Words]] = [("at_least", _("mindestens")), ("more_than", _("mehr als"))]
_LATEST: list[tuple[str, Words]] = [("at_most", _("höchstens")), ("less_than", _("weniger als"))]
PERIODS: list[tuple[str, Words]] = [
    ("days", _("Tage")), ("working_days", _("Werktage")), ("weeks", _("Wochen")), ("months", _("Monate")),
    ("hours", _("Stunden")),
]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Within(Input):
    """A stretch of numbers, with further fields kept as they are (``of`` of a counted list)."""

    layout: str = "bare"
    kept: tuple[str, ...] = ()

    def fields(self, value: Any) -> dict[str, forms.Field]:
        fields: dict[str, forms.Field] = {}
        for side, words, first in (("low", _LOWER, _("von")), ("high", _UPPER, _("bis"))):
            fields[f"{self.name}-{side}-mode"] = forms.ChoiceField(label=_("%(label)s: Grenze %(side)s") % {
                "label": self.label, "side": first}, choices=words, required=False)  # fmt: skip
            fields[f"{self.name}-{side}"] = decimal_field(f"{self.label} {first}", required=False, least=None)
        return fields

    def shown(self, value: Any) -> dict[str, Any] | None:
        if value is not None and not isinstance(value, dict):
            return None
        bounds = value or {}
        own = {name for name, _word in (*_LOWER, *_UPPER)}
        if (
            set(bounds) - own - set(self.kept)
            or {"min", "over"} <= set(bounds)
            or {"max", "under"} <= set(bounds)
        ):
            return None
        answers: dict[str, Any] = {}
        for side, words in (("low", _LOWER), ("high", _UPPER)):
            mode = next((name for name, _word in words if name in bounds), words[0][0])
            answers[f"{self.name}-{side}-mode"] = mode
            answers[f"{self.name}-{side}"] = Decimal(str(bounds[mode])) if mode in bounds else None
        return answers

    def written(self, answers: Cleaned, value: Any) -> Any:
        bounds = {name: value[name] for name in self.kept if value and name in value}
        found = False
        for side, words in (("low", _LOWER), ("high", _UPPER)):
            figure = figure_text(answers.get(f"{self.name}-{side}"))
            if figure is not None:
                bounds[answers.get(f"{self.name}-{side}-mode") or words[0][0]] = figure
                found = True
        return bounds if found else None

    def faults(self, answers: Cleaned) -> dict[str, Words]:
        low, high = answers.get(f"{self.name}-low"), answers.get(f"{self.name}-high")
        if low is not None and high is not None and high < low:
            return {f"{self.name}-high": _("„Bis“ ist kleiner als „von“.")}
        return {}

    def field_at(self, path: tuple[str | int, ...]) -> str:
        return f"{self.name}-high" if path[:1] in (("max",), ("under",)) else f"{self.name}-low"


@dataclass(frozen=True, kw_only=True)
class Quota(Within):
    """What is used up within a week, month, year or in a row, of all offers or of some."""

    kept: tuple[str, ...] = ("count", "per", "of")
    offers: Choices = field(default_factory=list)

    def fields(self, value: Any) -> dict[str, forms.Field]:
        counted = [("days", _("Tage")), ("hours", _("Stunden")), ("bookings", _("Buchungen"))]
        periods = [
            ("day", _("je Tag")),
            ("week", _("je Woche")),
            ("month", _("je Monat")),
            ("year", _("je Jahr")),
            ("row", _("am Stück")),
        ]
        return {
            **super().fields(value),
            f"{self.name}-count": forms.ChoiceField(
                label=_("Gezählt werden"), choices=counted, required=False
            ),
            f"{self.name}-per": forms.ChoiceField(label=_("Zeitraum"), choices=periods, required=False),
            f"{self.name}-of": forms.MultipleChoiceField(
                label=_("Nur diese Angebote zählen"), choices=self.offers, required=False,
                widget=forms.CheckboxSelectMultiple,
            ),
        }  # fmt: skip

    def shown(self, value: Any) -> dict[str, Any] | None:
        answers = super().shown(value)
        if answers is None:
            return None
        quota = value or {}
        return {**answers, f"{self.name}-count": quota.get("count", "days"),
                f"{self.name}-per": quota.get("per", "year"), f"{self.name}-of": listed(quota.get("of"))}  # fmt: skip

    def written(self, answers: Cleaned, value: Any) -> Any:
        bounds = super().written(answers, None)
        if bounds is None:
            return None
        of = list(answers.get(f"{self.name}-of") or ())
        return {"count": answers.get(f"{self.name}-count"), "per": answers.get(f"{self.name}-per"),
                **({"of": of} if of else {}), **bounds}  # fmt: skip

    def faults(self, answers: Cleaned) -> dict[str, Words]:
        if answers.get(f"{self.name}-per") == "row" and answers.get(f"{self.name}-count") != "days":
            return {f"{self.name}-count": _("Am Stück lassen sich nur Tage zählen.")}
        return super().faults(answers)


@dataclass(frozen=True, kw_only=True)
class Period(Input):
    """A length of time, counted in one unit."""

    layout: str = "bare"

    def fields(self, value: Any) -> dict[str, forms.Field]:
        return period_fields(self.name, self.label)

    def shown(self, value: Any) -> dict[str, Any]:
        return period_shown(self.name, value)

    def written(self, answers: Cleaned, value: Any) -> Any:
        return period_written(self.name, answers)


@dataclass(frozen=True, kw_only=True)
class Notice(Input):
    """How long before the start something happens."""

    layout: str = "bare"

    def fields(self, value: Any) -> dict[str, forms.Field]:
        fields: dict[str, forms.Field] = {}
        for side, words, first in (("soon", _SOONEST, _("frühestens")), ("late", _LATEST, _("spätestens"))):
            name = f"{self.name}-{side}"
            mode = _("%(label)s: Grenze %(side)s") % {"label": self.label, "side": first}
            fields[f"{name}-mode"] = forms.ChoiceField(label=mode, choices=words, required=False)
            fields.update(period_fields(name, f"{self.label} {words[0][1]}"))
        return fields

    def shown(self, value: Any) -> dict[str, Any] | None:
        notice = value or {}
        if {"at_least", "more_than"} <= set(notice) or {"at_most", "less_than"} <= set(notice):
            return None
        answers: dict[str, Any] = {}
        for side, words in (("soon", _SOONEST), ("late", _LATEST)):
            mode = next((name for name, _word in words if name in notice), words[0][0])
            answers[f"{self.name}-{side}-mode"] = mode
            answers.update(period_shown(f"{self.name}-{side}", notice.get(mode)))
        return answers

    def written(self, answers: Cleaned, value: Any) -> Any:
        notice = {}
        for side, words in (("soon", _SOONEST), ("late", _LATEST)):
            period = period_written(f"{self.name}-{side}", answers)
            if period is not None:
                notice[answers.get(f"{self.name}-{side}-mode") or words[0][0]] = period
        return notice or None

    def field_at(self, path: tuple[str | int, ...]) -> str:
        return f"{self.name}-soon-figure"


@dataclass(frozen=True, kw_only=True)
class Chosen(Input):
    """Which answers of a question count; one answer may stand without its list."""

    choices: Choices = field(default_factory=list)
    is_list: bool = False

    def fields(self, value: Any) -> dict[str, forms.Field]:
        return {self.name: forms.MultipleChoiceField(label=self.label, required=False, choices=self.choices,
                                                     widget=forms.CheckboxSelectMultiple)}  # fmt: skip

    def shown(self, value: Any) -> dict[str, Any] | None:
        names = value if isinstance(value, list) else [] if value is None else [value]
        known = {name for name, _label in self.choices}
        return (
            {self.name: list(names)} if all(isinstance(one, str) and one in known for one in names) else None
        )

    def written(self, answers: Cleaned, value: Any) -> Any:
        chosen = list(answers.get(self.name) or ())
        if not chosen:
            return None
        return chosen[0] if len(chosen) == 1 and not (self.is_list or isinstance(value, list)) else chosen


def period_fields(name: str, label: Words) -> dict[str, forms.Field]:
    """A number and its unit."""
    figure = forms.IntegerField(
        label=label, required=False, min_value=0, max_value=10_000, widget=CountWidget
    )
    unit = forms.ChoiceField(
        label=_("%(label)s: Einheit") % {"label": label}, choices=PERIODS, required=False
    )
    return {f"{name}-figure": figure, f"{name}-unit": unit}


def period_shown(name: str, value: Any) -> dict[str, Any]:
    """What the two fields show."""
    unit = next(iter(value), "days") if value else "days"
    return {f"{name}-figure": value.get(unit) if value else None, f"{name}-unit": unit}


def period_written(name: str, answers: Cleaned) -> Any:
    """The period as stored."""
    figure = answers.get(f"{name}-figure")
    return None if figure is None else {answers.get(f"{name}-unit") or "days": figure}
