"""What a treasurer records: money in, money back, written off, deposits; why something is taken back.

Not here: what is allowed (``finance.services``).
"""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from booking_core.finance.queries.ages import AGES
from booking_core.finance.services.ledger import Movement
from booking_core.web.backoffice.forms.finance.amounts import EuroField
from booking_core.workflows.bill_lines import OwnLine
from design_system.widgets import ChipsWidget, DateWidget

WAYS = [("transfer", _("Überweisung")), ("cash", _("bar")), ("card", _("Karte vor Ort"))]


class MovementForm(forms.Form):
    """One movement. ``key`` makes a form sent twice count once."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    amount = EuroField(label=_("Betrag"))
    valued_on = forms.DateField(label=_("Tag"), widget=DateWidget)
    way = forms.ChoiceField(label=_("Wie"), choices=WAYS, widget=ChipsWidget)
    text = forms.CharField(label=_("Vermerk"), max_length=500, required=False)

    def __init__(
        self, *args: Any, has_way: bool = True, needs_text: bool = False, text_label: str = "", **options: Any
    ) -> None:
        initial = {"key": uuid4(), "valued_on": timezone.localdate(), "way": "transfer"}
        options["initial"] = {**initial, **(options.get("initial") or {})}
        super().__init__(*args, **options)
        if not has_way:
            del self.fields["way"]
        self.fields["text"].required = needs_text
        if text_label:
            self.fields["text"].label = text_label

    def movement(self) -> Movement:
        """What was typed, as the services take it."""
        typed = self.cleaned_data
        return Movement(
            amount=typed["amount"],
            way=typed.get("way", "none"),
            valued_on=typed["valued_on"],
            key=typed["key"],
            text=typed["text"],
        )


class ReasonForm(forms.Form):
    """Why an invoice or an entry is taken back."""

    text = forms.CharField(label=_("Grund"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class StopForm(forms.Form):
    """Why nobody is reminded of an invoice, and until when."""

    text = forms.CharField(
        label=_("Grund"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Zum Beispiel: Widerspruch vom 3. März, wird geprüft. Nur die Verwaltung liest ihn."),
    )
    until = forms.DateField(
        label=_("Bis einschließlich"),
        required=False,
        widget=DateWidget,
        help_text=_("Leer lassen: bis jemand die Sperre aufhebt."),
    )


class OwnLineForm(forms.Form):
    """One line a clerk adds to an invoice. Both or nothing."""

    label = forms.CharField(label=_("Was"), max_length=200, required=False)
    amount = EuroField(label=_("Betrag"), required=False, allows_credit=True)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("label") and cleaned.get("amount") is None and "amount" not in self.errors:
            self.add_error("amount", _("Hier fehlt der Betrag."))
        if cleaned.get("amount") is not None and not cleaned.get("label"):
            self.add_error("label", _("Hier fehlt, wofür der Betrag ist."))
        return cleaned


OwnLineFormSet = forms.formset_factory(OwnLineForm, extra=3, max_num=3)


def own_lines(forms_of_lines: Any) -> tuple[OwnLine, ...]:
    """The lines that were filled in."""
    return tuple(
        OwnLine(form.cleaned_data["label"], form.cleaned_data["amount"])
        for form in forms_of_lines
        if form.cleaned_data.get("label")
    )


class InvoiceFilterForm(forms.Form):
    """What the list of invoices shows; it lives in the address."""

    q = forms.CharField(label=_("Nummer, Name oder Verwendungszweck"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=_("Stand"),
        required=False,
        choices=[
            ("", _("alle")),
            ("open", _("offen")),
            ("overdue", _("überfällig")),
            ("paid", _("bezahlt")),
            ("credit", _("Guthaben")),
            ("cancelled", _("storniert")),
        ],
    )
    age = forms.ChoiceField(
        label=_("Fällig seit"),
        required=False,
        choices=[("", _("egal")), *((age.name, age.label) for age in AGES)],
    )
    first_on = forms.DateField(label=_("Ausgestellt von"), required=False, widget=DateWidget)
    last_on = forms.DateField(label=_("bis"), required=False, widget=DateWidget)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("first_on"), cleaned.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", _("„Bis“ liegt vor „Von“."))
        return cleaned


class SinceForm(forms.Form):
    """From which day on the list of what came in reaches to today."""

    seit = forms.DateField(label=_("Erfasst seit"), widget=DateWidget)


class PeriodForm(forms.Form):
    """The days a journal covers."""

    first_on = forms.DateField(label=_("Von"), widget=DateWidget)
    last_on = forms.DateField(label=_("Bis"), widget=DateWidget)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("first_on"), cleaned.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", _("„Bis“ liegt vor „Von“."))
        return cleaned
