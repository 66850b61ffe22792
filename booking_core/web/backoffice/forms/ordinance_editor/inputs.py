"""Inputs for single fields: texts, numbers, choices, lists of names.

Not here: ranges and times (``ranges``), prices and measures (``prices``), whole forms (``entries``).
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias

from django import forms
from django.utils.translation import gettext_lazy as _

from booking_core.web.backoffice.forms.fields import ChecksField, Choices
from design_system.widgets import CountWidget

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Cleaned = Mapping[str, Any]
Words: TypeAlias = "str | _StrPromise"  # now or in the reader's language later
_MOST = Decimal(10) ** 9


@dataclass(frozen=True, kw_only=True)
class Input(ABC):
    """One field of an entry. ``layout``: plain (each field by itself), inline (side by side), bare (the
    same without labels for the eye), rows (a table)."""

    path: tuple[str, ...]
    label: Words
    help: Words = ""
    required: bool = False
    layout: str = "plain"

    @property
    def name(self) -> str:
        """The name of its form field, or what the names of its fields begin with."""
        return "-".join(self.path)

    @abstractmethod
    def fields(self, value: Any) -> dict[str, forms.Field]:
        """The form fields that show ``value``, by name."""

    @abstractmethod
    def shown(self, value: Any) -> dict[str, Any] | None:
        """What the fields show of a stored value (None: absent); None where they cannot show it."""

    @abstractmethod
    def written(self, answers: Cleaned, value: Any) -> Any:
        """The value to store for the answers; None takes the field out. ``value`` is what stands there."""

    def faults(self, answers: Cleaned) -> dict[str, Words]:
        """What is wrong with the answers taken together, by field name."""
        return {}

    def field_at(self, path: tuple[str | int, ...]) -> str:
        """The form field that a mistake at ``path`` inside the value belongs to."""
        return self.name


@dataclass(frozen=True, kw_only=True)
class TextPair(Input):
    """A text for people in German and English; without English the German words stand in."""

    is_long: bool = False

    def fields(self, value: Any) -> dict[str, forms.Field]:
        widget = forms.Textarea(attrs={"rows": 3}) if self.is_long else forms.TextInput()
        common: dict[str, Any] = {"max_length": 4000, "widget": widget}
        english = _("%(label)s auf Englisch") % {"label": self.label}
        return {
            f"{self.name}-de": forms.CharField(label=self.label, help_text=self.help, required=self.required, **common),
            f"{self.name}-en": forms.CharField(label=english, required=False, **common),
        }  # fmt: skip

    def shown(self, value: Any) -> dict[str, Any]:
        text = value or {}
        return {f"{self.name}-{code}": text.get(code, "").strip() for code in ("de", "en")}

    def written(self, answers: Cleaned, value: Any) -> Any:
        german, english = (_plain(answers.get(f"{self.name}-{code}")) for code in ("de", "en"))
        return {"de": german, "en": english or german} if german else None

    def field_at(self, path: tuple[str | int, ...]) -> str:
        return f"{self.name}-en" if path[:1] == ("en",) else f"{self.name}-de"


@dataclass(frozen=True, kw_only=True)
class Line(Input):
    """A line of plain text, such as a paragraph."""

    longest: int = 500
    rows: int = 1

    def fields(self, value: Any) -> dict[str, forms.Field]:
        widget = forms.Textarea(attrs={"rows": self.rows}) if self.rows > 1 else forms.TextInput()
        return {self.name: forms.CharField(label=self.label, help_text=self.help, required=self.required,
                                           max_length=self.longest, widget=widget)}  # fmt: skip

    def shown(self, value: Any) -> dict[str, Any]:
        return {self.name: (value or "").strip()}

    def written(self, answers: Cleaned, value: Any) -> Any:
        return _plain(answers.get(self.name)) or None


@dataclass(frozen=True, kw_only=True)
class Lines(Input):
    """Several lines, each an entry of a list (sources)."""

    def fields(self, value: Any) -> dict[str, forms.Field]:
        widget = forms.Textarea(attrs={"rows": 2})
        return {self.name: forms.CharField(label=self.label, help_text=self.help, required=False,
                                           max_length=4000, widget=widget)}  # fmt: skip

    def shown(self, value: Any) -> dict[str, Any]:
        return {self.name: "\n".join(value or ())}

    def written(self, answers: Cleaned, value: Any) -> Any:
        lines = [line.strip() for line in _plain(answers.get(self.name)).split("\n")]
        return [line for line in lines if line] or None


@dataclass(frozen=True, kw_only=True)
class Figure(Input):
    """A number with decimals, stored as text; an answer (``is_answer``) stays a number in JSON."""

    least: Decimal | None = Decimal(0)
    is_answer: bool = False

    def fields(self, value: Any) -> dict[str, forms.Field]:
        return {
            self.name: decimal_field(
                self.label, help_text=self.help, required=self.required, least=self.least
            )
        }

    def shown(self, value: Any) -> dict[str, Any] | None:
        if (
            self.is_answer
            and value is not None
            and (isinstance(value, bool) or not isinstance(value, int | float))
        ):
            return None
        return {self.name: Decimal(str(value)) if value is not None else None}

    def written(self, answers: Cleaned, value: Any) -> Any:
        figure = answers.get(self.name)
        if self.is_answer and figure is not None:
            return int(figure) if figure == figure.to_integral_value() else float(figure)
        return figure_text(figure)


@dataclass(frozen=True, kw_only=True)
class Whole(Input):
    """A whole number."""

    least: int = 0
    most: int = 1_000_000

    def fields(self, value: Any) -> dict[str, forms.Field]:
        common: dict[str, Any] = {"label": self.label, "help_text": self.help, "required": self.required}
        return {
            self.name: forms.IntegerField(
                min_value=self.least, max_value=self.most, widget=CountWidget, **common
            )
        }

    def shown(self, value: Any) -> dict[str, Any]:
        return {self.name: value}

    def written(self, answers: Cleaned, value: Any) -> Any:
        return answers.get(self.name)


@dataclass(frozen=True, kw_only=True)
class Tick(Input):
    """Yes where ticked."""

    def fields(self, value: Any) -> dict[str, forms.Field]:
        return {self.name: forms.BooleanField(label=self.label, help_text=self.help, required=False)}

    def shown(self, value: Any) -> dict[str, Any]:
        return {self.name: bool(value)}

    def written(self, answers: Cleaned, value: Any) -> Any:
        return True if answers.get(self.name) else None


@dataclass(frozen=True, kw_only=True)
class YesNo(Input):
    """Yes, no, or nothing said."""

    yes: Words = ""
    no: Words = ""

    def fields(self, value: Any) -> dict[str, forms.Field]:
        choices = [("", _("egal")), ("yes", self.yes or _("ja")), ("no", self.no or _("nein"))]
        return {
            self.name: forms.ChoiceField(
                label=self.label, help_text=self.help, required=False, choices=choices
            )
        }

    def shown(self, value: Any) -> dict[str, Any] | None:
        if value is not None and not isinstance(value, bool):
            return None
        return {self.name: "" if value is None else "yes" if value else "no"}

    def written(self, answers: Cleaned, value: Any) -> Any:
        return {"yes": True, "no": False}.get(answers.get(self.name, ""))


@dataclass(frozen=True, kw_only=True)
class Pick(Input):
    """One of several. ``default`` is what counts where nothing is stored; ``none`` offers to store nothing."""

    choices: Choices = field(default_factory=list)
    default: str = ""
    none: Words = ""

    def fields(self, value: Any) -> dict[str, forms.Field]:
        offered: list[tuple[str, Words]] = [("", self.none)] if self.none else []
        offered += self.choices
        if isinstance(value, str) and value not in dict(self.choices):
            offered.append((value, value))
        return {self.name: forms.ChoiceField(label=self.label, help_text=self.help, choices=offered,
                                             required=not self.none)}  # fmt: skip

    def shown(self, value: Any) -> dict[str, Any] | None:
        return {self.name: self.default if value is None else value}

    def written(self, answers: Cleaned, value: Any) -> Any:
        return answers.get(self.name) or None


@dataclass(frozen=True, kw_only=True)
class Names(Input):
    """Several names of a list as check boxes; the order they were stored in stays."""

    choices: Choices = field(default_factory=list)

    def fields(self, value: Any) -> dict[str, forms.Field]:
        known = {name for name, _label in self.choices}
        kept = [(name, name) for name in listed(value) if name not in known]
        return {self.name: ChecksField(label=self.label, help_text=self.help, required=self.required,
                                       choices=[*self.choices, *kept])}  # fmt: skip

    def shown(self, value: Any) -> dict[str, Any] | None:
        names = listed(value)
        return {self.name: names} if all(isinstance(name, str) for name in names) else None

    def written(self, answers: Cleaned, value: Any) -> Any:
        chosen, before = answers.get(self.name) or (), listed(value)
        kept = [name for name in before if name in chosen]
        return [*kept, *(name for name in chosen if name not in kept)] or None


def decimal_field(label: Words, *, least: Decimal | None = Decimal(0), **options: Any) -> forms.DecimalField:
    """A number as people type it: 12,50."""
    widget = forms.TextInput(attrs={"class": "b-width-number", "inputmode": "decimal", "autocomplete": "off"})
    return forms.DecimalField(
        label=label, min_value=least, max_value=_MOST, localize=True, widget=widget, **options
    )


def figure_text(value: Decimal | None) -> str | None:
    """A number as the document stores it."""
    return None if value is None else format(value, "f")


def listed(value: Any) -> list[Any]:
    """A list, or a single value as one."""
    return list(value) if isinstance(value, list | tuple) else [] if value is None else [value]


def _plain(text: str | None) -> str:
    return (text or "").replace("\r\n", "\n").strip()
