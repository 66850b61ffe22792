"""A row for one alternative that joins several things: this group *and* on a Saturday *and* beginning before noon.

Two things of one kind in a row mean either of them, as everywhere in a condition.
Not here: alternatives of one thing each (``alternatives``).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from booking_core.web.backoffice.forms.fields import Choices
from booking_core.web.backoffice.forms.ordinance_editor.clause_codes import (
    FIGURES,
    INNER,
    clauses_of,
    codes_of,
    figure_of,
)
from booking_core.web.backoffice.forms.ordinance_editor.clocks import Window
from booking_core.web.backoffice.forms.ordinance_editor.inputs import (
    Cleaned,
    Words,
    decimal_field,
    figure_text,
)

_FEWEST = 3
_WINDOWS: list[tuple[str, Words]] = [("starts", _("Beginn")), ("ends", _("Ende"))]


@dataclass(frozen=True, slots=True)
class Joined:
    """One clause in parts: codes of things, windows of the clock, one number with its bounds."""

    codes: tuple[str, ...]
    windows: Mapping[str, Mapping[str, str]]
    figure: tuple[str, Mapping[str, Any]] | None = None


def joined_of(clause: Mapping[str, Any]) -> Joined | None:
    """A clause in parts; None where it is one plain thing or number, or says what no row can show."""
    if codes_of(clause) is not None or figure_of(clause) is not None:
        return None
    codes: list[str] = []
    windows: dict[str, Mapping[str, str]] = {}
    figures: list[tuple[str, Mapping[str, Any]]] = []
    for part in _parts(clause):
        name, wanted = next(iter(part.items()))
        own, figure = codes_of(part), figure_of(part)
        if own is not None:
            codes += own
        elif name in dict(_WINDOWS):
            windows[name] = wanted
        elif figure is not None and not figures:
            figures.append(figure)
        else:
            return None
    return Joined(tuple(codes), windows, figures[0] if figures else None)


def joined_fields(
    prefix: str, clause: Mapping[str, Any], *, choices: Choices, numbers: Choices
) -> dict[str, forms.Field]:
    """The fields of one row; there is always room for one thing more."""
    fields: dict[str, forms.Field] = {}
    for place in range(_places(joined_of(clause))):
        fields[f"{prefix}-{place}"] = forms.ChoiceField(
            label=_("zugleich") if place == 0 else _("und"),
            required=False,
            choices=[("", _("nichts weiter")), *choices],
        )
    for name, label in _WINDOWS:
        fields |= _window(prefix, name, label).fields(None)
    fields[f"{prefix}-what"] = forms.ChoiceField(
        label=_("und die Zahl der"), required=False, choices=[("", _("nichts weiter")), *FIGURES, *numbers]
    )
    fields[f"{prefix}-min"] = decimal_field(_("mindestens"), required=False)
    fields[f"{prefix}-max"] = decimal_field(_("höchstens"), required=False)
    return fields


def joined_shown(prefix: str, clause: Mapping[str, Any]) -> dict[str, Any]:
    """What the fields show of a clause ``joined_of`` knows; of none at all for an empty row."""
    joined = joined_of(clause) or Joined((), {})
    answers: dict[str, Any] = dict.fromkeys((f"{prefix}-{place}" for place in range(_places(joined))), "")
    answers |= {f"{prefix}-{place}": code for place, code in enumerate(joined.codes)}
    for name, label in _WINDOWS:
        answers |= _window(prefix, name, label).shown(joined.windows.get(name))
    what, bounds = joined.figure or ("", {})
    answers[f"{prefix}-what"] = what
    for side in ("min", "max"):
        answers[f"{prefix}-{side}"] = Decimal(str(bounds[side])) if side in bounds else None
    return answers


def joined_clause(prefix: str, answers: Cleaned) -> dict[str, Any]:
    """The clause of one row; empty for an empty one."""
    clause: dict[str, Any] = {}
    for part in clauses_of(_codes(prefix, answers)):
        name, wanted = next(iter(part.items()))
        clause[name] = {**clause.get(name, {}), **wanted} if isinstance(wanted, Mapping) else wanted
    for name, label in _WINDOWS:
        window = _window(prefix, name, label).written(answers, None)
        if window:
            clause[name] = window
    what = answers.get(f"{prefix}-what")
    bounds = {side: figure_text(answers.get(f"{prefix}-{side}")) for side in ("min", "max")}
    given = {side: figure for side, figure in bounds.items() if figure is not None}
    if what and given:
        name, _colon, fact = what.partition(":")
        clause[name] = {**clause.get(name, {}), fact: given} if fact else given
    return clause


def joined_fault(prefix: str, answers: Cleaned) -> dict[str, Words]:
    """Clocks nobody can read, and two answers of which a row holds one."""
    found: dict[str, Words] = {}
    for name, label in _WINDOWS:
        found |= _window(prefix, name, label).faults(answers)
    seen: dict[str, str] = {answers.get(f"{prefix}-what") or "": "#"}
    for place, code in _placed(prefix, answers):
        subject, sign = _subject(code)
        if seen.get(subject, "=") != "=" or (subject in seen and sign != "="):
            found[f"{prefix}-{place}"] = _("Davon geht in einer Zeile nur eines.")
        seen[subject] = sign
    return found


def _parts(clause: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The clause cut into clauses of one thing each."""
    parts: list[dict[str, Any]] = []
    for name, wanted in clause.items():
        if name in (*INNER, "facts") and isinstance(wanted, Mapping):
            parts += [{name: {subject: answer}} for subject, answer in wanted.items()]
        else:
            parts.append({name: wanted})
    return parts


def _subject(code: str) -> tuple[str, str]:
    """What a code speaks of, and how: several with "=" mean "or", of all others a row holds one."""
    if code.startswith("holiday:"):
        return "holiday", ":"
    sign = next((one for one in "=>?" if one in code and code.startswith("facts:")), "=")
    return (code.partition(sign)[0] if code.startswith("facts:") else code), sign


def _codes(prefix: str, answers: Cleaned) -> list[str]:
    return list(dict.fromkeys(code for _place, code in _placed(prefix, answers)))


def _placed(prefix: str, answers: Cleaned) -> list[tuple[int, str]]:
    found = []
    place = 0
    while f"{prefix}-{place}" in answers:
        if code := answers[f"{prefix}-{place}"]:
            found.append((place, code))
        place += 1
    return found


def _places(joined: Joined | None) -> int:
    return max(_FEWEST, len(joined.codes) + 1 if joined else 0)


def _window(prefix: str, name: str, label: Words) -> Window:
    return Window(path=(*prefix.split("-"), name), label=label)
