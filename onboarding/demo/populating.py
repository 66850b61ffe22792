"""People and bookings of a demo town, in all states, around the day it is set up.

Not here: places and prices (``founding``). A booking that is there (same title, same first resource) is
not made again.
"""

from collections import Counter
from collections.abc import Callable
from datetime import date, time, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from booking_core.catalog.contracts import ResourceView
from booking_core.catalog.queries import locations
from booking_core.identity.contracts import Actor
from booking_core.identity.models import User
from booking_core.identity.parties import party_for, set_party_facts
from booking_core.identity.services import create_account, invite_staff
from booking_core.kernel.spans import Span, at_wall_clock
from booking_core.reservations.contracts import BookingFilter, BookingView, Contact
from booking_core.reservations.errors import Taken
from booking_core.reservations.queries import booking_by_uuid, booking_rows
from booking_core.workflows.cancel_booking import cancel_booking
from booking_core.workflows.contracts import Viewer, Wish
from booking_core.workflows.decide_booking import (
    answer_question,
    ask_question,
    confirm_booking,
    decline_booking,
    note_on_booking,
)
from booking_core.workflows.errors import OutsideOpeningHours
from booking_core.workflows.place_booking import place_booking
from onboarding.demo.contracts import DemoBooking, DemoPerson, DemoTown
from onboarding.demo.founding import BUILDER, Tell, resources_by_name
from tenants.context import tenant_zone

PASSWORD = "biletado-demo-2026"  # noqa: S105 — printed for everyone who tries the demo
_CLERK = Actor("Klaus Kern", by_staff=True)
_ASKED_BEFORE = timedelta(days=30)
_MOST_WEEKS_LATER = 4


def populate(town: DemoTown, *, tell: Tell) -> None:
    """Make accounts and bookings. Call standing in the town.

    Where somebody who tries the demo was faster, the booking is left out.
    """
    for person in town.people:
        _settle(person)
    known = _known_bookings()
    rooms = resources_by_name()
    for booking in town.bookings:
        key = (booking.title, booking.rooms[0])
        if known[key]:
            known[key] -= 1
            continue
        if not _found_a_time(booking, rooms):
            tell(f"{booking.title}: {', '.join(booking.rooms)} ist schon vergeben")


def _found_a_time(booking: DemoBooking, rooms: dict[str, ResourceView]) -> bool:
    """Book on the day meant, or a few weeks on where the house is closed (towns close over Christmas)."""
    today = timezone.localdate()
    for weeks in range(_MOST_WEEKS_LATER):
        try:
            _book(booking, _span(booking, today=today + timedelta(weeks=weeks)), rooms)
        except OutsideOpeningHours:
            continue
        except Taken:
            return False
        return True
    return False


@transaction.atomic
def _settle(person: DemoPerson) -> None:
    if person.roles:
        places = [place.id for place in locations() if place.name == person.place]
        user = invite_staff(
            email=person.email, name=person.name, roles=person.roles, location_ids=places, actor=BUILDER
        )
    else:
        user = create_account(email=person.email, name=person.name, verified=True)
        _prove(person, user)
    if not user.has_usable_password() or not user.check_password(PASSWORD):
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])


def _prove(person: DemoPerson, user: User) -> None:
    if not person.group:
        return
    party = party_for(
        name=person.name, email=person.email, organisation_name=person.organisation, user_id=user.pk
    )
    set_party_facts(
        party.uuid,
        customer_group=person.group,
        is_resident=True,
        is_registered=True,
        staff_note="",
        actor=BUILDER,
    )


def _known_bookings() -> Counter[tuple[str, str]]:
    page = booking_rows(BookingFilter(), per_page=1000)
    return Counter((row.title, name) for row in page.rows for name in row.resource_names)


def _span(booking: DemoBooking, *, today: date) -> Span:
    day = today + timedelta(days=booking.days)
    if booking.weekday is not None:
        day += timedelta(days=(booking.weekday - day.weekday()) % 7)
    zone = tenant_zone()
    start, end = (time.fromisoformat(clock) for clock in (booking.start, booking.end))
    return Span(
        at_wall_clock(day, start, zone), at_wall_clock(day + timedelta(days=booking.nights), end, zone)
    )


def _book(booking: DemoBooking, span: Span, rooms: dict[str, ResourceView]) -> None:
    """One booking with its further steps, kept together or not at all."""
    name, email, organisation = booking.who
    account = User.objects.filter(email=email).first()
    with transaction.atomic():
        placed = place_booking(
            wish=Wish(
                resource_ids=tuple(rooms[room].id for room in booking.rooms),
                spans=(span,),
                group=booking.group,
                purpose=booking.purpose,
                persons=booking.persons,
                extras={extra: Decimal(1) for extra in booking.extras},
            ),
            contact=Contact(name=name, email=email, organisation_name=organisation),
            title=booking.title,
            message=booking.message,
            viewer=Viewer(user_id=account.pk if account else None, email=email),
            actor=Actor(name, user_id=account.pk if account else None),
            source="site",
            language="de",
            house_rules_accepted=True,
            now=min(timezone.now(), span.start)
            - (_ASKED_BEFORE if booking.days <= 0 else timedelta(hours=2)),
        )
        for step in booking.then:
            _go_on(placed.uuid, step, citizen=Actor(name))


def _go_on(uuid: UUID, step: str, *, citizen: Actor) -> None:
    kind, _, words = step.partition(":")
    STEPS[kind](booking_by_uuid(uuid), words, citizen)


STEPS: dict[str, Callable[[BookingView, str, Actor], object]] = {
    "confirm": lambda booking, words, _who: confirm_booking(
        booking.uuid, actor=_CLERK, expected_version=booking.version, text=words
    ),
    "decline": lambda booking, words, _who: decline_booking(
        booking.uuid, actor=_CLERK, expected_version=booking.version, reason=words
    ),
    "ask": lambda booking, words, _who: ask_question(booking.uuid, actor=_CLERK, text=words),
    "answer": lambda booking, words, who: answer_question(booking.uuid, actor=who, text=words),
    "note": lambda booking, words, _who: note_on_booking(booking.uuid, actor=_CLERK, text=words),
    "cancel": lambda booking, words, who: cancel_booking(
        booking.uuid, actor=who, reason=words, now=timezone.now()
    ),
}
