"""How series look in the interface: the rule to ask for, the dates that do not take place.

Not here: what a rule comes to (``workflows.series_plan``), bookings as a whole (``serializers``).
"""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from booking_core.api.v1.fields import DayField
from booking_core.engines.recurrence import MOST_DATES, Rhythm, Rule, rule_from_data, rule_to_data
from booking_core.kernel.errors import InvalidInput
from booking_core.kernel.spans import Span
from booking_core.reservations.contracts import SeriesView
from booking_core.reservations.vocabulary import AWAY_LABELS
from booking_core.workflows.series_rules import rule_fault
from tenants.context import tenant_zone

_RHYTHMS = [rhythm.value for rhythm in Rhythm]
ON_CONFLICT = ["refuse", "skip"]


class RepeatSerializer(serializers.Serializer[Any]):
    about = _(
        "Macht aus der einen Zeitspanne des Wunsches eine Serie nach der Uhr an der Wand. Genau eines von „until“ und"
        " „count“ ist anzugeben."
    )

    rhythm = serializers.ChoiceField(choices=_RHYTHMS, default=Rhythm.WEEKLY.value)
    interval = serializers.IntegerField(
        min_value=1, max_value=52, default=1, help_text=_("Alle so vielen Wochen oder Monate")
    )
    ordinal = serializers.ChoiceField(
        choices=[1, 2, 3, 4, -1],
        default=1,
        help_text=_("Bei „monthly“: der wievielte Wochentag des Monats; −1 ist der letzte"),
    )
    until = DayField(required=False, help_text=_("Letzter Tag, einschließlich"))
    count = serializers.IntegerField(
        min_value=1, max_value=MOST_DATES, required=False, help_text=_("Zahl der Termine, die stattfinden")
    )
    without_public_holidays = serializers.BooleanField(default=False)
    without_school_holidays = serializers.BooleanField(default=False)
    on_conflict = serializers.ChoiceField(
        choices=ON_CONFLICT,
        default="refuse",
        help_text=_(
            "„refuse“: sind Termine nicht frei, entsteht nichts, und die Antwort nennt je Termin, was ginge."
            " „skip“: solche Termine werden ausgelassen."
        ),
    )


class AwaySerializer(serializers.Serializer[Any]):
    about = _("Ein Termin der Serie, der nicht stattfindet.")

    date = serializers.CharField(help_text=_("Der Tag nach der Regel; er benennt den Termin"))
    reason = serializers.ChoiceField(choices=sorted(AWAY_LABELS))
    note = serializers.CharField()


class SeriesSerializer(serializers.Serializer[Any]):
    about = _("Die Regel einer Serie und was von ihr nicht stattfindet; was stattfindet, steht in „items“.")

    rhythm = serializers.ChoiceField(choices=_RHYTHMS)
    interval = serializers.IntegerField()
    ordinal = serializers.IntegerField()
    first_on = serializers.CharField()
    until = serializers.CharField(allow_null=True)
    count = serializers.IntegerField(allow_null=True)
    without_public_holidays = serializers.BooleanField()
    without_school_holidays = serializers.BooleanField()
    away = AwaySerializer(many=True)


def series_data(series: SeriesView | None) -> dict[str, Any] | None:
    """A series as plain data; None for any other booking."""
    if series is None:
        return None
    away = [{"date": one.key, "reason": one.why, "note": one.note} for one in series.away]
    return {**rule_to_data(series.rule), "away": away}


def rule_of(data: dict[str, Any], spans: tuple[Span, ...]) -> Rule:
    """The rule of validated data for the wish's one span. Raises InvalidInput."""
    if len(spans) != 1:
        raise InvalidInput(str(_("Eine Serie geht von genau einer Zeitspanne aus.")), field="spans")
    zone = tenant_zone()
    start, end = spans[0].start.astimezone(zone), spans[0].end.astimezone(zone)
    days = (end.date() - start.date()).days - (end.time() <= start.time())
    values = {
        **data,
        "first_on": start.date().isoformat(),
        "start": start.time().isoformat(),
        "end": end.time().isoformat(),
        "end_days": max(0, days),
    }
    with rule_fault():
        return rule_from_data(values)
