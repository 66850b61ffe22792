"""From rows to the frozen values that leave the room. Needs the relations prefetched (``queries``).

Not here: choosing rows.
"""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from booking_core.kernel.money import Money
from booking_core.reservations.contracts import (
    BookingRow,
    BookingView,
    Contact,
    EventView,
    ItemView,
    SeriesView,
)
from booking_core.reservations.models import Booking, BookingEvent, BookingItem
from booking_core.reservations.ranges import to_span
from booking_core.reservations.series_data import series_of
from booking_core.reservations.vocabulary import EVENT_LABELS
from design_system.templatetags.formats import euro


def item_view(item: BookingItem) -> ItemView:
    """Needs ``resource__location``."""
    return ItemView(
        id=item.pk,
        resource_id=item.resource_id,
        resource_name=item.resource.name,
        resource_slug=item.resource.slug,
        location_id=item.resource.location_id,
        location_name=item.resource.location.name,
        span=to_span(item.span),
        quantity=item.quantity,
        slot=item.slot,
        attendance=item.attendance,
    )


def event_view(event: BookingEvent) -> EventView:
    """The event with its label in the active language."""
    return EventView(
        at=event.at,
        kind=event.kind,
        label=str(EVENT_LABELS.get(event.kind, event.kind)),
        actor_label=event.actor_label,
        by_staff=event.by_staff,
        text=event.text or _what_changed(event),
    )


def _what_changed(event: BookingEvent) -> str:
    """Both prices of a change, in the active language; empty where the price stayed or nobody kept it."""
    cents = event.data.get("total_cents")
    if not cents or cents[0] == cents[1]:
        return ""
    old, new = (euro(Money(one)) for one in cents)
    return _("Neuer Preis: %(new)s statt %(old)s") % {"old": old, "new": new}


def contact_of(booking: Booking) -> Contact:
    """The booking's own copy of who answers for it."""
    return Contact(
        name=booking.contact_name,
        email=booking.contact_email,
        phone=booking.contact_phone,
        street=booking.contact_street,
        postal_code=booking.contact_postal_code,
        city=booking.contact_city,
        organisation_name=booking.organisation_name,
    )


def state_label(booking: Booking) -> str:
    """The state in a word; what waits for its payment, or lapsed without, has its own."""
    if booking.pay_by is None:
        return str(booking.get_state_display())
    return _("wartet auf Zahlung") if booking.state == "requested" else _("nicht bezahlt")


def booking_view(booking: Booking, *, with_events: bool = True) -> BookingView:
    """Needs ``items__resource__location``, ``party``, ``series`` and, with events, ``events``."""
    events = booking.events.all() if with_events else ()
    return view_of(
        booking,
        items=booking.items.all(),
        events=events,
        party_uuid=booking.party.uuid,
        series=series_of(booking),
    )


def view_of(
    booking: Booking,
    *,
    items: Iterable[BookingItem],
    events: Iterable[BookingEvent],
    party_uuid: UUID,
    series: SeriesView | None,
) -> BookingView:
    """The same from rows in hand, in their order; the items need their resource with its location."""
    fee = booking.cancellation_cents
    return BookingView(
        id=booking.pk,
        uuid=booking.uuid,
        number=booking.number,
        state=booking.state,
        state_label=state_label(booking),
        source=booking.source,
        title=booking.title,
        items=tuple(item_view(item) for item in items),
        contact=contact_of(booking),
        party_id=booking.party_id,
        party_uuid=party_uuid,
        booked_by_id=booking.booked_by_id,
        purpose=booking.purpose,
        customer_group=booking.customer_group,
        persons=booking.persons,
        total=Money(booking.total_cents, booking.currency),
        deposit=Money(booking.deposit_cents, booking.currency),
        requested_at=booking.requested_at,
        language=booking.language,
        version=booking.version,
        sequence=booking.sequence,
        message=booking.message,
        staff_note=booking.staff_note,
        quote=booking.quote,
        priced_requests=booking.priced_requests,
        extras=booking.extras,
        facts=booking.facts,
        ordinance_version_id=booking.ordinance_version_id,
        decided_at=booking.decided_at,
        decision_reason=booking.decision_reason,
        cancelled_at=booking.cancelled_at,
        cancellation_fee=None if fee is None else Money(fee, booking.currency),
        question_at=booking.question_at,
        title_is_public=booking.title_is_public,
        pay_by=booking.pay_by,
        events=tuple(event_view(event) for event in events),
        series=series,
    )


def booking_row(booking: Booking) -> BookingRow:
    """Needs ``items__resource__location``. Names of resources and places come once each, in order of time."""
    items = [item_view(item) for item in booking.items.all()]
    return BookingRow(
        uuid=booking.uuid,
        number=booking.number,
        state=booking.state,
        state_label=state_label(booking),
        title=booking.title,
        contact_name=booking.contact_name,
        organisation_name=booking.organisation_name,
        resource_names=tuple(dict.fromkeys(item.resource_name for item in items)),
        location_names=tuple(dict.fromkeys(item.location_name for item in items)),
        start=min(item.span.start for item in items),
        end=max(item.span.end for item in items),
        total=Money(booking.total_cents, booking.currency),
        requested_at=booking.requested_at,
        has_open_question=booking.question_at is not None,
        dates=len({item.span for item in items}) if items[0].slot else 0,
        is_price_open=not booking.total_cents and not booking.quote.get("fee_known", False),
    )
