"""Inputs for what something costs: one price, what is counted, least and greatest amounts.

Not here: steps and bands (``rows``), tables of prices (``matrix``).
"""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from booking_core.web.backoffice.forms.fields import ChecksField, Choices
from booking_core.web.backoffice.forms.ordinance_editor.inputs import (
    Cleaned,
    Input,
    Words,
    decimal_field,
    figure_text,
    listed,
)

SOURCES: list[tuple[str, Words]] = [
    ("amount", _("fester Betrag in Euro")), ("of", _("Prozent von anderen Zeilen")),
    ("like", _("Prozent vom Preis eines anderen Angebots")), ("fact", _("der Betrag steht in einer Antwort")),
    ("measured", _("der Betrag wird nach der Nutzung eingetragen")),
]  # fmt: skip
_PLAIN_MEASURE = frozenset(
    {"count", "fact", "measured", "step", "round", "tolerance", "rounding_over", "clock"}
)
_ROUNDS: list[tuple[str, Words]] = [
    ("exact", _("genau")), ("up", _("angefangene zählen voll")), ("down", _("nur volle zählen")),
    ("nearest", _("kaufmännisch runden")),
]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class PriceOf(Input):
    """One price and where its amount comes from."""

    layout: str = "inline"
    scopes: Choices = field(default_factory=list)
    resources: Choices = field(default_factory=list)
    answers: Choices = field(default_factory=list)
    readings: Choices = field(default_factory=list)

    def fields(self, value: Any) -> dict[str, forms.Field]:
        nothing = [("", "–")]
        fields: dict[str, forms.Field] = {
            f"{self.name}-source": forms.ChoiceField(
                label=_("Woher kommt der Betrag?"), choices=self._sources(value)
            ),
            f"{self.name}-amount": decimal_field(_("Euro"), required=False),
            f"{self.name}-percent": decimal_field(_("Prozent"), required=False, least=None),
            f"{self.name}-of": ChecksField(label=_("Prozent wovon?"), required=False, choices=self.scopes),
        }
        for name, label, choices in (("like", _("Wie welches Angebot?"), self.resources),
                                     ("fact", _("Welche Antwort?"), self.answers),
                                     ("measured", _("Welcher Wert?"), self.readings)):  # fmt: skip
            if choices:
                fields[f"{self.name}-{name}"] = forms.ChoiceField(
                    label=label, required=False, choices=[*nothing, *choices]
                )
        return fields

    def _sources(self, value: Any) -> list[tuple[str, Words]]:
        offered = {"amount": True, "of": bool(self.scopes), "like": bool(self.resources), "fact": bool(self.answers),
                   "measured": bool(self.readings)}  # fmt: skip
        return [(name, word) for name, word in SOURCES if offered[name]]

    def shown(self, value: Any) -> dict[str, Any] | None:
        price = value or {}
        source = next((name for name, _word in SOURCES if name in price), "amount")
        if source not in dict(self._sources(value)):
            return None
        amount, percent = price.get("amount"), price.get("percent")
        return {
            f"{self.name}-source": source,
            f"{self.name}-amount": Decimal(str(amount)) if amount is not None else None,
            f"{self.name}-percent": Decimal(str(percent)) if percent is not None else None,
            f"{self.name}-of": listed(price.get("of")),
            f"{self.name}-like": price.get("like", ""),
            f"{self.name}-fact": price.get("fact", ""),
            f"{self.name}-measured": price.get("measured", ""),
        }

    def written(self, answers: Cleaned, value: Any) -> Any:
        source = answers.get(f"{self.name}-source") or "amount"
        found = answers.get(f"{self.name}-{source}")
        if source == "of":
            before = listed((value or {}).get("of"))
            found = [name for name in before if name in (found or ())] + [
                name for name in found or () if name not in before
            ]
        if source == "amount":
            found = figure_text(found)
        if not found:
            return None
        price: dict[str, Any] = {source: found}
        percent = figure_text(answers.get(f"{self.name}-percent"))
        if percent is not None:
            price["percent"] = percent
        if value and "round_to" in value:
            price["round_to"] = value["round_to"]
        return price

    def faults(self, answers: Cleaned) -> dict[str, Words]:
        source = answers.get(f"{self.name}-source") or "amount"
        given = answers.get(f"{self.name}-{source}")
        if given not in (None, "", (), []):
            return {}
        if source == "amount" and not self.required and answers.get(f"{self.name}-percent") is None:
            return {}
        missing: dict[str, Words] = {
            "amount": _("Geben Sie einen Betrag ein. Kostenlos ist 0."),
            "of": _("Wählen Sie, wovon die Prozente gelten."),
        }
        return {f"{self.name}-{source}": missing.get(source, _("Bitte wählen Sie."))}

    def field_at(self, path: tuple[str | int, ...]) -> str:
        return f"{self.name}-{path[0]}" if path and path[0] in dict(SOURCES) else f"{self.name}-amount"


@dataclass(frozen=True, kw_only=True)
class Counted(Input):
    """What is counted: one of the common measures, with steps and rounding."""

    layout: str = "inline"
    choices: Choices = field(default_factory=list)
    answers: Choices = field(default_factory=list)
    readings: Choices = field(default_factory=list)
    none: Words = ""

    def fields(self, value: Any) -> dict[str, forms.Field]:
        offered: list[tuple[str, Words]] = [("", self.none or _("Buchung (einmal)"))]
        offered += [(f"count:{name}", label) for name, label in self.choices]
        offered += [
            (f"fact:{name}", _("Antwort: %(label)s") % {"label": label}) for name, label in self.answers
        ]
        offered += [
            (f"measured:{name}", _("Gemessen: %(label)s") % {"label": label}) for name, label in self.readings
        ]
        return {
            f"{self.name}-what": forms.ChoiceField(label=self.label, required=False, choices=offered),
            f"{self.name}-step": decimal_field(_("in Schritten von"), required=False),
            f"{self.name}-round": forms.ChoiceField(
                label=_("Angefangene Einheiten"), choices=_ROUNDS, required=False
            ),
        }

    def shown(self, value: Any) -> dict[str, Any] | None:
        measure = value or {}
        if set(measure) - _PLAIN_MEASURE:
            return None
        source = next(
            (f"{name}:{measure[name]}" for name in ("count", "fact", "measured") if name in measure), ""
        )
        step = measure.get("step")
        return {
            f"{self.name}-what": source,
            f"{self.name}-step": Decimal(str(step)) if step is not None else None,
            f"{self.name}-round": measure.get("round", "exact"),
        }

    def written(self, answers: Cleaned, value: Any) -> Any:
        source, _colon, name = (answers.get(f"{self.name}-what") or "").partition(":")
        if not name:
            return None
        kept = {key: value[key] for key in ("tolerance", "rounding_over", "clock") if value and key in value}
        step, rounding = (
            figure_text(answers.get(f"{self.name}-step")),
            answers.get(f"{self.name}-round") or "exact",
        )
        measure = {source: name, **kept}
        if step is not None:
            measure["step"] = step
        if rounding != "exact" or (value and "round" in value):
            measure["round"] = rounding
        return measure

    def field_at(self, path: tuple[str | int, ...]) -> str:
        return f"{self.name}-{path[0]}" if path[:1] in (("step",), ("round",)) else f"{self.name}-what"


@dataclass(frozen=True, kw_only=True)
class BoundAmount(Input):
    """A least or greatest amount for the booking, each date or each day."""

    layout: str = "inline"

    def fields(self, value: Any) -> dict[str, forms.Field]:
        per = [("booking", _("je Buchung")), ("date", _("je Termin")), ("day", _("je Tag")), ("week", _("je Woche")),
               ("month", _("je Monat"))]  # fmt: skip
        return {
            f"{self.name}-amount": decimal_field(
                _("%(label)s in Euro") % {"label": self.label}, required=False
            ),
            f"{self.name}-per": forms.ChoiceField(label=_("gilt"), choices=per, required=False),
        }

    def shown(self, value: Any) -> dict[str, Any]:
        bound = value or {}
        amount = bound.get("amount")
        return {f"{self.name}-amount": Decimal(str(amount)) if amount is not None else None,
                f"{self.name}-per": bound.get("per", "booking")}  # fmt: skip

    def written(self, answers: Cleaned, value: Any) -> Any:
        amount = figure_text(answers.get(f"{self.name}-amount"))
        if amount is None:
            return None
        bound: dict[str, Any] = {**(value or {}), "amount": amount}
        per = answers.get(f"{self.name}-per") or "booking"
        if per != "booking" or "per" in bound:
            bound["per"] = per
        return bound

    def field_at(self, path: tuple[str | int, ...]) -> str:
        return f"{self.name}-per" if path[:1] == ("per",) else f"{self.name}-amount"
