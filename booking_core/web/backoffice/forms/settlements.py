"""What somebody enters after a use: readings, heads, answers, damages, the deposit; and the list's filter.

Not here: which figures a booking asks for (``workflows.after_use``), what it comes to (``workflows.settle_booking``).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booking_core.engines.ordinance import FactInfo
from booking_core.kernel.money import Money
from booking_core.reservations.settling import Damage, DueFilter, Figures, Meter, SettlementView
from booking_core.web.backoffice.forms.fields import Choices
from booking_core.web.backoffice.presenters.quotes import in_words
from booking_core.workflows.after_use import AfterUse, is_metered
from booking_core.workflows.settle_booking import SettlementWish
from design_system.form_choices import offer
from design_system.widgets import CountWidget, MoneyWidget

DAMAGE_ROWS = 3
_GROUP = 3  # digits after a dot that separates thousands
_BIG = {"class": "b-figure", "inputmode": "decimal", "autocomplete": "off"}


class NumberField(forms.CharField):
    """A number as people type it in German or English, cleaned to a Decimal; None where nothing was typed."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs=dict(_BIG)))
        super().__init__(required=False, max_length=20, **options)

    def prepare_value(self, value: Any) -> Any:
        return figure_text(value) if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Decimal | None:
        text = super().clean(value).replace(" ", "").replace("\u202f", "").replace("\xa0", "")
        if not text:
            return None
        plain = (
            text.removesuffix("€").replace(".", "").replace(",", ".")
            if "," in text
            else text.removesuffix("€")
        )
        if "," not in text and len(text.rpartition(".")[2]) == _GROUP and "." in text:
            raise forms.ValidationError(_("Schreiben Sie Tausender ohne Punkt, zum Beispiel 1234."))
        try:
            number = Decimal(plain)
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite() or not 0 <= number < 10**9:
            raise forms.ValidationError(_("Schreiben Sie eine Zahl ab null, zum Beispiel 12,5."))
        return number


def figure_text(number: Decimal) -> str:
    """A number as it stands in a field, with the comma of the country.

    >>> figure_text(Decimal("12.50"))
    '12,5'
    """
    plain = f"{number:f}"
    return (plain.rstrip("0").rstrip(".") if "." in plain else plain).replace(".", ",")


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """One figure on the page: its fields and what was read last time."""

    label: str
    last: str
    fields: tuple[BoundField, ...]


class SettleForm(forms.Form):
    """One screen: what the version asks for, heads, damages, deposit, words to the party."""

    expected_version = forms.IntegerField(widget=forms.HiddenInput)
    shown_cents = forms.IntegerField(widget=forms.HiddenInput, required=False)
    persons = forms.IntegerField(
        label=gettext_lazy("Gezählte Personen"),
        required=False,
        min_value=0,
        max_value=100_000,
        widget=CountWidget(attrs={"class": "b-figure"}),
        help_text=gettext_lazy("Nur ausfüllen, wenn es nicht so viele waren wie angemeldet."),
    )
    fee = NumberField(label=gettext_lazy("Entgelt, das Sie festlegen"), widget=MoneyWidget())
    keep = NumberField(
        label=gettext_lazy("Von der Kaution einbehalten"),
        widget=MoneyWidget(),
        help_text=gettext_lazy("Leer lassen: Schäden gehen von der Kaution ab, der Rest geht zurück."),
    )
    deposit_reason = forms.CharField(
        label=gettext_lazy("Grund"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("Steht so in der E-Mail."),
    )
    note = forms.CharField(
        label=gettext_lazy("Nachricht an die Buchenden"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Steht so in der E-Mail."),
    )

    def __init__(
        self, *args: Any, after: AfterUse, has_deposit: bool, may_name_fee: bool, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.after = after
        for fact in after.numbers:
            self._add_figure(fact)
        for fact in after.answers:
            self.fields[f"answer_{fact.id}"] = _answer_field(fact)
        for row in range(DAMAGE_ROWS):
            self.fields[f"damage_{row}"] = forms.CharField(
                label=_("Schaden %(number)s") % {"number": row + 1}, required=False, max_length=200
            )
            self.fields[f"amount_{row}"] = NumberField(label=_("Betrag"), widget=MoneyWidget())
        if after.has_head_count:
            del self.fields["persons"]
        if not has_deposit:
            del self.fields["keep"], self.fields["deposit_reason"]
        if not may_name_fee:
            del self.fields["fee"]

    def _add_figure(self, fact: FactInfo) -> None:
        last = self.after.last.get(fact.id)
        if is_metered(fact):
            before = NumberField(label=_("Zählerstand vorher"))
            if last is not None and last.meter_after is not None:
                before.initial = figure_text(last.meter_after)
            self.fields[f"before_{fact.id}"] = before
            self.fields[f"figure_{fact.id}"] = NumberField(label=_("nachher, oder gleich der Verbrauch"))
        else:
            self.fields[f"figure_{fact.id}"] = NumberField(label=in_words(fact.label))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for row in range(DAMAGE_ROWS):
            text, amount = cleaned.get(f"damage_{row}", ""), cleaned.get(f"amount_{row}")
            if amount is not None and not text:
                self.add_error(f"damage_{row}", _("Beschreiben Sie den Schaden in ein paar Worten."))
            if text and amount is None and f"amount_{row}" not in self.errors:
                self.add_error(f"amount_{row}", _("Was kostet dieser Schaden? Sonst 0."))
        for fact in self.after.numbers:
            before, figure = cleaned.get(f"before_{fact.id}"), cleaned.get(f"figure_{fact.id}")
            if self._is_meter(fact) and before is not None and figure is not None and figure < before:
                self.add_error(
                    f"figure_{fact.id}",
                    _(
                        "Nachher steht weniger als vorher. Für den Verbrauch allein leeren Sie das Feld davor."
                    ),
                )
        return cleaned

    def _is_meter(self, fact: FactInfo) -> bool:
        return f"before_{fact.id}" in self.fields

    def wish(self) -> SettlementWish:
        """What was entered. Call on a valid form."""
        typed = self.cleaned_data
        meters = {fact.id: Meter(typed[f"before_{fact.id}"], typed[f"figure_{fact.id}"])
                  for fact in self.after.numbers
                  if typed.get(f"before_{fact.id}") is not None and typed[f"figure_{fact.id}"] is not None}  # fmt: skip
        measured = {fact.id: typed[f"figure_{fact.id}"] for fact in self.after.numbers
                    if typed[f"figure_{fact.id}"] is not None}  # fmt: skip
        measured |= {name: meter.after - meter.before for name, meter in meters.items()}
        damages = tuple(
            Damage(typed[f"damage_{row}"].strip(), Money.from_decimal(typed[f"amount_{row}"]))
            for row in range(DAMAGE_ROWS)
            if typed[f"damage_{row}"]
        )
        answers = {fact.id: typed[f"answer_{fact.id}"] for fact in self.after.answers}
        return SettlementWish(
            figures=Figures(
                measured=measured,
                meters=meters,
                facts={name: value for name, value in answers.items() if value not in (None, "", [], False)},
                persons=typed.get("persons"),
                damages=damages,
            ),
            fee=_money(typed.get("fee")),
            keep=_money(typed.get("keep")),
            deposit_reason=typed.get("deposit_reason", ""),
            note=typed["note"],
        )

    def reading_rows(self) -> Iterator[ReadingRow]:
        """The figures to read, each with its fields and the last reading beside."""
        for fact in self.after.numbers:
            names = [f"before_{fact.id}"] if self._is_meter(fact) else []
            fields = tuple(self[name] for name in (*names, f"figure_{fact.id}"))
            yield ReadingRow(in_words(fact.label), fact.unit, fields)

    def damage_rows(self) -> list[tuple[BoundField, BoundField]]:
        """Words and amount of each damage."""
        return [(self[f"damage_{row}"], self[f"amount_{row}"]) for row in range(DAMAGE_ROWS)]

    def answer_fields(self) -> list[BoundField]:
        """Questions answered after the use."""
        return [self[f"answer_{fact.id}"] for fact in self.after.answers]


def initial_of(version: int, last: SettlementView | None) -> dict[str, Any]:
    """What the form starts with: nothing, or what the last settlement said, to be corrected."""
    start: dict[str, Any] = {"expected_version": version}
    if last is None:
        return start
    figures = last.figures
    start |= {f"figure_{name}": figure_text(amount) for name, amount in figures.measured.items()}
    start |= {f"before_{name}": "" for name in figures.measured}
    for name, meter in figures.meters.items():
        start |= {f"before_{name}": figure_text(meter.before), f"figure_{name}": figure_text(meter.after)}
    start |= {f"answer_{name}": value for name, value in figures.facts.items()}
    for row, damage in enumerate(figures.damages[:DAMAGE_ROWS]):
        start |= {f"damage_{row}": damage.text, f"amount_{row}": figure_text(damage.amount.euros)}
    return {**start, "persons": figures.persons, "deposit_reason": last.deposit_reason}


def _answer_field(fact: FactInfo) -> forms.Field:
    label, options = in_words(fact.label), [(one.id, in_words(one.label)) for one in fact.options]
    if fact.kind == "yes_no":
        return forms.BooleanField(label=label, required=False)
    if fact.kind == "choice":
        return forms.ChoiceField(label=label, required=False, choices=[("", "–"), *options])
    if fact.kind == "choices":
        return forms.MultipleChoiceField(
            label=label, required=False, choices=options, widget=forms.CheckboxSelectMultiple
        )
    return forms.CharField(label=label, required=False, max_length=200)


def _money(amount: Decimal | None) -> Money | None:
    return None if amount is None else Money.from_decimal(amount)


class DueFilterForm(forms.Form):
    """Which ended bookings the list shows; it lives in the address."""

    SHOWN = (
        ("", gettext_lazy("noch abzurechnen")),
        ("settled", gettext_lazy("abgerechnet")),
        ("all", gettext_lazy("alle beendeten")),
    )
    q = forms.CharField(label=gettext_lazy("Name, Titel oder Nummer"), required=False, max_length=100)
    show = forms.ChoiceField(label=gettext_lazy("Zeige"), required=False, choices=SHOWN)
    location = forms.TypedChoiceField(
        label=gettext_lazy("Standort"), required=False, coerce=int, empty_value=None
    )

    def __init__(self, *args: Any, locations: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "location", [("", _("alle")), *locations])

    def wanted_locations(self) -> frozenset[int]:
        """The location asked for; empty means all."""
        place = self.cleaned_data.get("location")
        return frozenset({place}) if place else frozenset()

    def due_filter(self, locations: frozenset[int]) -> DueFilter:
        """The filter the list is read with; ``locations`` is what the member may see of the wish."""
        shown = {"settled": True, "all": None}.get(self.cleaned_data.get("show", ""), False)
        return DueFilter(is_settled=shown, location_ids=locations, text=self.cleaned_data.get("q", ""))
