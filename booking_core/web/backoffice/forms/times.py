"""Times as clerks type them: day and clock, on the town's wall clock, with the hour that comes twice.

Not here: whether a time is free or allowed.
"""

from collections.abc import Sequence
from datetime import date, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from booking_core.kernel.spans import Span, WallClockFault, at_wall_clock, wall_clock_fault
from design_system.widgets import DateWidget, TimeWidget
from tenants.context import tenant_zone

_FOLDS = [("0", _("die erste (Sommerzeit)")), ("1", _("die zweite (Winterzeit)"))]


class SpanForm(forms.Form):
    """One or more stretches of time: ``count`` rows of start and end. ``spans()`` gives them after cleaning."""

    def __init__(self, *args: Any, count: int = 1, spans: Sequence[Span] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.count = max(count, len(spans))
        for row in range(self.count):
            self._add_row(row)
            if row < len(spans):
                self._fill_row(row, spans[row])

    def spans(self) -> tuple[Span, ...]:
        """The stretches in the order they were typed."""
        return tuple(self.cleaned_data[f"span_{row}"] for row in range(self.count))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for row in range(self.count):
            start, end = self._instant(row, "start"), self._instant(row, "end")
            if start is None or end is None:
                continue
            if end <= start:
                self.add_error(f"end_time_{row}", _("Das Ende liegt nicht nach dem Beginn."))
            else:
                cleaned[f"span_{row}"] = Span(start, end)
        return cleaned

    def _add_row(self, row: int) -> None:
        mark = f" {row + 1}" if self.count > 1 else ""
        for side, day_label, clock_label in (
            ("start", _("Beginn: Tag"), _("Beginn: Uhrzeit")),
            ("end", _("Ende: Tag"), _("Ende: Uhrzeit")),
        ):
            self.fields[f"{side}_on_{row}"] = forms.DateField(label=f"{day_label}{mark}", widget=DateWidget)
            self.fields[f"{side}_time_{row}"] = forms.TimeField(
                label=f"{clock_label}{mark}", widget=TimeWidget
            )
            self.fields[f"{side}_fold_{row}"] = forms.ChoiceField(
                label=_("Welche der beiden gleichen Stunden?"),
                choices=_FOLDS,
                required=False,
                widget=forms.HiddenInput,
            )

    def _fill_row(self, row: int, span: Span) -> None:
        for side, instant in (("start", span.start), ("end", span.end)):
            wall = instant.astimezone(tenant_zone())
            self.initial.setdefault(f"{side}_on_{row}", wall.date())
            self.initial.setdefault(f"{side}_time_{row}", wall.time())
            self.initial.setdefault(f"{side}_fold_{row}", str(wall.fold))

    def _instant(self, row: int, side: str) -> Any:
        day: date | None = self.cleaned_data.get(f"{side}_on_{row}")
        clock: time | None = self.cleaned_data.get(f"{side}_time_{row}")
        fold = self.cleaned_data.get(f"{side}_fold_{row}") or ""
        if day is None or clock is None:
            return None
        fault = wall_clock_fault(day, clock, tenant_zone())
        if fault is WallClockFault.SKIPPED:
            self.add_error(
                f"{side}_time_{row}",
                _("Diese Uhrzeit gibt es an dem Tag nicht: Die Uhr wird von 2 auf 3 Uhr vorgestellt."),
            )
            return None
        if fault is WallClockFault.TWICE:
            self.fields[f"{side}_fold_{row}"].widget = forms.RadioSelect(choices=_FOLDS)
            if not fold:
                self.add_error(
                    f"{side}_fold_{row}", _("Diese Stunde gibt es an dem Tag zweimal. Welche meinen Sie?")
                )
                return None
        return at_wall_clock(day, clock, tenant_zone(), fold=int(fold or 0))


def span_data(spans: Sequence[Span]) -> dict[str, str]:
    """What a ``SpanForm`` would be sent for these stretches."""
    data = {}
    for row, span in enumerate(spans):
        for side, instant in (("start", span.start), ("end", span.end)):
            wall = instant.astimezone(tenant_zone())
            data[f"{side}_on_{row}"] = wall.date().isoformat()
            data[f"{side}_time_{row}"] = f"{wall:%H:%M}"
            data[f"{side}_fold_{row}"] = str(wall.fold)
    return data
