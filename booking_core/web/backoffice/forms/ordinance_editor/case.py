"""The calculator's form beside a draft: the same case, with what is read after use and when it was asked for.

Not here: the form itself (``web.tariffs.forms``), what the document says (``ordinances.trying``).
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from booking_core.engines.ordinance import Document
from booking_core.ordinances.trying import Trial
from booking_core.web.backoffice.forms.ordinance_editor.inputs import decimal_field
from booking_core.web.citizen.forms.wall_time import DayField
from booking_core.web.tariffs.choices import in_words
from booking_core.web.tariffs.forms import CalculatorForm

PREFIX = "fall"
_FEW = 6
_MEASURED = "measured_"


class CaseForm(CalculatorForm):
    """One case. Its fields begin with ``fall-``, so that they can travel together with the form of an entry."""

    prefix = PREFIX

    def __init__(self, data: Mapping[str, Any] | None = None, *, document: Document, **options: Any) -> None:
        super().__init__(data, document=document, with_internal=True, **options)
        self.fields["codes"].label = _("Was wird gebucht?")
        for fact in document.facts:
            if fact.after_use:
                self.fields[f"{_MEASURED}{fact.id}"] = decimal_field(in_words(fact.label), required=False)
        self.fields["requested_on"] = DayField(
            label=_("Angefragt am"), required=False, help_text=_("Ohne Angabe: heute.")
        )

    def trial(self) -> Trial:
        """The case as typed. Call on a valid form."""
        typed, asked_on = self.cleaned_data, self.cleaned_data.get("requested_on")
        return replace(
            super().trial(),
            measured={
                name.removeprefix(_MEASURED): amount
                for name, amount in typed.items()
                if name.startswith(_MEASURED) and amount is not None
            },
            requested_at=datetime.combine(asked_on, time(12), tzinfo=self.zone) if asked_on else None,
        )

    def shelves(self) -> list[tuple[str, list[BoundField], bool]]:
        """The fields in groups for a narrow column: title, fields, whether they show at once."""
        codes: forms.Field = self.fields["codes"]
        what = [self["codes"]]
        own = [self[name] for name in ("group", "purpose") if name in self.fields]
        measured = [field for field in self if field.name.startswith(_MEASURED)]
        is_short = len(codes.choices) <= _FEW  # type: ignore[attr-defined]  # a choice field
        shelves = [
            ("" if is_short else str(codes.label), what, is_short),
            ("", [*self.time_fields(), *own, *self.question_fields()], True),
            (str(_("Dazu bestellt")), self.extra_fields(), False),
            (str(_("Nach der Nutzung gemessen")), measured, False),
            (str(_("Zeitpunkt der Anfrage")), [self["requested_on"]], False),
        ]
        return [
            (title, fields, is_open or _has_error(fields)) for title, fields, is_open in shelves if fields
        ]

    def _chosen(self, name: str) -> list[str]:
        return super()._chosen(self.add_prefix(name) if self.is_bound else name)

    def _typed(self, name: str, source: Mapping[str, Any]) -> Any:
        return super()._typed(name, {name: source.get(self.add_prefix(name) if self.is_bound else name)})


def prefixed(data: QueryDict) -> QueryDict:
    """The same case under the names of this form."""
    named = QueryDict(mutable=True)
    for name, values in data.lists():
        named.setlist(f"{PREFIX}-{name}", values)
    return named


def _has_error(fields: list[BoundField]) -> bool:
    return any(bound.errors for bound in fields)
