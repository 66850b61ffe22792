"""Inputs that are small tables: steps, bands, answers and readings to choose from. An empty row is no entry.

Rows keep what they hold beside the fields shown, and stand in the order of their ends.
Not here: single prices (``prices``).
"""

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from booking_core.engines.ordinance.editing import free_id
from booking_core.web.backoffice.forms.fields import Choices
from booking_core.web.backoffice.forms.ordinance_editor.inputs import (
    Cleaned,
    Input,
    Words,
    decimal_field,
    figure_text,
)

_MORE = 3
_END = Decimal("Infinity")


@dataclass(frozen=True, kw_only=True)
class Rows(Input):
    """Rows of an inner list, with a few empty ones to fill."""

    layout: str = "rows"

    @abstractmethod
    def row_fields(self) -> dict[str, forms.Field]:
        """The fields of one row, by the last part of their name."""

    @abstractmethod
    def row_shown(self, row: Mapping[str, Any]) -> dict[str, Any] | None:
        """What they show; None where they cannot."""

    @abstractmethod
    def row_written(self, answers: Cleaned, row: Mapping[str, Any]) -> dict[str, Any] | None:
        """The row to store; None for an empty one."""

    def count(self, value: Any) -> int:
        """How many rows the form has."""
        return len(value or ()) + _MORE

    def fields(self, value: Any) -> dict[str, forms.Field]:
        return {
            f"{self.name}-{row}-{name}": one
            for row in range(self.count(value))
            for name, one in self.row_fields().items()
        }

    def shown(self, value: Any) -> dict[str, Any] | None:
        answers: dict[str, Any] = {}
        for row, entry in enumerate([*(value or ()), *({},) * _MORE]):
            one = self.row_shown(entry)
            if one is None:
                return None
            answers.update({f"{self.name}-{row}-{name}": answer for name, answer in one.items()})
        return answers

    def written(self, answers: Cleaned, value: Any) -> Any:
        rows = []
        for row, entry in enumerate([*(value or ()), *({},) * _MORE]):
            prefix = f"{self.name}-{row}-"
            own = {name.removeprefix(prefix): one for name, one in answers.items() if name.startswith(prefix)}
            written = self.row_written(own, entry)
            if written is not None:
                rows.append(written)
        return self.in_order(rows) or None

    def in_order(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The rows as they are to stand."""
        return rows

    def field_at(self, path: tuple[str | int, ...]) -> str:
        names = list(self.row_fields())
        row = path[0] if path and isinstance(path[0], int) else 0
        near = [name for name in names if path[1:2] and str(path[1]) in name]
        return f"{self.name}-{row}-{(near or names)[0]}"


@dataclass(frozen=True, kw_only=True)
class PriceRows(Rows):
    """Steps (one price for the whole) or bands (each share has its price)."""

    is_band: bool = False

    def row_fields(self) -> dict[str, forms.Field]:
        fields: dict[str, forms.Field] = {"up_to": decimal_field(_("bis"), required=False)}
        if self.is_band:
            fields["each"] = decimal_field(_("Euro je Einheit"), required=False)
            fields["flat"] = decimal_field(_("oder Euro pauschal"), required=False)
        else:
            fields["price"] = decimal_field(_("Euro"), required=False)
        fields["label-de"] = forms.CharField(label=_("Bezeichnung"), required=False, max_length=200)
        fields["label-en"] = forms.CharField(label=_("auf Englisch"), required=False, max_length=200)
        return fields

    def row_shown(self, row: Mapping[str, Any]) -> dict[str, Any] | None:
        end, answers = row.get("up_to"), dict[str, Any]()
        if end is not None and set(end) != {"number"}:
            return None
        answers["up_to"] = Decimal(str(end["number"])) if end else None
        for name in self._prices():
            price = row.get(name)
            if price is not None and set(price) != {"amount"}:
                return None
            answers[name] = Decimal(str(price["amount"])) if price else None
        label = row.get("label") or {}
        return {**answers, "label-de": label.get("de", ""), "label-en": label.get("en", "")}

    def row_written(self, answers: Cleaned, row: Mapping[str, Any]) -> dict[str, Any] | None:
        amounts = {name: figure_text(answers.get(name)) for name in self._prices()}
        if all(amount is None for amount in amounts.values()):
            return None
        end, german = figure_text(answers.get("up_to")), (answers.get("label-de") or "").strip()
        own = {"up_to", "label", *self._prices()}
        written = {name: one for name, one in row.items() if name not in own}
        if end is not None:
            written["up_to"] = {"number": end}
        written.update({name: {"amount": amount} for name, amount in amounts.items() if amount is not None})
        if german:
            written["label"] = {"de": german, "en": (answers.get("label-en") or "").strip() or german}
        return written

    def in_order(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return sorted(rows, key=lambda row: Decimal(row["up_to"]["number"]) if "up_to" in row else _END)

    def faults(self, answers: Cleaned) -> dict[str, Words]:
        found: dict[str, Words] = {}
        ends: dict[Decimal | None, str] = {}
        for name in [one for one in answers if one.endswith("-up_to")]:
            prefix, end = name.removesuffix("up_to"), answers.get(name)
            prices = [one for one in self._prices() if answers.get(f"{prefix}{one}") is not None]
            if len(prices) > 1:
                found[f"{prefix}flat"] = _("Nur eines: je Einheit oder pauschal.")
            if prices and end in ends:
                found[name] = _("Dieses Ende gibt es schon in einer anderen Zeile.")
            if prices:
                ends[end] = name
            elif end is not None or answers.get(f"{prefix}label-de"):
                found[f"{prefix}{self._prices()[0]}"] = _("Geben Sie einen Betrag ein. Kostenlos ist 0.")
        if self.required and not ends and not found:
            found[f"{self.name}-0-{self._prices()[0]}"] = _("Geben Sie mindestens eine Zeile ein.")
        return found

    def _prices(self) -> tuple[str, ...]:
        return ("each", "flat") if self.is_band else ("price",)


@dataclass(frozen=True, kw_only=True)
class NamedRows(Rows):
    """Answers, readings or classes to choose from, each with its words; the short name is made from them.

    ``also`` is what a new row holds beside its words.
    """

    also: Mapping[str, Any] = field(default_factory=dict)

    def row_fields(self) -> dict[str, forms.Field]:
        return {
            "label-de": forms.CharField(label=_("Bezeichnung"), required=False, max_length=300),
            "label-en": forms.CharField(label=_("auf Englisch"), required=False, max_length=300),
        }

    def row_shown(self, row: Mapping[str, Any]) -> dict[str, Any] | None:
        label = row.get("label") or {}
        return {"label-de": label.get("de", ""), "label-en": label.get("en", "")}

    def row_written(self, answers: Cleaned, row: Mapping[str, Any]) -> dict[str, Any] | None:
        german = (answers.get("label-de") or "").strip()
        if not german:
            return None
        return {
            **(row or self.also),
            "label": {"de": german, "en": (answers.get("label-en") or "").strip() or german},
        }

    def in_order(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        for row in rows:
            if "id" not in row:
                row["id"] = free_id({"options": rows}, "options", row["label"]["de"])
        return [{"id": row["id"], **row} for row in rows]

    def faults(self, answers: Cleaned) -> dict[str, Words]:
        filled = [name for name, text in answers.items() if name.endswith("label-de") and text]
        if self.required and not filled:
            return {f"{self.name}-0-label-de": _("Geben Sie mindestens eine Zeile ein.")}
        return {}


@dataclass(frozen=True, kw_only=True)
class Quantities(Input):
    """A number for each of several things: extras ordered, figures read, pieces."""

    layout: str = "inline"
    choices: Choices = field(default_factory=list)
    is_whole: bool = False

    def fields(self, value: Any) -> dict[str, forms.Field]:
        return {f"{self.name}-{name}": decimal_field(label, required=False) for name, label in self.choices}

    def shown(self, value: Any) -> dict[str, Any] | None:
        amounts = value or {}
        return {
            f"{self.name}-{name}": Decimal(str(amounts[name])) if name in amounts else None
            for name, _label in self.choices
        }

    def written(self, answers: Cleaned, value: Any) -> Any:
        before = value or {}
        order = [*before, *(name for name, _label in self.choices if name not in before)]
        amounts = {name: answers.get(f"{self.name}-{name}") for name in order}
        return {
            name: int(amount) if self.is_whole else figure_text(amount)
            for name, amount in amounts.items()
            if amount is not None
        } or None

    def field_at(self, path: tuple[str | int, ...]) -> str:
        return f"{self.name}-{path[0]}" if path else f"{self.name}-{self.choices[0][0]}"
