"""Inputs for "not if one of these" and "only if one of these": each thing a check box, each figure a row.

Not here: a clause that joins several things (``joined``), conditions whose fields all have to hold (``conditions``).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booking_core.web.backoffice.forms.fields import ChecksField, Choices
from booking_core.web.backoffice.forms.ordinance_editor.choices import (
    DocumentChoices,
    Entry,
    label_of,
    resource_kinds,
    weekdays,
)
from booking_core.web.backoffice.forms.ordinance_editor.clause_codes import (
    FIGURES,
    clauses_of,
    codes_of,
    figure_of,
)
from booking_core.web.backoffice.forms.ordinance_editor.inputs import (
    Cleaned,
    Input,
    Words,
    decimal_field,
    figure_text,
)
from booking_core.web.backoffice.forms.ordinance_editor.joined import (
    joined_clause,
    joined_fault,
    joined_fields,
    joined_of,
    joined_shown,
)

_MORE = 2


@dataclass(frozen=True, kw_only=True)
class Alternatives(Input):
    """Clauses of which one is enough: single things as codes, numbers as rows, several things at once as rows."""

    layout: str = "rows"
    choices: Choices = field(default_factory=list)
    numbers: Choices = field(default_factory=list)

    def fields(self, value: Any) -> dict[str, forms.Field]:
        found: dict[str, forms.Field] = {}
        if self.choices:
            found[f"{self.name}-which"] = ChecksField(
                label=gettext_lazy("Eines davon"), required=False, choices=self.choices
            )
        for row in range(len(_figures(value)) + _MORE):
            prefix = f"{self.name}-{row}"
            found[f"{prefix}-what"] = forms.ChoiceField(
                label=gettext_lazy("oder die Zahl der"),
                required=False,
                choices=[("", gettext_lazy("nichts weiter")), *FIGURES, *self.numbers],
            )
            found[f"{prefix}-min"] = decimal_field(gettext_lazy("mindestens"), required=False)
            found[f"{prefix}-max"] = decimal_field(gettext_lazy("höchstens"), required=False)
        for row, clause in enumerate(self._joined(value)):
            found |= joined_fields(f"{self.name}-j{row}", clause, choices=self.choices, numbers=self.numbers)
        return found

    def shown(self, value: Any) -> dict[str, Any] | None:
        codes: list[str] = []
        for clause in value or ():
            if figure_of(clause) is None and joined_of(clause) is None:
                own = codes_of(clause)
                if own is None:
                    return None
                codes += own
        if codes and not self.choices:
            return None
        answers: dict[str, Any] = {f"{self.name}-which": codes} if self.choices else {}
        for row, clause in enumerate([*_figures(value), *({},) * _MORE]):
            name, bounds = figure_of(clause) or ("", {})
            if name.startswith("facts:") and name not in dict(self.numbers):
                return None
            answers[f"{self.name}-{row}-what"] = name
            for side in ("min", "max"):
                answers[f"{self.name}-{row}-{side}"] = Decimal(str(bounds[side])) if side in bounds else None
        for row, clause in enumerate(self._joined(value)):
            answers |= joined_shown(f"{self.name}-j{row}", clause)
        return answers

    def written(self, answers: Cleaned, value: Any) -> Any:
        clauses = list(clauses_of(answers.get(f"{self.name}-which") or ()))
        for row in range(len(_figures(value)) + _MORE):
            what = answers.get(f"{self.name}-{row}-what")
            bounds = {side: figure_text(answers.get(f"{self.name}-{row}-{side}")) for side in ("min", "max")}
            given = {side: figure for side, figure in bounds.items() if figure is not None}
            if what and given:
                name, _colon, fact = what.partition(":")
                clauses.append({name: {fact: given} if fact else given})
        for row in range(len(self._joined(value))):
            clause = joined_clause(f"{self.name}-j{row}", answers)
            if clause:
                clauses.append(clause)
        return clauses or None

    def faults(self, answers: Cleaned) -> dict[str, Words]:
        found: dict[str, Words] = {}
        for name in [one for one in answers if one.endswith("-what")]:
            prefix = name.removesuffix("what")
            low, high = answers.get(f"{prefix}min"), answers.get(f"{prefix}max")
            if answers.get(name) and low is None and high is None:
                found[f"{prefix}min"] = gettext_lazy("Geben Sie mindestens eine Grenze an.")
            elif not answers.get(name) and (low is not None or high is not None):
                found[name] = gettext_lazy("Wählen Sie, was gezählt wird.")
            elif low is not None and high is not None and high < low:
                found[f"{prefix}max"] = gettext_lazy("„Bis“ ist kleiner als „von“.")
            if name.startswith(f"{self.name}-j"):
                found |= joined_fault(prefix.removesuffix("-"), answers)
        return found

    def _joined(self, value: Any) -> list[Mapping[str, Any]]:
        """The rows for several things at once: those stored, and one to fill."""
        return [*(clause for clause in value or () if joined_of(clause) is not None), {}]

    def field_at(self, path: tuple[str | int, ...]) -> str:
        return f"{self.name}-which" if self.choices else f"{self.name}-0-what"


def alternatives(choices: DocumentChoices, about: frozenset[str]) -> Choices:
    """Everything that can be one of several, with words that say what kind of thing it is."""
    kinds: list[tuple[str, str, Iterable[tuple[str, Any]]]] = [
        ("group", _("Gruppe: %(name)s"), choices.of("groups")),
        ("purpose", _("Zweck: %(name)s"), choices.of("purposes")),
        ("resource", _("Angebot: %(name)s"), choices.of("resources")),
        ("kind", _("Art des Angebots: %(name)s"), resource_kinds()),
        ("part", _("Tagesabschnitt: %(name)s"), choices.of("day_parts") if "part" in about else ()),
        ("extra", _("Bestellt: %(name)s"), choices.of("extras") if "extra" in about else ()),
        ("weekday", _("Wochentag: %(name)s"), weekdays()),
    ]
    found: Choices = [
        (f"{kind}:{code}", words % {"name": label}) for kind, words, named in kinds for code, label in named
    ]
    found += [("holiday:true", _("an Feiertagen")), ("holiday:false", _("an anderen Tagen als Feiertagen"))]
    for fact in choices.entries("facts"):
        found += _answers(fact)
    for name, part in (("classes", "values"), ("reading", "readings")):
        for entry in choices.entries("classes" if name == "classes" else "ambiguities"):
            found += [
                (f"{name}:{entry['id']}={one['id']}", f"{label_of(entry)}: {label_of(one)}")
                for one in entry[part]
            ]
    return found


def _answers(fact: Entry) -> Choices:
    """What the answer to one question can be."""
    code, label, kind = f"facts:{fact['id']}", label_of(fact), fact.get("kind", "yes_no")
    given: Choices = [
        (f"{code}?true", _("%(label)s: beantwortet") % {"label": label}),
        (f"{code}?false", _("%(label)s: nicht beantwortet") % {"label": label}),
    ]
    if kind == "yes_no":
        return [
            (f"{code}=true", _("%(label)s: ja") % {"label": label}),
            (f"{code}=false", _("%(label)s: nein") % {"label": label}),
        ]
    options = [(str(one["id"]), label_of(one)) for one in fact.get("options", ())]
    if kind == "choice":
        return [(f"{code}={name}", f"{label}: {words}") for name, words in options] + given
    if kind == "choices":
        options.append(("this_resource", _("das Angebot, um das es geht")))
        return [(f"{code}>{name}", f"{label}: {words}") for name, words in options] + given
    return given


def _figures(value: Any) -> list[Mapping[str, Any]]:
    return [clause for clause in value or () if figure_of(clause) is not None]
