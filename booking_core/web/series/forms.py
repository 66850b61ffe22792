"""How a booking repeats, which of its dates are agreed, and what is to happen to some of them later.

Not here: what the rule comes to (``workflows.series_plan``).
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from booking_core.engines.recurrence import (
    LAST,
    MOST_DATES,
    Rhythm,
    Rule,
    RuleInvalid,
    is_last_of_month,
    ordinal_of,
)
from booking_core.kernel.spans import Span
from booking_core.reservations.series_words import ordinal_name, weekday_name
from booking_core.web.citizen.forms.wall_time import DayField, WallTimeForm
from booking_core.web.tariffs.choices import cancelling_fields
from booking_core.workflows.contracts import Question
from booking_core.workflows.series_plan import SKIP, TAKE, PlannedDate, SeriesPlan
from booking_core.workflows.series_rules import rule_fault_words
from design_system.form_choices import offer
from design_system.templatetags.formats import long_date, span_words
from design_system.widgets import CountWidget
from tenants.context import tenant_zone

_WEEKS = (2, 3, 4, 6, 8)
_FIELD_OF = {"until": "bis", "count": "anzahl"}


class RepeatForm(forms.Form):
    """Rhythm, end, holidays. The clock times are those of the first date. It travels in the address."""

    rhythmus = forms.ChoiceField(label=_("Wie oft?"))
    bis = DayField(label=_("Letzter Tag"), required=False, help_text=_("Oder die Zahl der Termine."))
    anzahl = forms.IntegerField(
        label=_("Zahl der Termine"),
        required=False,
        min_value=2,
        max_value=MOST_DATES,
        widget=CountWidget,
        error_messages={"invalid": _("Geben Sie eine Zahl ein, zum Beispiel 20.")},
    )
    ohne_ferien = forms.BooleanField(label=_("Nicht in den Schulferien"), required=False)
    ohne_feiertage = forms.BooleanField(label=_("Nicht an Feiertagen"), required=False)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, first: Span, last_holiday: date | None, **options: Any
    ) -> None:
        super().__init__(data, **options)
        zone = tenant_zone()
        self.start, self.end = first.start.astimezone(zone), first.end.astimezone(zone)
        offer(self, "rhythmus", _rhythms(self.start.date()))
        self.fields["ohne_ferien"].help_text = (
            gettext("Schulferien sind eingetragen bis %(day)s.") % {"day": long_date(last_holiday)}
            if last_holiday
            else gettext(
                "Die Verwaltung hat noch keine Schulferien eingetragen. Die Auswahl ändert deshalb nichts."
            )
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            try:
                cleaned["rule"] = self._rule(cleaned)
            except RuleInvalid as fault:
                self.add_error(_FIELD_OF.get(fault.field, "rhythmus"), rule_fault_words(fault))
        return cleaned

    def _rule(self, typed: Mapping[str, Any]) -> Rule:
        first, rhythm = self.start.date(), typed["rhythmus"]
        monthly = rhythm.startswith("m")
        until = typed.get("bis")
        whole_days = (self.end.date() - first).days - (self.end.time() <= self.start.time())
        return Rule(
            first_on=first,
            start=self.start.time(),
            end=self.end.time(),
            end_days=max(0, whole_days),
            rhythm=Rhythm.MONTHLY if monthly else Rhythm.WEEKLY,
            interval=1 if monthly else int(rhythm[1:]),
            ordinal=(LAST if rhythm == "ml" else ordinal_of(first)) if monthly else 1,
            until=until,
            count=typed.get("anzahl"),
            without_public_holidays=typed["ohne_feiertage"],
            without_school_holidays=typed["ohne_ferien"],
        )


def rule_data(rule: Rule) -> dict[str, object]:
    """What the form's fields hold for ``rule``."""
    monthly = "ml" if rule.ordinal == LAST else "m"
    return {
        "rhythmus": monthly if rule.rhythm is Rhythm.MONTHLY else f"w{rule.interval}",
        "bis": rule.until.isoformat() if rule.until else "",
        "anzahl": rule.count or "",
        "ohne_ferien": "on" if rule.without_school_holidays else "",
        "ohne_feiertage": "on" if rule.without_public_holidays else "",
    }


def _rhythms(first: date) -> list[tuple[str, str]]:
    weekday, ordinal = weekday_name(first), ordinal_of(first)
    month = gettext("jeden Monat am %(which)s %(weekday)s")
    choices = [("w1", gettext("jede Woche am %(weekday)s") % {"weekday": weekday})]
    choices += [
        (f"w{count}", gettext("alle %(count)s Wochen am %(weekday)s") % {"count": count, "weekday": weekday})
        for count in _WEEKS
    ]
    if ordinal != LAST:
        choices.append(("m", month % {"which": ordinal_name(ordinal), "weekday": weekday}))
    if is_last_of_month(first):
        choices.append(("ml", month % {"which": ordinal_name(LAST), "weekday": weekday}))
    return choices


class DatesForm(forms.Form):
    """One answer per date of a plan: free ones are ticked, conflicts have a choice of what works instead."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, plan: SeriesPlan, **options: Any) -> None:
        super().__init__(data, **options)
        self.plan = plan
        for one in plan.dates:
            if one.is_conflict:
                self.fields[_name(one)] = _conflict_field(one)
            elif not one.why:
                self.fields[_name(one)] = forms.BooleanField(
                    label=span_words(one.span), required=False, initial=True
                )

    def answers(self) -> dict[str, str]:
        """Date → what was chosen, as ``chosen_wish`` takes it. Call on a valid form."""
        return {
            one.key: TAKE if (value := self.cleaned_data[_name(one)]) is True else str(value or SKIP)
            for one in self.plan.dates
            if _name(one) in self.fields
        }

    def conflict_fields(self) -> list[forms.BoundField]:
        return [self[_name(one)] for one in self.plan.conflicts]

    def free_fields(self) -> list[forms.BoundField]:
        return [self[_name(one)] for one in self.plan.free]


def _name(one: PlannedDate) -> str:
    return f"termin_{one.key}"


class ProposalField(forms.ChoiceField):
    """What happens to a date that cannot be as wished; a proposal is chosen from the start."""

    has_a_default = True


def _conflict_field(one: PlannedDate) -> forms.Field:
    reasons = {
        "taken": gettext("Diese Zeit ist schon vergeben."),
        "doubled": gettext("Diese Stunde gibt es in dieser Nacht zweimal. Wählen Sie, welche Sie meinen."),
    }
    choices = [
        *((each.value, each.label) for each in one.proposals),
        (SKIP, gettext("diesen Termin auslassen")),
    ]
    return ProposalField(
        label=span_words(one.span),
        choices=choices,
        required=False,
        initial=choices[0][0],
        help_text=reasons.get(one.why, one.note),
        widget=forms.RadioSelect,
    )


class ReachForm(forms.Form):
    """How many dates are meant: this one, from here on, up to another, all to come. What the rules of cancelling ask,
    and why; staff say whose wish it is. ``agreed`` is what the person saw it costs.
    """

    reach = forms.ChoiceField(
        label=_("Welche Termine?"),
        choices=[
            ("one", _("nur diesen")),
            ("onward", _("diesen und alle danach")),
            ("range", _("diesen bis zu einem späteren")),
            ("all", _("alle, die noch kommen")),
        ],
        initial="one",
        widget=forms.RadioSelect,
    )
    last = forms.ChoiceField(
        label=_("bis einschließlich"),
        required=False,
        help_text=_("Nur für „diesen bis zu einem späteren“."),
    )
    at_wish_of = forms.ChoiceField(
        label=_("Wer sagt ab?"),
        choices=[
            ("office", _("Die Verwaltung. Es kostet nichts.")),
            ("party", _("Die Person, die gebucht hat. Sie zahlt, was die Satzung vorsieht.")),
        ],
        initial="office",
        required=False,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Grund"),
        required=False,
        max_length=900,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    agreed = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        later: Sequence[tuple[str, str]],
        questions: tuple[Question, ...] = (),
        by_staff: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        if not by_staff:
            del self.fields["at_wish_of"]
        asked = cancelling_fields(questions)
        self.fields.update(asked)
        self.order_fields(["reach", "last", "at_wish_of", *asked, "reason"])
        offer(self, "last", [("", _("bitte wählen")), *later])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("reach") == "range" and not cleaned.get("last"):
            self.add_error("last", gettext("Wählen Sie, bis zu welchem Termin."))
        return cleaned


class DateMoveForm(WallTimeForm):
    """Another time or another room for one date of a series."""

    raum = forms.TypedChoiceField(label=_("Wo"), coerce=int)
    field_order = ["raum"]

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, rooms: Sequence[tuple[int, str]], **options: Any
    ) -> None:
        super().__init__(data, **options)
        offer(self, "raum", rooms)
