"""Opening hours of a week, several rows a day, and days that differ.

Not here: merging overlapping rows (the service refuses them).
"""

from collections.abc import Iterator
from datetime import time
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from booking_core.catalog.contracts import HoursView, OpeningRules, SpecialDayData
from booking_core.web.backoffice.forms.fields import ChecksField
from design_system.widgets import DateWidget, TimeWidget

WEEKDAYS = [
    _("Montag"),
    _("Dienstag"),
    _("Mittwoch"),
    _("Donnerstag"),
    _("Freitag"),
    _("Samstag"),
    _("Sonntag"),
]
ROWS_PER_DAY = 3
_END_OF_DAY = 24 * 60


class WeekForm(forms.Form):
    """Three rows of from and to for each weekday; one day's rows can be copied to others."""

    copy_from = forms.TypedChoiceField(
        label=_("Zeiten von"), required=False, coerce=int, empty_value=None,
        choices=[("", "–"), *enumerate(WEEKDAYS)],
    )  # fmt: skip
    copy_to = ChecksField(
        label=_("übernehmen für"),
        required=False,
        choices=[(str(day), name) for day, name in enumerate(WEEKDAYS)],
    )

    def __init__(self, *args: Any, rules: OpeningRules, **options: Any) -> None:
        super().__init__(*args, **options)
        for day, name in enumerate(WEEKDAYS):
            rows = [row for row in rules.weekly if row.weekday == day]
            for number in range(max(ROWS_PER_DAY, len(rows))):
                self._add_row(day, number, str(name), rows[number] if number < len(rows) else None)

    def _add_row(self, day: int, number: int, name: str, row: HoursView | None) -> None:
        for side, word in (("opens", _("von")), ("closes", _("bis"))):
            field = f"{side}_{day}_{number}"
            self.fields[field] = forms.TimeField(
                label=f"{name}, {number + 1}. {word}", required=False, widget=TimeWidget
            )
            if row is not None:
                self.initial[field] = _clock(getattr(row, f"{side}_minutes"))

    def days(self) -> Iterator[tuple[str, list[tuple[BoundField, BoundField]]]]:
        """Each weekday's name with its pairs of fields, for the page."""
        for day, name in enumerate(WEEKDAYS):
            numbers = [
                int(field.rsplit("_", 1)[1]) for field in self.fields if field.startswith(f"opens_{day}_")
            ]
            yield str(name), [(self[f"opens_{day}_{one}"], self[f"closes_{day}_{one}"]) for one in numbers]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        by_day: dict[int, list[tuple[int, int]]] = {day: self._day(cleaned, day) for day in range(7)}
        source = cleaned.get("copy_from")
        if source is not None:
            for day in cleaned.get("copy_to", ()):
                by_day[int(day)] = by_day[source]
        cleaned["hours"] = tuple(
            HoursView(day, opens, closes) for day, rows in by_day.items() for opens, closes in rows
        )
        return cleaned

    def _day(self, cleaned: dict[str, Any], day: int) -> list[tuple[int, int]]:
        rows = []
        for field in [name for name in self.fields if name.startswith(f"opens_{day}_")]:
            other = field.replace("opens", "closes")
            opens, closes = cleaned.get(field), cleaned.get(other)
            if opens is None and closes is None:
                continue
            if opens is None or closes is None:
                self.add_error(other if closes is None else field, _("Geben Sie beide Zeiten an oder keine."))
                continue
            begin, end = _minutes(opens), _minutes(closes) or _END_OF_DAY
            if end <= begin:
                self.add_error(other, _("„Bis“ liegt nicht nach „von“. 0 Uhr heißt Ende des Tages."))
                continue
            rows.append((begin, end))
        return sorted(rows)


class SpecialDayForm(forms.Form):
    """Days with other hours; without times they are closed."""

    reason = forms.CharField(label=_("Anlass"), max_length=120, help_text=_("Zum Beispiel: Sommerferien"))
    first_on = forms.DateField(label=_("Erster Tag"), widget=DateWidget)
    last_on = forms.DateField(label=_("Letzter Tag"), widget=DateWidget, required=False)
    opens = forms.TimeField(label=_("Geöffnet von"), widget=TimeWidget, required=False)
    closes = forms.TimeField(
        label=_("Geöffnet bis"),
        widget=TimeWidget,
        required=False,
        help_text=_("Ohne Uhrzeiten: geschlossen."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        opens, closes = cleaned.get("opens"), cleaned.get("closes")
        if (opens is None) != (closes is None):
            self.add_error("closes", _("Geben Sie beide Zeiten an oder keine."))
        first = cleaned.get("first_on")
        cleaned["last_on"] = last = cleaned.get("last_on") or first
        if first and last and last < first:
            self.add_error("last_on", _("Der letzte Tag liegt vor dem ersten."))
        return cleaned


def special_day_data(cleaned: dict[str, Any]) -> SpecialDayData:
    """What the service takes."""
    opens, closes = cleaned["opens"], cleaned["closes"]
    return SpecialDayData(
        first_on=cleaned["first_on"],
        last_on=cleaned["last_on"],
        reason=cleaned["reason"],
        opens_minutes=_minutes(opens) if opens is not None else None,
        closes_minutes=(_minutes(closes) or _END_OF_DAY) if closes is not None else None,
    )


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def _clock(minutes: int) -> time:
    return time(minutes // 60 % 24, minutes % 60)
