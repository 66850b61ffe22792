"""A time by the clock on the wall: one day or several, with the two nights a year in which clocks change.

Not here: whether the time is free or allowed.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from booking_core.kernel.spans import Span, WallClockFault, at_wall_clock, wall_clock_fault
from design_system.templatetags.formats import clock, long_date
from design_system.widgets import ChipsWidget, DateWidget, TimeWidget
from tenants.context import tenant_zone

LONGEST = timedelta(days=366)


class ClockField(forms.TimeField):
    """A time of day as people type it: 18:30, 18.30, 18, "18 Uhr"; 24:00 is the midnight after."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("error_messages", {}).setdefault(
            "invalid", _("Geben Sie die Uhrzeit so ein: 18:30.")
        )
        super().__init__(widget=options.pop("widget", TimeWidget()), **options)

    def to_python(self, value: Any) -> time | None:
        if isinstance(value, str):
            figures = value.lower().replace("uhr", "").strip().replace(".", ":")
            if figures.isdigit():
                figures += ":00"
            value = "00:00" if figures == "24:00" else figures
        return super().to_python(value)


class DayField(forms.DateField):
    """A day; the browser's calendar where there is one, else 12.9.2026."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("error_messages", {}).setdefault(
            "invalid", _("Geben Sie das Datum so ein: 12.9.2026.")
        )
        super().__init__(widget=options.pop("widget", DateWidget()), **options)


def _which_of_two(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=[("0", _("die erste, noch Sommerzeit")), ("1", _("die zweite, schon Winterzeit"))],
        widget=ChipsWidget,
        error_messages={
            "required": _("Diese Stunde gibt es in dieser Nacht zweimal. Wählen Sie, welche Sie meinen.")
        },
    )


class WallTimeForm(forms.Form):
    """Day, from, until and, for longer use, the last day. ``span`` is None until the form is valid.

    An end that is not after the start means the next day: a party from 18 to 1 needs no second date.
    ``zone``: whose clock is meant; left out, the town's.
    """

    tag = DayField(label=_("Tag"))
    von = ClockField(label=_("von"))
    bis = ClockField(label=_("bis"))
    bis_tag = DayField(
        label=_("Letzter Tag"),
        required=False,
        help_text=_("Nur wenn Sie an einem anderen Tag aufhören."),
    )
    von_mal = _which_of_two(_("Beginn: welche der beiden Stunden?"))
    bis_mal = _which_of_two(_("Ende: welche der beiden Stunden?"))

    span: Span | None = None

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, zone: ZoneInfo | None = None, **options: Any
    ) -> None:
        super().__init__(data, **options)
        self.zone = zone or tenant_zone()
        self._ask_only_what_is_open()

    def _ask_only_what_is_open(self) -> None:
        """Keep the questions about a doubled hour only where the typed time falls into one."""
        source = self.data if self.is_bound else self.initial
        day, start, end = (self._typed(name, source) for name in ("tag", "von", "bis"))
        last = self._typed("bis_tag", source) or _last_day(day, start, end)
        if not _is_twice(day, start, self.zone):
            del self.fields["von_mal"]
        if not _is_twice(last, end, self.zone):
            del self.fields["bis_mal"]

    def _typed(self, name: str, source: Mapping[str, Any]) -> Any:
        try:
            return self.fields[name].clean(source.get(name)) if name in self.fields else None
        except ValidationError:
            return None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        day, start, end = (cleaned.get(name) for name in ("tag", "von", "bis"))
        if day is None or start is None or end is None:
            return cleaned
        last: date = cleaned.get("bis_tag") or _next_end(day, start, end)
        if self._clock_faults(day, start, "von") or self._clock_faults(last, end, "bis"):
            return cleaned
        if {"von_mal", "bis_mal"} & set(self.errors):
            return cleaned
        begins = at_wall_clock(day, start, self.zone, fold=int(cleaned.get("von_mal") or 0))
        ends = at_wall_clock(last, end, self.zone, fold=int(cleaned.get("bis_mal") or 0))
        self._keep_span(begins, ends)
        return cleaned

    def _clock_faults(self, day: date, at: time, field: str) -> bool:
        if wall_clock_fault(day, at, self.zone) is not WallClockFault.SKIPPED:
            return False
        self.add_error(
            field,
            gettext(
                "In dieser Nacht werden die Uhren vorgestellt: %(clock)s gibt es am %(day)s nicht. "
                "Wählen Sie eine Zeit vor 2 Uhr oder ab 3 Uhr."
            )
            % {"clock": clock(at), "day": long_date(day)},
        )
        return True

    def _keep_span(self, begins: datetime, ends: datetime) -> None:
        if ends <= begins:
            self.add_error("bis_tag", gettext("Das Ende muss nach dem Beginn liegen."))
        elif ends - begins > LONGEST:
            self.add_error("bis_tag", gettext("Eine Buchung kann höchstens ein Jahr dauern."))
        else:
            self.span = Span(begins, ends)


def wall_time_data(span: Span) -> dict[str, str]:
    """What the form's fields hold for ``span``, for links and filled-in forms."""
    zone = tenant_zone()
    start, end = span.start.astimezone(zone), span.end.astimezone(zone)
    data = {"tag": start.date().isoformat(), "von": f"{start:%H:%M}", "bis": f"{end:%H:%M}"}
    if end.date() != _last_day(start.date(), start.time(), end.time()):
        data["bis_tag"] = end.date().isoformat()
    if _is_twice(start.date(), start.time(), zone):
        data["von_mal"] = str(start.fold)
    if _is_twice(end.date(), end.time(), zone):
        data["bis_mal"] = str(end.fold)
    return data


def _last_day(day: date | None, start: time | None, end: time | None) -> date | None:
    return None if day is None or start is None or end is None else _next_end(day, start, end)


def _next_end(day: date, start: time, end: time) -> date:
    """The day on which ``end`` comes first after ``day start``."""
    return day if end > start else day + timedelta(days=1)


def _is_twice(day: date | None, at: time | None, zone: ZoneInfo) -> bool:
    if day is None or at is None:
        return False
    return wall_clock_fault(day, at, zone) is WallClockFault.TWICE
