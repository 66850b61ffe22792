"""Starting a simulation: the period, and what the version calls things it has renamed.

Not here: which codes need a name (``workflows.simulate``).
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booking_core.engines.ordinance import Document, LocalizedText
from booking_core.web.backoffice.forms.fields import Choices
from booking_core.web.backoffice.presenters.quotes import in_words
from design_system.widgets import DateWidget

LEFT_OUT = "-"


class SimulationForm(forms.Form):
    """A period, both days included; below it one choice per code the version does not know."""

    first_on = forms.DateField(label=gettext_lazy("Nutzungen von"), widget=DateWidget)
    last_on = forms.DateField(label=gettext_lazy("bis"), widget=DateWidget)

    def __init__(
        self,
        *args: Any,
        document: Document,
        unknown: Mapping[str, Mapping[str, int]],
        kept: Mapping[str, Mapping[str, str]],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.unknown = unknown
        for kind, codes in unknown.items():
            choices = _choices(document, kind)
            for code, count in codes.items():
                self.fields[mapping_field(kind, code)] = forms.ChoiceField(
                    label=_label(kind, code),
                    choices=[("", _("bitte wählen")), (LEFT_OUT, _("nicht vergleichen")), *choices],
                    help_text=_("in %(count)s Buchungen") % {"count": count},
                    initial=kept.get(kind, {}).get(code, "") or None,
                )

    @property
    def asks_for_names(self) -> bool:
        """Whether something was renamed."""
        return bool(self.unknown)

    def mapping(self) -> dict[str, dict[str, str]]:
        """What was chosen; codes left out stay unknown, so that their bookings are reported. Call on a valid form."""
        chosen = {
            kind: {code: self.cleaned_data[mapping_field(kind, code)] for code in codes}
            for kind, codes in self.unknown.items()
        }
        return {
            kind: {code: target for code, target in codes.items() if target != LEFT_OUT}
            for kind, codes in chosen.items()
        }


class AttemptForm(forms.Form):
    """The attempt a page was printed with."""

    attempt = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)


def mapping_field(kind: str, code: str) -> str:
    """The name of the field that says what a code is called now."""
    return f"map_{kind}_{code}"


def period_of(data: Mapping[str, Any], fallback: tuple[date, date]) -> tuple[date, date]:
    """The period typed so far; the fallback while it is none."""
    try:
        return date.fromisoformat(str(data.get("first_on", ""))), date.fromisoformat(
            str(data.get("last_on", ""))
        )
    except ValueError:
        return fallback


def _choices(document: Document, kind: str) -> Choices:
    named: dict[str, list[tuple[str, LocalizedText]]] = {
        "resources": [(one.id, one.label) for one in document.resources],
        "groups": [(one.id, one.label) for one in document.groups],
        "purposes": [(one.id, one.label) for one in document.purposes],
        "extras": [(one.id, one.label) for one in document.extras],
    }
    return [(code, in_words(label)) for code, label in named[kind]]


def _label(kind: str, code: str) -> str:
    words = {
        "resources": _("Angebot „%(code)s“ heißt jetzt"),
        "groups": _("Gruppe „%(code)s“ heißt jetzt"),
        "purposes": _("Zweck „%(code)s“ heißt jetzt"),
        "extras": _("Zusatzleistung „%(code)s“ heißt jetzt"),
    }
    return words[kind] % {"code": code}
