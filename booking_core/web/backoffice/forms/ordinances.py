"""Reading an ordinance in, choosing readings, publishing.

Not here: the language of documents (``engines.ordinance``), the calculator (``web.tariffs``).
"""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from booking_core.engines.ordinance import AmbiguityInfo
from booking_core.kernel.errors import BookingError
from booking_core.ordinances.errors import DraftChanged
from booking_core.web.backoffice.forms.fields import Choices
from booking_core.web.backoffice.presenters.quotes import in_words
from design_system.form_choices import offer
from design_system.widgets import DateWidget

_MOST_BYTES = 1_000_000


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
        offer(self, "library", [("", _("keine")), *library])

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


class AsRead(forms.Form):
    """A form about a draft as it was read: the revision travels along, and a newer one has to be looked at first."""

    revision = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    def read_again(self, error: BookingError) -> None:
        """After somebody was faster: what is shown now is the newer draft; sending it again means that one."""
        if isinstance(error, DraftChanged):
            typed = QueryDict(mutable=True)
            typed.update({name: self.data[name] for name in self.data})
            typed["revision"] = str(error.context["revision"])
            self.data = typed


class ReadingsForm(AsRead):
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

    def readings(self) -> dict[str, str]:
        """The choices. Call on a valid form."""
        return {name: value for name, value in self.cleaned_data.items() if name != "revision"}


class PublishForm(AsRead):
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
