"""Inputs for "not if one of these" and "only if one of these": each thing a check box, each figure a row.

A clause that joins several things (this group *and* on a Saturday) is not shown; it stays as it is.
Not here: conditions whose fields all have to hold (``conditions``).
"""

from collections.abc import Iterable, Iterator, Mapping
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
from booking_core.web.backoffice.forms.ordinance_editor.inputs import (
    Cleaned,
    Input,
    Words,
    decimal_field,
    figure_text,
    listed,
)

_LISTS = ("group", "purpose", "resource", "uses", "kind", "part", "extra", "weekday")
_INNER = ("classes", "reading")
_FIGURES: list[tuple[str, Words]] = [
    ("hours", gettext_lazy("Stunden")), ("days", gettext_lazy("Kalendertage")),
    ("persons", gettext_lazy("Personen")), ("dates", gettext_lazy("Termine einer Serie")),
]  # fmt: skip
_MORE = 2


@dataclass(frozen=True, kw_only=True)
class Alternatives(Input):
    """Clauses of which one is enough. Codes look like ``group:club``, ``facts:entry=true``, ``facts:taught>hall``."""

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
                choices=[("", gettext_lazy("nichts weiter")), *_FIGURES, *self.numbers],
            )
            found[f"{prefix}-min"] = decimal_field(gettext_lazy("mindestens"), required=False)
            found[f"{prefix}-max"] = decimal_field(gettext_lazy("höchstens"), required=False)
        return found

    def shown(self, value: Any) -> dict[str, Any] | None:
        codes: list[str] = []
        for clause in value or ():
            if _figure(clause) is None:
                own = _codes(clause)
                if own is None:
                    return None
                codes += own
        if codes and not self.choices:
            return None
        answers: dict[str, Any] = {f"{self.name}-which": codes} if self.choices else {}
        for row, clause in enumerate([*_figures(value), *({},) * _MORE]):
            name, bounds = _figure(clause) or ("", {})
            if name.startswith("facts:") and name not in dict(self.numbers):
                return None
            answers[f"{self.name}-{row}-what"] = name
            for side in ("min", "max"):
                answers[f"{self.name}-{row}-{side}"] = Decimal(str(bounds[side])) if side in bounds else None
        return answers

    def written(self, answers: Cleaned, value: Any) -> Any:
        clauses = list(_clauses(answers.get(f"{self.name}-which") or ()))
        for row in range(len(_figures(value)) + _MORE):
            what = answers.get(f"{self.name}-{row}-what")
            bounds = {side: figure_text(answers.get(f"{self.name}-{row}-{side}")) for side in ("min", "max")}
            given = {side: figure for side, figure in bounds.items() if figure is not None}
            if what and given:
                name, _colon, fact = what.partition(":")
                clauses.append({name: {fact: given} if fact else given})
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
        return found

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


def _figure(clause: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]] | None:
    """A clause about a number as its code and bounds; None where it is about something else."""
    name, bounds = next(iter(clause.items()), ("", {}))
    if name == "facts" and isinstance(bounds, Mapping) and len(bounds) == 1:
        fact, bounds = next(iter(bounds.items()))
        name = f"facts:{fact}"
    elif name not in dict(_FIGURES):
        return None
    is_range = isinstance(bounds, Mapping) and bounds and not set(bounds) - {"min", "max"}
    return (name, bounds) if is_range and len(clause) == 1 else None


def _figures(value: Any) -> list[Mapping[str, Any]]:
    return [clause for clause in value or () if _figure(clause) is not None]


def _codes(clause: Mapping[str, Any]) -> list[str] | None:
    """A clause as codes; None where it says more than one thing, or something no code says."""
    if len(clause) != 1:
        return None
    name, wanted = next(iter(clause.items()))
    if name in _LISTS:
        return [f"{name}:{one}" for one in listed(wanted)]
    if name == "holiday":
        return [f"holiday:{_word(wanted)}"]
    if name not in (*_INNER, "facts") or len(wanted) != 1:
        return None
    return _answer_codes(name, *next(iter(wanted.items())))


def _answer_codes(name: str, subject: str, answer: Any) -> list[str] | None:
    if not isinstance(answer, Mapping):
        values = listed(answer)
        plain = all(isinstance(one, str | bool) for one in values)
        return [f"{name}:{subject}={_word(one)}" for one in values] if plain else None
    if set(answer) == {"includes"}:
        return [f"{name}:{subject}>{answer['includes']}"]
    return [f"{name}:{subject}?{_word(answer['given'])}"] if set(answer) == {"given"} else None


def _clauses(codes: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Clauses of codes; what only differs in its value shares one."""
    lists: dict[str, list[str]] = {}
    inner: dict[tuple[str, str], list[Any]] = {}
    for code in codes:
        name, _colon, rest = code.partition(":")
        if name in _LISTS:
            lists.setdefault(name, []).append(rest)
        elif name == "holiday":
            yield {"holiday": rest == "true"}
        elif ">" in rest:
            subject, _sign, value = rest.partition(">")
            yield {"facts": {subject: {"includes": value}}}
        elif "?" in rest:
            subject, _sign, value = rest.partition("?")
            yield {"facts": {subject: {"given": value == "true"}}}
        else:
            subject, _sign, value = rest.partition("=")
            answer = {"true": True, "false": False}.get(value, value) if name == "facts" else value
            inner.setdefault((name, subject), []).append(answer)
    for name, values in lists.items():
        yield {name: values}
    for (name, subject), answers in inner.items():
        is_single = name == "facts" and len(answers) == 1
        yield {name: {subject: answers[0] if is_single else answers}}


def _word(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
