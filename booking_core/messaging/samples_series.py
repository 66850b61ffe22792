"""Invented data for the previews of mails about series and the waiting list.

Not here: the other samples (``samples``).
"""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from booking_core.engines.recurrence import Rule
from booking_core.kernel.spans import Span
from booking_core.messaging import composing_series, composing_standing, composing_waiting
from booking_core.messaging.contracts import MailDraft
from booking_core.reservations.contracts import BookingView, SeriesView
from booking_core.reservations.waiting_contracts import WaitingView

_WEEK = timedelta(weeks=1)


def series_drafts(booking: BookingView) -> tuple[MailDraft, ...]:
    """What is written about the dates of a series; the sample is one of ten weeks."""
    span = booking.items[0].span
    before, day = Span(span.start - _WEEK, span.end - _WEEK), span.start.date()
    rule = Rule(day, span.start.time(), span.end.time(), count=10)
    item = replace(booking.items[0], slot=day.isoformat())
    weekly = replace(booking, items=(item,), series=SeriesView(rule))
    asked = replace(weekly, series=SeriesView(rule, confirm_by=day + _WEEK))
    return (
        composing_series.dates_cancelled(weekly, spans=(before,), by_staff=False),
        composing_series.dates_changed(weekly, before=(before,), after=(span,)),
        composing_series.dates_restored(weekly, spans=(span,)),
        composing_series.dates_notice(weekly, kind="released", spans=(before,)),
        composing_standing.date_reminder(weekly, slot=item.slot, span=span),
        composing_standing.confirmation_asked(weekly, confirm_by=day + _WEEK),
        composing_standing.confirmation_reminder(asked),
        composing_standing.confirmation_missing(asked),
        composing_standing.continuation_notice(weekly),
        composing_standing.unused_asked(weekly, spans=(before, span)),
    )


def waiting_drafts(booking: BookingView) -> tuple[MailDraft, ...]:
    """What the waiting list writes about the time of ``booking``."""
    item = booking.items[0]
    entry = WaitingView(
        uuid=UUID(int=0),
        resource_id=0,
        resource_name=item.resource_name,
        resource_slug=item.resource_slug,
        location_id=0,
        location_name=item.location_name,
        span=item.span,
        name=booking.contact.name,
        email=booking.contact.email,
        language=booking.language,
        priority=1,
        state="offered",
        state_label="",
        asked_at=booking.requested_at,
        wish={},
        offered_until=item.span.start - _WEEK,
    )
    return (
        composing_waiting.waiting_joined(entry),
        composing_waiting.waiting_offered(entry),
        composing_waiting.waiting_lapsed(entry),
    )
