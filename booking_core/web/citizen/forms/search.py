"""The search as one form: what, when, how many, for which group, at which price. All of it lives in the address.

Not here: times to choose from (``search_times``), the same filters as links (``presenters.filters``).
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from booking_core.kernel.money import Money
from booking_core.web.citizen.forms.search_times import FlexibleTimeForm
from booking_core.workflows.search_contracts import MOST_ROOMS
from design_system.form_choices import offer
from design_system.widgets import ChecksWidget, CountWidget, MoneyWidget

Choices = Sequence[tuple[str, str]]
_MOST_EUROS = 1_000_000
_NOT_A_NUMBER = _("Geben Sie eine Zahl ein, zum Beispiel 30.")


class EuroField(forms.CharField):
    """An amount as people type it: 100, 99,50, "100 €". Cleaned to Money, or None."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=MoneyWidget(), max_length=20, required=False, **options)

    def clean(self, value: Any) -> Money | None:
        text = str(super().clean(value)).lower()
        for needless in ("€", "euro", "eur", " "):
            text = text.replace(needless, "")
        if not text:
            return None
        try:
            amount = Decimal(text.replace(",", "."))
        except InvalidOperation:
            amount = Decimal("NaN")
        if not amount.is_finite() or not 0 <= amount <= _MOST_EUROS:
            raise forms.ValidationError(_("Geben Sie einen Betrag in Euro ein, zum Beispiel 100."))
        return Money.from_decimal(amount)


class AnyOfField(forms.MultipleChoiceField):
    """Check boxes of an address others may have typed or kept: what is not offered (any more) is passed over."""

    widget = ChecksWidget

    def clean(self, value: Any) -> tuple[str, ...]:
        offered = {str(code) for code, _label in list(self.choices)}  # type: ignore[arg-type]  # a list here
        return tuple(one for one in self.to_python(value) if one in offered)


class SearchForm(FlexibleTimeForm):
    """Everything may be left open; a day without times shows the whole day."""

    was = forms.CharField(
        label=_("Was suchen Sie?"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("Saal, Beamer, Ort …")}),
    )
    personen = forms.IntegerField(
        label=_("Personen"),
        required=False,
        min_value=1,
        max_value=100_000,
        widget=CountWidget,
        error_messages={"invalid": _NOT_A_NUMBER},
    )
    gruppe = forms.ChoiceField(label=_("Ich buche als"), required=False)
    zweck = forms.ChoiceField(label=_("Wofür?"), required=False)
    hoechstens = EuroField(
        label=_("Höchstens (Euro)"),
        help_text=_("Der ganze Preis für Ihre Gruppe. Was keinen festen Preis hat, bleibt dann weg."),
    )
    menge = forms.IntegerField(
        label=_("Stück"),
        required=False,
        min_value=1,
        max_value=100_000,
        widget=CountWidget,
        help_text=_("Zum Beispiel 80 für 80 Stühle."),
        error_messages={"invalid": _NOT_A_NUMBER},
    )
    raeume = forms.IntegerField(
        label=_("Räume nebeneinander"),
        required=False,
        min_value=1,
        max_value=MOST_ROOMS,
        widget=CountWidget,
        help_text=_("Zum Beispiel 2 für zwei Räume im selben Haus."),
        error_messages={"invalid": _NOT_A_NUMBER},
    )
    mit = AnyOfField(label=_("Ausstattung"), required=False)
    zugang = AnyOfField(label=_("Barrierefreiheit"), required=False)
    ort = AnyOfField(label=_("Ort"), required=False)
    art = AnyOfField(label=_("Art"), required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        today: date,
        groups: Choices = (),
        purposes: Choices = (),
        filters: Mapping[str, Choices] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(data, today=today, **options)
        for name, choices in (("gruppe", groups), ("zweck", purposes)):
            self._offer(name, choices)
        for name in ("mit", "zugang", "ort", "art"):
            offered = (filters or {}).get(name, ())
            if offered:
                offer(self, name, offered)
            else:
                del self.fields[name]

    def _offer(self, name: str, choices: Choices) -> None:
        if choices:
            offer(self, name, [("", _("bitte wählen")), *choices])
        else:
            del self.fields[name]

    @property
    def is_choosy(self) -> bool:
        """Whether anything of "what it must have" is filled in or wrong, so that it stays in sight."""
        names = ("mit", "zugang", "ort", "art", "hoechstens", "menge", "raeume", "zweck")
        return any(self[name].value() or self[name].errors for name in names if name in self.fields)

    def filter_fields(self) -> list[forms.BoundField]:
        """The check boxes of what it must have."""
        return [self[name] for name in ("mit", "zugang", "ort", "art") if name in self.fields]
