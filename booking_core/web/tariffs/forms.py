"""The calculator's form: one case in a document's own words. One for clerks, towns and the main host.

Not here: what the document says to the case (``calculating``).
"""

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from booking_core.engines.ordinance import Document, ExtraInfo, FactInfo
from booking_core.kernel.errors import BookingError
from booking_core.ordinances.trying import Trial
from booking_core.web.citizen.forms.wall_time import WallTimeForm
from booking_core.web.tariffs.choices import document_choices, in_words, question_field
from booking_core.workflows.contracts import Choice, ExtraChoice
from design_system.form_choices import offer
from design_system.widgets import CountWidget

_EXTRA, _FACT = "extra_", "fact_"
_TIMES = ("tag", "von", "bis", "von_mal", "bis_mal", "bis_tag")
_CHOICES = ("codes", "group", "further_groups", "purpose")
Data = Mapping[str, Any]


class CodesField(forms.MultipleChoiceField):
    """The things of the document one wants to use together; cleaned to a tuple of its ids."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> tuple[str, ...]:
        return tuple(super().clean(value))


class CalculatorForm(WallTimeForm):
    """What, when, for whom, what for; and only those extras and questions that matter for what is chosen.

    ``with_internal``: also the questions only staff can answer.
    """

    codes = CodesField(
        label=_("Was möchten Sie nutzen?"),
        error_messages={"required": _("Wählen Sie mindestens einen Raum oder Gegenstand.")},
    )
    group = forms.ChoiceField(label=_("Für wen?"), required=False)
    further_groups = forms.MultipleChoiceField(
        label=_("Wer nimmt noch teil?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    purpose = forms.ChoiceField(label=_("Wofür?"), required=False)
    persons = forms.IntegerField(
        label=_("Wie viele Personen?"), required=False, min_value=1, max_value=100_000, widget=CountWidget,
        error_messages={"invalid": _("Geben Sie eine Zahl ein, zum Beispiel 30.")},
    )  # fmt: skip

    def __init__(
        self,
        data: Data | None = None,
        *,
        document: Document,
        zone: ZoneInfo | None = None,
        with_internal: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(data, zone=zone, **options)
        self.document = document
        choices = document_choices(document, with_internal=with_internal)
        self._set_choices("codes", [(one.id, in_words(one.label)) for one in document.resources])
        self._offer("group", choices.groups)
        self._offer("purpose", choices.purposes)
        if choices.asks_for_further_groups:
            self._set_choices("further_groups", [(one.id, one.label) for one in choices.groups])
        else:
            del self.fields["further_groups"]
        chosen = set(self._chosen("codes"))
        extras = {one.id for one in document.extras if _fits(one, chosen)}
        facts = {one.id for one in document.facts if self._is_asked(one, chosen)}
        for extra in choices.extras:
            if extra.id in extras:
                self.fields[_EXTRA + extra.id] = _extra_field(extra)
        for question in choices.questions:
            if question.id in facts:
                self.fields[_FACT + question.id] = question_field(question)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.span is not None and not self.errors:
            cleaned["trial"] = self._trial(cleaned)
        return cleaned

    def trial(self) -> Trial:
        """The case as typed. Call on a valid form."""
        trial: Trial = self.cleaned_data["trial"]
        return trial

    def show_fault(self, fault: BookingError) -> None:
        """Put a refusal of the engine's door beside the field it is about."""
        kind = next((one for one in ("fact", "extra") if one in fault.context), "")
        name = f"{kind}_{fault.context[kind]}" if kind else fault.field
        self.add_error(name if name in self.fields else None, str(fault))

    def choice_fields(self) -> list[forms.BoundField]:
        """What, for whom, what for: what follows on the page depends on these."""
        return [self[name] for name in _CHOICES if name in self.fields]

    def time_fields(self) -> list[forms.BoundField]:
        """Day and clock times."""
        return [self[name] for name in _TIMES if name in self.fields]

    def question_fields(self) -> list[forms.BoundField]:
        """How many people, and the document's own questions."""
        return [self["persons"], *(field for field in self if field.name.startswith(_FACT))]

    def extra_fields(self) -> list[forms.BoundField]:
        """What can be ordered beside."""
        return [field for field in self if field.name.startswith(_EXTRA)]

    def _offer(self, name: str, offered: Collection[Choice]) -> None:
        if not offered:
            del self.fields[name]
            return
        self._set_choices(name, [("", _("keine Angabe")), *((one.id, one.label) for one in offered)])

    def _set_choices(self, name: str, choices: list[Any]) -> None:
        offer(self, name, choices)

    def _chosen(self, name: str) -> list[str]:
        source = self.data if self.is_bound else self.initial
        values = source.getlist(name) if isinstance(source, MultiValueDict) else source.get(name) or []
        return [values] if isinstance(values, str) else list(values)

    def _is_asked(self, fact: FactInfo, codes: set[str]) -> bool:
        return _fits(fact, codes) and all(
            not named or not set(self._chosen(field)) - {""} or set(named).intersection(self._chosen(field))
            for field, named in (("group", fact.groups), ("purpose", fact.purposes))
        )

    def _trial(self, typed: Mapping[str, Any]) -> Trial:
        assert self.span is not None  # noqa: S101 — asked before
        return Trial(
            codes=typed["codes"],
            spans=(self.span,),
            group=typed.get("group", ""),
            further_groups=tuple(typed.get("further_groups", ())),
            purpose=typed.get("purpose", ""),
            persons=typed.get("persons"),
            extras={
                name.removeprefix(_EXTRA): Decimal(amount)
                for name, amount in typed.items()
                if name.startswith(_EXTRA) and amount
            },
            facts={
                name.removeprefix(_FACT): answer
                for name, answer in typed.items()
                if name.startswith(_FACT) and answer not in (None, "", [], ())
            },
        )


def _fits(info: ExtraInfo | FactInfo, codes: set[str]) -> bool:
    return not info.resources or not codes or bool(codes.intersection(info.resources))


def _extra_field(extra: ExtraChoice) -> forms.Field:
    if extra.max_quantity == 1:
        return forms.BooleanField(label=extra.label, required=False)
    return forms.IntegerField(
        label=f"{extra.label} ({extra.unit_label})" if extra.unit_label else extra.label,
        required=False, min_value=0, max_value=extra.max_quantity or 1_000_000, widget=CountWidget,
    )  # fmt: skip
