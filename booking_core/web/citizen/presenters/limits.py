"""Sentences above free times: why a day cannot be asked for, and from when or where it can.

Not here: finding out (``workflows.lead_times``).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from booking_core.workflows.lead_times import LeadLimit
from design_system.templatetags.formats import long_date


@dataclass(frozen=True, slots=True)
class TimesNote:
    """A sentence, and the way on where there is one."""

    text: str
    url: str = ""
    label: str = ""


def short_limits(limits: Mapping[date, LeadLimit]) -> dict[date, str]:
    """One or two words for each day, for cells."""
    return {day: _("später") if one.is_too_early else _("zu spät") for day, one in limits.items()}


def limit_notes(limits: Mapping[date, LeadLimit], day_url: Callable[[date], str]) -> list[TimesNote]:
    """One note for each rule, at its first day."""
    first_days: dict[tuple[str, bool], date] = {}
    for day, limit in limits.items():
        first_days.setdefault((limit.rule, limit.is_too_early), day)
    return [_note(limits[day], day, day_url) for day in first_days.values()]


def _note(limit: LeadLimit, day: date, day_url: Callable[[date], str]) -> TimesNote:
    if limit.possible_on is None:
        return TimesNote(limit.sentence)
    facts = {"day": long_date(day), "from": long_date(limit.possible_on)}
    if limit.is_too_early:
        return TimesNote(f"{limit.sentence} " + _("Den %(day)s können Sie ab %(from)s anfragen.") % facts)
    return TimesNote(
        limit.sentence,
        day_url(limit.possible_on),
        _("Der nächste Tag, den Sie noch anfragen können: %(from)s") % facts,
    )
