"""When: a fixed time, or any time of some length within days, weekdays and hours.

Not here: what is looked for (``search``), whether it is free.
"""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from booking_core.engines.windows import EVERY_DAY, clock_length, windows_on
from booking_core.kernel.spans import Span
from booking_core.web.citizen.forms.wall_time import DayField, WallTimeForm
from design_system.form_choices import offer
from design_system.formats import duration_words
from design_system.templatetags.formats import active_language
from design_system.widgets import ChecksWidget
from tenants.context import tenant_zone

_MOST_DAYS = 190
_USUAL_DAYS = 28
_NEXT_DAYS = (7, 14, 21, 28)
_MONTHS = 12
_LENGTHS_MINUTES = (30, 60, 90, 120, 180, 240, 300, 360, 480, 600, 1440, 2880, 4320, 10080)


class FlexibleTimeForm(WallTimeForm):
    """A fixed time as ``WallTimeForm`` reads it, or a choice of times. ``windows`` and ``duration`` say which."""

    zeitraum = forms.ChoiceField(label=_("In welcher Zeit?"), required=False)
    ab = DayField(label=_("Frühestens am"), required=False)
    spaetestens = DayField(label=_("Spätestens am"), required=False)
    wochentag = forms.TypedMultipleChoiceField(
        label=_("An welchen Wochentagen?"), required=False, coerce=int, widget=ChecksWidget
    )
    dauer = forms.TypedChoiceField(
        label=_("Wie lange?"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Ohne Angabe: die ganze Zeit zwischen „von“ und „bis“."),
    )

    windows: tuple[Span, ...] = ()
    duration = timedelta()

    def __init__(self, data: Mapping[str, Any] | None = None, *, today: date, **options: Any) -> None:
        super().__init__(data, **options)
        self.today = today
        for name in ("tag", "von", "bis"):
            self.fields[name].required = False
        lengths = [
            (one, duration_words(timedelta(minutes=one), active_language())) for one in _LENGTHS_MINUTES
        ]
        monday = date(2024, 1, 1)
        names = [(day, formats.date_format(monday + timedelta(days=day), "D")) for day in range(7)]
        self._choices("zeitraum", [("", _("bitte wählen")), *_periods(today)])
        self._choices("dauer", [("", _("bitte wählen")), *lengths])
        self._choices("wochentag", names)

    def _choices(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        offer(self, name, choices)

    @property
    def is_flexible(self) -> bool:
        """Whether anything of "times to choose from" is filled in or wrong."""
        names = ("zeitraum", "ab", "spaetestens", "wochentag", "dauer")
        return any(self[name].value() or self[name].errors for name in names)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.is_flexible:
            self._clean_fixed(cleaned)
        elif not self.errors:
            self._clean_flexible(cleaned)
        return cleaned

    def _clean_fixed(self, cleaned: dict[str, Any]) -> None:
        times = [name for name in ("von", "bis") if cleaned.get(name) is not None]
        if times and not cleaned.get("tag") and "tag" not in self.errors:
            self.add_error("tag", _("Wählen Sie zu den Uhrzeiten auch den Tag."))
        if len(times) == 1 and cleaned.get("tag"):
            missing = "bis" if times == ["von"] else "von"
            if missing not in self.errors:
                self.add_error(missing, _("Geben Sie Beginn und Ende an, dann sehen Sie den genauen Preis."))
        if self.span is not None:
            self.windows, self.duration = (self.span,), self.span.duration

    def _clean_flexible(self, cleaned: dict[str, Any]) -> None:
        first, last = self._days(cleaned)
        if last < first:
            self.add_error("spaetestens", _("Der letzte Tag darf nicht vor dem ersten liegen."))
            return
        if (last - first).days > _MOST_DAYS:
            self.add_error("spaetestens", _("Suchen Sie höchstens ein halbes Jahr auf einmal ab."))
            return
        opens, closes = cleaned.get("von"), cleaned.get("bis")
        has_hours = opens is not None or closes is not None
        length = cleaned.get("dauer")
        if not has_hours and length is None:
            self.add_error("dauer", _("Wählen Sie, wie lange, oder geben Sie oben Beginn und Ende an."))
            return
        weekdays = cleaned.get("wochentag") or EVERY_DAY
        self.duration = timedelta(minutes=length) if length else clock_length(opens, closes)
        self._keep_windows(
            windows_on(first, last, weekdays=weekdays, opens=opens, closes=closes, zone=tenant_zone())
        )

    def _days(self, cleaned: dict[str, Any]) -> tuple[date, date]:
        """The days meant, both included: exact dates count more than a chosen period, a period more than one day."""
        period = _period(cleaned.get("zeitraum") or "", self.today)
        day = cleaned.get("tag")
        if period is None and day is not None and not cleaned.get("ab") and not cleaned.get("spaetestens"):
            return day, cleaned.get("bis_tag") or day
        first = cleaned.get("ab") or (period[0] if period else self.today)
        last = cleaned.get("spaetestens") or (period[1] if period else first + timedelta(days=_USUAL_DAYS))
        return max(first, self.today), last

    def _keep_windows(self, windows: tuple[Span, ...]) -> None:
        ahead = [one for one in windows if one.end - self.duration > timezone.now()]
        if windows and all(one.duration < self.duration for one in windows):
            self.add_error("dauer", _("So lange ist es zwischen „von“ und „bis“ nicht."))
        elif not ahead:
            self.add_error("zeitraum", _("In dieser Zeit gibt es keinen solchen Tag mehr."))
        else:
            self.windows = tuple(ahead)


def _periods(today: date) -> list[tuple[str, Any]]:
    months = []
    for number in range(_MONTHS):
        year, month = divmod(today.year * 12 + today.month - 1 + number, 12)
        first = date(year, month + 1, 1)
        months.append((f"{first:%Y-%m}", formats.date_format(first, "F Y")))
    weeks = [
        (
            str(days),
            ngettext_lazy("in der nächsten Woche", "in den nächsten %(count)s Wochen", days // 7)
            % {"count": days // 7},
        )
        for days in _NEXT_DAYS
    ]
    return [*weeks, *months]


def _period(code: str, today: date) -> tuple[date, date] | None:
    if not code:
        return None
    if code.isdigit():
        return today, today + timedelta(days=int(code) - 1)
    first = date.fromisoformat(f"{code}-01")
    return max(first, today), first.replace(day=monthrange(first.year, first.month)[1])
