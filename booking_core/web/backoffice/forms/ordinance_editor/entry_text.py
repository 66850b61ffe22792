"""One entry as text, for what no form can say: YAML, checked with line and field.

Not here: the form of the entry (``entry_form``), whole documents as text (``forms.ordinances``).
"""

from collections.abc import Mapping, Sequence
from io import StringIO
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ruamel.yaml import YAML

from booking_core.engines.ordinance import DocumentInvalid
from booking_core.engines.ordinance.positions import Located, read_yaml
from booking_core.web.backoffice.presenters.quotes import in_words

_MOST = 50_000
Path = tuple[str | int, ...]


class EntryTextForm(forms.Form):
    """The whole entry as YAML. ``entry_after()`` gives it after cleaning."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    form = forms.CharField(widget=forms.HiddenInput, initial="text")
    text = forms.CharField(
        label=gettext_lazy("Der Eintrag als Text (YAML)"),
        help_text=gettext_lazy(
            "Für Bedingungen, die das Formular nicht kennt. Fehler nennen Zeile und Feld."
        ),
        max_length=_MOST,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "class": "b-code"}),
    )

    def __init__(self, *args: Any, entry: Mapping[str, Any], **options: Any) -> None:
        super().__init__(*args, **{"auto_id": "id_text-%s", **options})
        self.located: Located | None = None
        self.initial["text"] = entry_as_text(entry)

    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"]).replace("\r\n", "\n")
        try:
            self.located = read_yaml(text, source="")
        except DocumentInvalid as fault:
            first = fault.problems[0]
            raise forms.ValidationError(_line(first.line, in_words(first.message))) from fault
        if not isinstance(self.located.data, dict):
            raise forms.ValidationError(_("Hier werden Felder erwartet, jedes als „Name: Wert“."))
        return text

    def entry_after(self) -> dict[str, Any]:
        """The entry as typed."""
        data = self.located.data if self.located is not None else None
        return dict(data) if isinstance(data, dict) else {}

    def show_faults(self, problems: Sequence[tuple[Path, str]], *, inside: Path) -> None:
        """Say what is wrong with its line and field."""
        for path, sentence in problems:
            own = path[len(inside) :] if path[: len(inside)] == inside else ()
            line = self.located.place(own)[0] if self.located is not None else 1
            name = ".".join(str(step) for step in own or path)
            self.add_error("text", _line(line, f"{name}: {sentence}" if name else sentence))


def entry_as_text(entry: Mapping[str, Any]) -> str:
    """An entry as YAML, the way the download writes it."""
    yaml, text = YAML(), StringIO()
    yaml.width = 100
    yaml.dump(dict(entry), text)
    return text.getvalue()


def _line(number: int, sentence: str) -> str:
    return _("Zeile %(line)s: %(sentence)s") % {"line": number, "sentence": sentence}
