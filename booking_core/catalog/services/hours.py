"""Writes of opening hours and special days.

Not here: closures, which take time like a booking (``reservations.services.closures``).
"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from django.db import transaction
from django.utils.translation import gettext as _

from booking_core.catalog.contracts import HoursView, SpecialDayData, SpecialDayView
from booking_core.catalog.models import OpeningHours, SpecialDay
from booking_core.catalog.services.owners import locked_owner
from booking_core.engines.opening import DAY_MINUTES
from booking_core.identity.contracts import Actor
from booking_core.identity.services import audit
from booking_core.kernel.errors import InvalidInput, NotFound
from tenants.town_facts import town_facts_changed

_LAST_WEEKDAY = 6


@transaction.atomic
def set_opening_hours(
    hours: Sequence[HoursView],
    *,
    location_id: int | None = None,
    resource_id: int | None = None,
    actor: Actor,
) -> None:
    """Replace the weekly hours of one location or resource; none at all: those of the location, or always open.

    Raises InvalidInput (hours that end before they start, or overlap), NotFound.
    """
    owner = locked_owner(location_id=location_id, resource_id=resource_id)
    _check_hours(hours)
    OpeningHours.objects.filter(**owner.columns).delete()
    OpeningHours.objects.bulk_create(
        OpeningHours(
            **owner.columns,
            weekday=row.weekday,
            opens_minutes=row.opens_minutes,
            closes_minutes=row.closes_minutes,
        )
        for row in hours
    )
    town_facts_changed()
    audit(
        "opening_hours.set",
        actor=actor,
        subject_type=owner.kind,
        subject_id=owner.id,
        data={"rows": len(hours)},
    )


@transaction.atomic
def save_special_day(
    data: SpecialDayData,
    *,
    special_day_id: int | None = None,
    location_id: int | None = None,
    resource_id: int | None = None,
    actor: Actor,
) -> SpecialDayView:
    """Add other hours for some dates to one location or resource, or change the row with this id.

    Raises InvalidInput, NotFound.
    """
    _check_special_day(data)
    if special_day_id is None:
        owner = locked_owner(location_id=location_id, resource_id=resource_id)
        day = SpecialDay(**owner.columns)
    else:
        day = _special_day(special_day_id)
    day.first_on, day.last_on, day.reason = data.first_on, data.last_on, data.reason.strip()
    day.opens_minutes, day.closes_minutes = data.opens_minutes, data.closes_minutes
    day.save()
    _audit_day("special_day.saved", day, actor=actor)
    return SpecialDayView(
        day.pk, day.first_on, day.last_on, day.reason, day.opens_minutes, day.closes_minutes
    )


@transaction.atomic
def delete_special_day(special_day_id: int, *, actor: Actor) -> None:
    """Let the weekly hours hold again on these dates. Raises NotFound."""
    day = _special_day(special_day_id)
    day.delete()
    _audit_day("special_day.deleted", day, actor=actor)


def _audit_day(action: str, day: SpecialDay, *, actor: Actor) -> None:
    town_facts_changed()
    audit(
        action,
        actor=actor,
        subject_type="resource" if day.location_id is None else "location",
        subject_id=day.resource_id if day.location_id is None else day.location_id,
        data={"first_on": day.first_on.isoformat(), "last_on": day.last_on.isoformat()},
    )


def _special_day(special_day_id: int) -> SpecialDay:
    day = SpecialDay.objects.select_for_update().filter(pk=special_day_id).first()
    if day is None:
        raise NotFound(_("Diesen besonderen Tag gibt es nicht."))
    return day


def _check_hours(hours: Sequence[HoursView]) -> None:
    by_weekday: dict[int, list[HoursView]] = defaultdict(list)
    for row in hours:
        if not 0 <= row.weekday <= _LAST_WEEKDAY:
            raise InvalidInput(_("Diesen Wochentag gibt es nicht."), field="weekday")
        if not 0 <= row.opens_minutes < row.closes_minutes <= DAY_MINUTES:
            raise InvalidInput(_("Das Ende muss nach dem Beginn liegen."), field="closes_minutes")
        by_weekday[row.weekday].append(row)
    for rows in by_weekday.values():
        ordered = sorted(rows, key=lambda row: row.opens_minutes)
        if any(later.opens_minutes < earlier.closes_minutes for earlier, later in pairwise(ordered)):
            raise InvalidInput(_("Zwei Zeiten an einem Tag überschneiden sich."), field="opens_minutes")


def _check_special_day(data: SpecialDayData) -> None:
    if data.first_on > data.last_on:
        raise InvalidInput(_("Der letzte Tag darf nicht vor dem ersten liegen."), field="last_on")
    if not data.reason.strip():
        raise InvalidInput(_("Nennen Sie den Anlass."), field="reason")
    if (data.opens_minutes is None) != (data.closes_minutes is None):
        raise InvalidInput(_("Geben Sie Beginn und Ende an, oder keines von beiden."), field="opens_minutes")
    if data.opens_minutes is None or data.closes_minutes is None:
        return
    if not 0 <= data.opens_minutes < data.closes_minutes <= DAY_MINUTES:
        raise InvalidInput(_("Das Ende muss nach dem Beginn liegen."), field="closes_minutes")
