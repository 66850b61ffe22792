"""Reading an ordinance in, choosing readings, publishing, and the calculator.

Not here: the language of documents (``engines.ordinance``).
"""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from booking_core.engines.ordinance import AmbiguityInfo
from booking_core.ordinances.trying import Trial
from booking_core.web.backoffice.forms.fields import ChecksField, Choices
from booking_core.web.backoffice.forms.scope import question_field
from booking_core.web.backoffice.forms.times import SpanForm
from booking_core.web.backoffice.presenters.quotes import in_words
from booking_core.workflows.contracts import BookingChoices
from design_system.widgets import CountWidget, DateWidget

_MOST_BYTES = 1_000_000
_EXTRA, _FACT = "extra_", "fact_"


class ImportForm(forms.Form):
    """An ordinance file becomes a draft: uploaded, pasted, or taken from the library."""

    code = forms.SlugField(
        label=_("Kurzname der Ordnung"),
        max_length=80,
        help_text=_(
            "Kleinbuchstaben und Bindestriche, zum Beispiel entgeltordnung-dorfhaus. Derselbe Name: neue Fassung."
        ),
    )
    library = forms.ChoiceField(label=_("Vorlage"), required=False)
    file = forms.FileField(
        label=_("Oder: YAML-Datei"), required=False, widget=forms.FileInput(attrs={"accept": ".yaml,.yml"})
    )
    text = forms.CharField(
        label=_("Oder: Text einfügen"),
        required=False,
        max_length=_MOST_BYTES,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "class": "b-code"}),
    )

    def __init__(self, *args: Any, library: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["library"].choices = [("", _("keine")), *library]  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        upload = cleaned.get("file")
        if upload is not None:
            cleaned["text"] = self._decoded(upload.read(_MOST_BYTES + 1))
        given = [name for name in ("library", "text") if cleaned.get(name)]
        if not given and not self.errors:
            self.add_error("library", _("Wählen Sie eine Vorlage, eine Datei oder fügen Sie Text ein."))
        if len(given) > 1:
            self.add_error("library", _("Wählen Sie nur eines: Vorlage, Datei oder Text."))
        return cleaned

    def _decoded(self, content: bytes) -> str:
        if len(content) > _MOST_BYTES:
            self.add_error("file", _("Die Datei ist größer als 1 MB."))
            return ""
        try:
            return content.decode("utf-8")
        except UnicodeDecodeError:
            self.add_error("file", _("Die Datei ist kein Text in UTF-8."))
            return ""


class ReadingsForm(forms.Form):
    """One choice per place where the text leaves room."""

    def __init__(self, *args: Any, ambiguities: tuple[AmbiguityInfo, ...], **options: Any) -> None:
        super().__init__(*args, **options)
        for one in ambiguities:
            question = in_words(one.question)
            self.fields[one.id] = forms.ChoiceField(
                label=f"{question} ({one.paragraph})" if one.paragraph else question,
                choices=[(reading.id, in_words(reading.label)) for reading in one.readings],
                widget=forms.RadioSelect,
            )


class PublishForm(forms.Form):
    """From when a version is in force, and who decided it."""

    valid_from = forms.DateField(label=_("Gilt ab"), widget=DateWidget)
    council_decision = forms.CharField(
        label=_("Beschluss"),
        max_length=200,
        help_text=_("Zum Beispiel: Gemeindevertretung vom 12.11.2026, TOP 7"),
    )
    note = forms.CharField(
        label=_("Bemerkung"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class CalculatorForm(SpanForm):
    """One case in the document's own words."""

    codes = ChecksField(label=_("Was?"))
    group = forms.ChoiceField(label=_("Gruppe"), required=False)
    purpose = forms.ChoiceField(label=_("Zweck"), required=False)
    persons = forms.IntegerField(
        label=_("Personen"), required=False, min_value=1, max_value=100_000, widget=CountWidget
    )

    def __init__(self, *args: Any, entries: Choices, choices: BookingChoices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["codes"].choices = entries  # type: ignore[attr-defined]  # a choice field
        for name, offered in (("group", choices.groups), ("purpose", choices.purposes)):
            if not offered:
                del self.fields[name]
                continue
            answers = [("", _("keine Angabe")), *((one.id, one.label) for one in offered)]
            self.fields[name].choices = answers  # type: ignore[attr-defined]  # a choice field
        for extra in choices.extras:
            label = f"{extra.label} ({extra.unit_label})" if extra.unit_label else extra.label
            self.fields[f"{_EXTRA}{extra.id}"] = forms.IntegerField(
                label=label, required=False, min_value=0, max_value=extra.max_quantity, widget=CountWidget
            )
        for question in choices.questions:
            self.fields[f"{_FACT}{question.id}"] = question_field(question)
        times = [name for name in self.fields if name.startswith(("start_", "end_"))]
        self.order_fields(["codes", *times, "group", "purpose", "persons"])

    def trial(self) -> Trial:
        """The case as typed."""
        typed = self.cleaned_data
        return Trial(
            codes=typed["codes"],
            spans=self.spans(),
            group=typed.get("group", ""),
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
