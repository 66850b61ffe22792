"""Fields with the interface's own rules: instants, days, identifiers of the ordinance, answers to its questions.

Not here: the shapes they stand in (``serializers``).
"""

import re
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

FIRST_YEAR, LAST_YEAR = 2000, 2100
_IDENTIFIER = re.compile(r"[A-Za-z0-9_.\-]{1,60}", re.ASCII)
_MOST_ENTRIES = 100


class InstantField(serializers.DateTimeField):
    """An instant with its offset from UTC (RFC 3339), in the years 2000 to 2100; answered in the town's offset.

    A time without offset is refused: it would be skipped or shown twice on the nights the clock changes.
    """

    default_error_messages = {
        "naive": _("Nennen Sie den Abstand zu UTC, zum Beispiel 2026-09-12T11:00:00+02:00 oder …Z."),
        "year": _("Das Jahr muss zwischen 2000 und 2100 liegen."),
        "invalid": _("Das ist kein Zeitpunkt. Erwartet wird zum Beispiel 2026-09-12T11:00:00+02:00."),
        "overflow": _("Das Jahr muss zwischen 2000 und 2100 liegen."),
    }

    def enforce_timezone(self, value: datetime) -> datetime:
        if value.tzinfo is None:
            self.fail("naive")
        if not FIRST_YEAR <= value.year <= LAST_YEAR:
            self.fail("year")
        return super().enforce_timezone(value)

    def to_internal_value(self, value: Any) -> datetime:
        """Only text: a lone date or a number is no instant."""
        if not isinstance(value, str) or value != value.strip():
            self.fail("invalid", format="RFC 3339")
        return super().to_internal_value(value)


class DayField(serializers.DateField):
    """A day of the town's calendar in the years 2000 to 2100."""

    default_error_messages = {
        "year": _("Das Jahr muss zwischen 2000 und 2100 liegen."),
        "invalid": _("Das ist kein Datum. Erwartet wird zum Beispiel 2026-09-12."),
    }

    def to_internal_value(self, value: Any) -> date:
        day: date = super().to_internal_value(value)
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            self.fail("year")
        return day


class ByIdentifierField(serializers.DictField):
    """An object whose names are identifiers of the town's ordinance, at most 100 of them."""

    default_error_messages = {
        "names": _("Die Namen müssen Kennungen aus der Entgeltordnung sein, zum Beispiel „kueche“."),
        "many": _("Höchstens 100 Angaben sind möglich."),
    }

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict):
            if len(data) > _MOST_ENTRIES:
                self.fail("many")
            if not all(isinstance(name, str) and _IDENTIFIER.fullmatch(name) for name in data):
                self.fail("names")
        return super().to_internal_value(data)


@extend_schema_field(
    {
        "oneOf": [
            {"type": "boolean"},
            {"type": "string", "maxLength": 200},
            {"type": "array", "maxItems": 50, "items": {"type": "string", "maxLength": 200}},
        ]
    }
)
class AnswerField(serializers.Field[Any, Any, Any, Any]):
    """An answer to a question of the ordinance: yes or no, text or a number as text, or several choices."""

    _text = serializers.CharField(max_length=200, allow_blank=True)
    _choices = serializers.ListField(child=serializers.CharField(max_length=200), max_length=50)

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, bool):
            return data
        return (
            self._choices.run_validation(data) if isinstance(data, list) else self._text.run_validation(data)
        )

    def to_representation(self, value: Any) -> Any:
        return value
