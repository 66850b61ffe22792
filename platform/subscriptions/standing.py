"""How a town stands on a day: in order, warned, or read-only, and why. A pure rule over what is known of it.

    trial ── ordered ─────────────────────────────── normal
      │                     invoice due ─ reminder 1 ─ warned ─ last reminder's day ─ read-only ─ paid ─ normal
      └─ over, not ordered: warned ─ grace over: read-only ─ ordered: normal
    left: read-only after the last day of what was ordered; the data stay

Nobody becomes read-only without having read the day beforehand: in the reminder, or in the mail at the trial's end.
Not here: writing it into the registry (``services.standing``).
"""

from dataclasses import dataclass
from datetime import date, timedelta

NORMAL, WARNED, READ_ONLY = "normal", "warned", "read_only"
ARREARS, TRIAL_OVER, LEFT = "arrears", "trial_over", "left"


@dataclass(frozen=True, slots=True)
class Facts:
    """What decides. ``reminded``: for each open invoice that was reminded of, the day from which reading is all.

    None in ``reminded``: a reminder that names no such day yet. ``ends_on``: last day of what the town pays for.
    """

    trial_ends_on: date
    grace_days: int
    is_ordered: bool
    ends_on: date | None = None
    reminded: tuple[date | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """``state`` with its ``cause`` ("" while normal); ``read_only_on`` is the first day of only reading, if named."""

    state: str
    cause: str = ""
    read_only_on: date | None = None


def standing_on(day: date, facts: Facts) -> Verdict:
    """The town's standing on ``day``; the worst cause counts, arrears before anything that time alone brings.

    >>> standing_on(date(2027, 3, 1), Facts(date(2027, 2, 1), 30, is_ordered=False)).state
    'warned'
    """
    causes = [*_arrears(facts), *_trial(facts), *_leaving(facts)]
    begun = [(named, cause) for named, cause in causes if named is not None and named <= day]
    if begun:
        named, cause = min(begun)
        return Verdict(READ_ONLY, cause, named)
    if facts.reminded:
        return Verdict(WARNED, ARREARS, min((named for named in facts.reminded if named), default=None))
    if not facts.is_ordered and day > facts.trial_ends_on:
        return Verdict(WARNED, TRIAL_OVER, grace_over_on(facts))
    return Verdict(NORMAL)


def grace_over_on(facts: Facts) -> date:
    """The first day on which a town that did not order may only read."""
    return facts.trial_ends_on + timedelta(days=facts.grace_days + 1)


def _arrears(facts: Facts) -> list[tuple[date | None, str]]:
    return [(named, ARREARS) for named in facts.reminded]


def _trial(facts: Facts) -> list[tuple[date | None, str]]:
    return [] if facts.is_ordered else [(grace_over_on(facts), TRIAL_OVER)]


def _leaving(facts: Facts) -> list[tuple[date | None, str]]:
    return [(facts.ends_on + timedelta(days=1), LEFT)] if facts.ends_on else []
