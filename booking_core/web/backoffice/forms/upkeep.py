"""Photos and closures.

Not here: reading a picture (``catalog.services.photos``), which bookings a closure hits (``reservations``).
"""

from datetime import date, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from booking_core.kernel.spans import Span, at_wall_clock
from booking_core.web.backoffice.forms.fields import ChecksField, Choices
from booking_core.web.backoffice.forms.times import SpanForm
from design_system.form_choices import offer
from design_system.widgets import CountWidget
from tenants.context import tenant_zone

_MOST_YEARS = 10


class PhotoForm(forms.Form):
    """A picture and what it shows."""

    picture = forms.FileField(
        label=_("Bild"),
        help_text=_("JPEG, PNG oder WebP, höchstens 15 MB. Ortsangaben im Bild werden entfernt."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    alt = forms.CharField(
        label=_("Bildbeschreibung"),
        max_length=300,
        help_text=_("Für alle, die das Bild nicht sehen: Was ist zu sehen?"),
        error_messages={"required": _("Beschreiben Sie das Bild in einem Satz.")},
    )


class ClosureForm(SpanForm):
    """Time in which places are out of use; ``places`` read ``l3`` (location 3) or ``r7`` (resource 7)."""

    places = ChecksField(
        label=_("Was wird gesperrt?"), error_messages={"required": _("Wählen Sie mindestens einen Ort.")}
    )
    whole_days = forms.BooleanField(
        label=_("Ganze Tage"), required=False, help_text=_("Dann zählen nur die Tage, beide eingeschlossen.")
    )
    until_year = forms.IntegerField(
        label=_("Jedes Jahr wieder, bis zum Jahr"),
        required=False,
        help_text=_("Zum Beispiel für Sommerferien. Leer: nur einmal."),
        widget=CountWidget,
    )
    reason = forms.CharField(
        label=_("Grund"),
        max_length=200,
        help_text=_("Zum Beispiel: Bodenpflege. Bürgerinnen und Bürger sehen ihn."),
    )

    def __init__(self, *args: Any, places: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "places", places)
        for side in ("start", "end"):
            self.fields[f"{side}_time_0"].required = False
        last = {"whole_days", "until_year", "reason"}
        between = [name for name in self.fields if name not in {"places", *last}]
        self.order_fields(["places", "whole_days", *between, "until_year", "reason"])

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if typed.get("whole_days"):
            typed["start_time_0"] = typed["end_time_0"] = time(0)
            if typed.get("end_on_0"):
                typed["end_on_0"] += timedelta(days=1)
        else:
            for side in ("start", "end"):
                if typed.get(f"{side}_time_0") is None and f"{side}_time_0" not in self.errors:
                    self.add_error(
                        f"{side}_time_0", _("Geben Sie die Uhrzeit an, oder wählen Sie ganze Tage.")
                    )
        cleaned = super().clean()
        self._check_years(cleaned)
        return cleaned

    def _check_years(self, cleaned: dict[str, Any]) -> None:
        until, span = cleaned.get("until_year"), cleaned.get("span_0")
        if until is None or span is None:
            return
        year = span.start.astimezone(tenant_zone()).year
        if not year <= until <= year + _MOST_YEARS:
            self.add_error(
                "until_year",
                _("Wählen Sie ein Jahr von %(first)s bis %(last)s.")
                % {"first": year, "last": year + _MOST_YEARS},
            )

    def every_year(self) -> tuple[Span, ...]:
        """The stretch, again in each year up to the chosen one, by the clock. Call on a valid form."""
        (span,) = self.spans()
        first = span.start.astimezone(tenant_zone()).year
        until = self.cleaned_data["until_year"] or first
        return tuple(_years_later(span, years) for years in range(until - first + 1))


def _years_later(span: Span, years: int) -> Span:
    zone = tenant_zone()
    start, end = (_same_day(at.astimezone(zone).date(), years) for at in (span.start, span.end))
    return Span(
        at_wall_clock(start, span.start.astimezone(zone).time(), zone),
        at_wall_clock(end, span.end.astimezone(zone).time(), zone),
    )


def _same_day(day: date, years: int) -> date:
    """The same date in another year; 29 February becomes the 28th where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
