"""Which days cannot be asked for yet, or any more, by the ordinance's lead times, and from when it is possible.

The engine itself is asked, day by day, so that every ordinance's own rule and sentence holds. Reads only.
Not here: other reasons against a day (``checking``), whether the time is free (``reservations``).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from booking_core.engines.ordinance import Outcome
from booking_core.kernel.spans import Span, at_wall_clock
from booking_core.ordinances.contracts import PriceQuestion, Tariff
from booking_core.ordinances.queries import tariffs_for
from booking_core.ordinances.quoting import price_with
from booking_core.workflows.conditions import language
from tenants.context import tenant_zone

_TOPIC = "lead"
_STEPS_DAYS = (28, 7, 1)
_FARTHEST = timedelta(days=3 * 366)


@dataclass(frozen=True, slots=True)
class LeadLimit:
    """Why a day cannot be asked for now.

    ``is_too_early``: it will be possible from ``possible_on`` on; else it is too late, and ``possible_on`` is the next
    day that can still be asked for. None where there is no such day.
    """

    rule: str
    sentence: str
    is_too_early: bool
    possible_on: date | None


def lead_limits(
    resource_id: int, days: Sequence[date], *, group: str, now: datetime
) -> Mapping[date, LeadLimit]:
    """The days among these that a rule about lead times refuses now, by the ordinance in force on the first of them.

    Days in the past are left out. Two statements at most; the engine is asked only where the ordinance has such a rule.
    """
    tariffs = tariffs_for([resource_id], days[0]) if days else {}
    version = tariffs[resource_id].version if resource_id in tariffs else None
    if version is None or not any(rule.topic == _TOPIC for rule in version.document.rules_in_words):
        return {}
    known = {one.id for one in version.document.groups}
    asker = _Asker(resource_id, tariffs, group if group in known else "", tenant_zone(), now)
    limits: dict[date, LeadLimit] = {}
    today = now.astimezone(asker.zone).date()
    last: LeadLimit | None = None
    for day in days:
        refusal = asker.refusal(day, now) if day >= today else None
        if refusal is None:
            last = None
            continue
        if last is None or last.rule != refusal[0]:
            last = asker.limit(day, *refusal)
        limits[day] = last
    return limits


@dataclass(frozen=True, slots=True)
class _Asker:
    """Asks the engine about an hour at noon."""

    resource_id: int
    tariffs: Mapping[int, Tariff]
    group: str
    zone: ZoneInfo
    now: datetime

    def refusal(self, day: date, at: datetime) -> tuple[str, str] | None:
        """The rule and the sentence that refuse ``day`` to whoever asks at ``at``."""
        noon = at_wall_clock(day, time(12), self.zone)
        question = PriceQuestion(
            resource_ids=(self.resource_id,),
            spans=(Span(noon, noon + timedelta(hours=1)),),
            group=self.group,
            requested_at=at,
        )
        price = price_with(question, self.tariffs, zone=self.zone)
        if price is None or price.quote.outcome != Outcome.REFUSED:
            return None
        reason = next((one for one in price.quote.reasons if one.code == _TOPIC), None)
        if reason is None:
            return None
        words = reason.text.in_language(language())
        return reason.rule, f"{words} ({reason.paragraph})" if reason.paragraph else words

    def limit(self, day: date, rule: str, sentence: str) -> LeadLimit:
        """The limit of ``day``, with the day on which it ends."""
        today = self.now.astimezone(self.zone).date()
        later = _first_without(today, day, lambda on: self._refused_when_asked(day, on))
        if later is not None:
            return LeadLimit(rule, sentence, is_too_early=True, possible_on=later)
        nearest = _first_without(day, day + _FARTHEST, lambda on: self.refusal(on, self.now) is not None)
        return LeadLimit(rule, sentence, is_too_early=False, possible_on=nearest)

    def _refused_when_asked(self, day: date, on: date) -> bool:
        return self.refusal(day, at_wall_clock(on, time(12), self.zone)) is not None


def _first_without(first: date, last: date, is_refused: Callable[[date], bool]) -> date | None:
    """The first day after ``first``, which is refused, up to ``last`` that is not. In long steps, then shorter ones."""
    day = first
    for step in _STEPS_DAYS:
        while day + timedelta(days=step) <= last and is_refused(day + timedelta(days=step)):
            day += timedelta(days=step)
    found = day + timedelta(days=1)
    return found if found <= last and not is_refused(found) else None
