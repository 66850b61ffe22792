"""What is handed over to the treasury, and how a CSV file looks.

Not here: accounts for DATEV (``datev``), checks against what is stored (``finance.services.handover_settings``).
"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from booking_core.finance.exports.settings import (
    COLUMN_LABELS,
    Column,
    Contents,
    CsvProfile,
    DateStyle,
    Encoding,
    Separator,
)
from booking_core.web.backoffice.forms.finance.movements import PeriodForm
from design_system.form_choices import offer
from design_system.form_groups import GroupedForm
from design_system.widgets import ChipsWidget

PLACES = range(1, 21)


class HandoverForm(PeriodForm):
    """Which movements, and in which form."""

    profile = forms.ChoiceField(label=_("Profil"), widget=forms.Select(attrs={"class": "b-wide"}))
    field_order = ("profile", "first_on", "last_on")

    def __init__(self, *args: Any, profiles: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "profile", profiles)


class CsvProfileForm(GroupedForm):
    """A CSV file: which movements, which columns in which order, how numbers and days are written."""

    name = forms.CharField(label=_("Name des Profils"), max_length=60)
    contents = forms.ChoiceField(
        label=_("Inhalt"),
        choices=[
            (Contents.CLAIMS.value, _("nur Forderungen: Rechnungen, Stornos, Mahnungen, Ausbuchungen")),
            (Contents.EVERYTHING.value, _("alle Bewegungen, auch Zahlungen und Kautionen")),
        ],
        widget=forms.RadioSelect,
    )
    separator = forms.ChoiceField(
        label=_("Trennzeichen"),
        choices=[(Separator.SEMICOLON.value, _("Semikolon")), (Separator.COMMA.value, _("Komma")),
                 ("tab", _("Tabulator")), (Separator.PIPE.value, _("Strich |"))],
        widget=ChipsWidget,
    )  # fmt: skip
    decimal = forms.ChoiceField(
        label=_("Beträge"), choices=[("comma", "1234,50"), ("point", "1234.50")], widget=ChipsWidget
    )
    date_style = forms.ChoiceField(
        label=_("Tage"),
        choices=[
            (DateStyle.GERMAN.value, _("31.12.2026")),
            (DateStyle.ISO.value, "2026-12-31"),
            (DateStyle.COMPACT.value, "20261231"),
        ],
        widget=ChipsWidget,
    )
    encoding = forms.ChoiceField(
        label=_("Zeichensatz"),
        choices=[
            (Encoding.UTF8.value, _("UTF-8 mit BOM, für Excel")),
            (Encoding.WINDOWS.value, _("Windows-1252")),
        ],
        widget=ChipsWidget,
    )
    has_header = forms.BooleanField(label=_("Erste Zeile mit Überschriften"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [("", _("– keine –")), *((one.value, COLUMN_LABELS[one]) for one in Column)]
        for place in PLACES:
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=gettext("%(number)s. Spalte") % {"number": place}, choices=choices, required=False
            )

    def groups(self) -> list[tuple[str, list[str]]]:
        """How the file is written, then its columns."""
        columns = [f"column_{place}" for place in PLACES]
        written = [name for name in self.fields if name not in columns]
        return [(gettext("Datei"), written), (gettext("Spalten"), columns)]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        chosen: list[str] = []
        for place in PLACES:
            column = cleaned.get(f"column_{place}")
            if column and column in chosen:
                self.add_error(f"column_{place}", gettext("Diese Spalte ist schon gewählt."))
            elif column:
                chosen.append(column)
        if not chosen and not self.errors:
            self.add_error("column_1", gettext("Wählen Sie mindestens eine Spalte."))
        return cleaned

    def profile(self, key: str = "") -> CsvProfile:
        """What was typed; without ``key`` a new profile that is called after its name."""
        typed = self.cleaned_data
        return CsvProfile(
            key=key or slugify(typed["name"])[:40] or "profil",
            name=typed["name"],
            contents=Contents(typed["contents"]),
            columns=tuple(Column(typed[f"column_{n}"]) for n in PLACES if typed[f"column_{n}"]),
            separator=Separator.TAB if typed["separator"] == "tab" else Separator(typed["separator"]),
            decimal_comma=typed["decimal"] == "comma",
            date_style=DateStyle(typed["date_style"]),
            encoding=Encoding(typed["encoding"]),
            has_header=typed["has_header"],
        )


def profile_initial(profile: CsvProfile) -> dict[str, object]:
    """What the form shows of a stored profile."""
    return {
        "name": profile.name,
        "contents": profile.contents.value,
        "separator": "tab" if profile.separator is Separator.TAB else profile.separator.value,
        "decimal": "comma" if profile.decimal_comma else "point",
        "date_style": profile.date_style.value,
        "encoding": profile.encoding.value,
        "has_header": profile.has_header,
        **{f"column_{place}": column.value for place, column in enumerate(profile.columns, start=1)},
    }
