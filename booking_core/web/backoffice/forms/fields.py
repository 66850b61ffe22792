"""Fields several back-office forms share: lists of check boxes, locations, amounts, durations.

Not here: widgets and their look (``design_system``).
"""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from booking_core.catalog.contracts import LocationView

Choices = list[tuple[str, str]]


class ChecksField(forms.MultipleChoiceField):
    """Several answers as check boxes; cleaned to a tuple of codes."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> tuple[str, ...]:
        return tuple(super().clean(value))


class NumbersField(forms.TypedMultipleChoiceField):
    """Several things by number as check boxes; cleaned to a tuple of integers."""

    def __init__(self, **options: Any) -> None:
        super().__init__(coerce=int, empty_value=[], widget=forms.CheckboxSelectMultiple, **options)

    def clean(self, value: Any) -> tuple[int, ...]:
        return tuple(super().clean(value))


class HoursMinutesField(forms.CharField):
    """A duration typed as ``2:30``, ``2`` (hours) or ``30 min``; cleaned to minutes."""

    def __init__(self, *, most_minutes: int, least_minutes: int = 0, **options: Any) -> None:
        self.least_minutes, self.most_minutes = least_minutes, most_minutes
        super().__init__(
            widget=forms.TextInput(attrs={"class": "b-width-time", "autocomplete": "off"}), **options
        )

    def prepare_value(self, value: Any) -> Any:
        return minutes_to_text(value) if isinstance(value, int) else value

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        if not text:
            return None
        minutes = text_to_minutes(text)
        if minutes is None:
            raise forms.ValidationError(_("Schreiben Sie Stunden und Minuten so: 2:30"))
        if not self.least_minutes <= minutes <= self.most_minutes:
            raise forms.ValidationError(
                _("Erlaubt sind %(least)s bis %(most)s Stunden.")
                % {"least": minutes_to_text(self.least_minutes), "most": minutes_to_text(self.most_minutes)}
            )
        return minutes


def minutes_to_text(minutes: int) -> str:
    """Print minutes as hours and minutes.

    >>> minutes_to_text(150), minutes_to_text(45)
    ('2:30', '0:45')
    """
    return f"{minutes // 60}:{minutes % 60:02}"


def text_to_minutes(text: str) -> int | None:
    """Read a duration as people type it; None where it is none.

    >>> text_to_minutes("2:30"), text_to_minutes("2"), text_to_minutes("30 min"), text_to_minutes("bald")
    (150, 120, 30, None)
    """
    plain = text.strip().lower().removesuffix("h").removesuffix("std").strip()
    if plain.endswith(("min", "minuten")):
        plain = "0:" + plain.removesuffix("minuten").removesuffix("min").strip()
    hours, _colon, minutes = plain.partition(":")
    if not hours.isdecimal() or (minutes and not minutes.isdecimal()):
        return None
    return int(hours) * 60 + int(minutes or 0)


def location_choices(locations: Iterable[LocationView], allowed: frozenset[int]) -> Choices:
    """Locations to choose from, as far as a member may see them; ``allowed`` empty means all."""
    return [(str(place.id), place.name) for place in locations if not allowed or place.id in allowed]
