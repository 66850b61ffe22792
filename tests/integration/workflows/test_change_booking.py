"""Changing what a booking asks for: the new price by its own ordinance version, agreed to before it counts."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from icalendar import Calendar

from booking_core.identity.contracts import SYSTEM, Actor
from booking_core.identity.models import AuditEntry
from booking_core.kernel.errors import InvalidInput
from booking_core.kernel.money import Money
from booking_core.messaging.models import OutboxMessage
from booking_core.ordinances.services import adopt_document, bind_resource, publish_version
from booking_core.reservations.contracts import BookingView, Contact
from booking_core.reservations.errors import Stale, WrongState
from booking_core.reservations.models import Booking, Occupancy
from booking_core.reservations.queries import booking_by_uuid
from booking_core.workflows import errors
from booking_core.workflows.cancel_booking import cancel_booking
from booking_core.workflows.change_booking import change_details, change_scope, preview_scope, scope_of
from booking_core.workflows.contracts import Scope
from booking_core.workflows.decide_booking import confirm_booking
from design_system.formats import euro
from tenants.context import current_tenant
from tests.integration.workflows.conftest import CITIZEN, CLERK, ERIKA, NOW, PERIOD, House, mails, place

TARIFF = """
format: 1
name: {de: Entgelte, en: Fees}
municipality: Musterdorf
state: SH
resources: [{id: saal, label: {de: Saal, en: Hall}, kind: room}]
groups: [{id: private, label: {de: Private, en: Private}}, {id: club, label: {de: Vereine, en: Clubs}}]
purposes: [{id: private_event, label: {de: Feier, en: Party}}]
extras: [{id: kitchen, label: {de: Küche, en: Kitchen}, unit: event, max_quantity: 1}]
facts: [{id: charity, label: {de: Für einen guten Zweck?, en: For charity?}}]
rates:
  - {id: club, label: {de: Vereine, en: Clubs}, when: {group: club}, price: 10.00, paragraph: § 1}
  - id: small
    label: {de: Kleine Feier, en: Small party}
    when: {group: private, persons: {max: 45}}
    price: 100.00
    paragraph: § 2 Abs. 1
  - id: large
    label: {de: Große Feier, en: Large party}
    when: {group: private, persons: {over: 45}}
    price: 150.00
    paragraph: § 2 Abs. 2
addons:
  - {id: kitchen, extra: kitchen, label: {de: Küche, en: Kitchen}, price: PRICE_OF_KITCHEN, paragraph: § 3}
adjustments:
  - id: charity
    label: {de: Guter Zweck, en: Charity}
    when: {facts: {charity: true}}
    of: rates
    percent: -50
    paragraph: § 4
deposit: [{id: deposit, label: {de: Kaution, en: Deposit}, price: {of: rates, percent: 200}, paragraph: § 5}]
limits:
  - id: crowd
    require: {persons: {max: 55}}
    otherwise: refused
    topic: capacity
    field: persons
    text: {de: Mehr als 55 Personen sind nicht erlaubt., en: No more than 55 people.}
    paragraph: § 6
  - id: ask
    require: {persons: {max: 50}}
    otherwise: needs_decision
    topic: capacity
    field: persons
    text: {de: Ab 51 Personen entscheidet die Verwaltung., en: From 51 people the administration decides.}
    paragraph: § 7
"""


def publish(kitchen: str, on: date) -> tuple[int, int]:
    text = TARIFF.replace("PRICE_OF_KITCHEN", kitchen)
    draft = adopt_document(text, code="entgelte", actor=SYSTEM)
    publish_version(draft.id, valid_from=on, actor=SYSTEM)
    return draft.ordinance_id, draft.id


@pytest.fixture
def confirmed(house: House) -> BookingView:
    ordinance_id, _version = publish("20.00", date(2020, 1, 1))
    bind_resource(house.hall.id, ordinance_id, ["saal"], actor=SYSTEM)
    asked = place(house.wish())
    booking = confirm_booking(asked.uuid, actor=CLERK, expected_version=asked.version)
    OutboxMessage.objects.all().delete()
    return booking


def change(
    booking: BookingView, actor: Actor = CITIZEN, *, agreed: str | None = None, **scope: object
) -> BookingView:
    """Look first, then agree to what was shown."""
    wanted = replace(scope_of(booking), **scope)  # type: ignore[arg-type]  # fields of Scope by name
    if agreed is None:
        agreed = preview_scope(booking.uuid, wanted, now=NOW, by_staff=actor.by_staff).terms
    return change_scope(
        booking.uuid, wanted, agreed=agreed, actor=actor, expected_version=booking.version, now=NOW
    )


def test_more_people_cost_more_and_everyone_is_told(confirmed: BookingView) -> None:
    before = list(Occupancy.objects.values_list("pk", "span"))
    preview = preview_scope(confirmed.uuid, replace(scope_of(confirmed), persons=50), now=NOW)
    assert (preview.old_total, preview.new_total, preview.difference) == (
        Money(10000),
        Money(15000),
        Money(5000),
    )
    assert (preview.old_deposit, preview.new_deposit, preview.back_to_request) == (
        Money(20000),
        Money(30000),
        False,
    )
    assert preview.quote is not None
    assert [line.paragraph for line in preview.quote.lines] == ["§ 2 Abs. 2"]
    assert booking_by_uuid(confirmed.uuid) == confirmed, "a look changes nothing"

    changed = change(confirmed, persons=50)

    assert (changed.state, changed.persons, changed.total, changed.deposit) == (
        "confirmed", 50, Money(15000), Money(30000),
    )  # fmt: skip
    assert (changed.version, changed.sequence) == (confirmed.version + 1, confirmed.sequence + 1)
    assert list(Occupancy.objects.values_list("pk", "span")) == before, "the time was never let go"
    old, new = (euro(Money(cents), "de") for cents in (10000, 15000))
    assert (changed.events[-1].kind, changed.events[-1].text) == (
        "changed",
        f"Neuer Preis: {new} statt {old}",
    )
    assert AuditEntry.objects.filter(action="booking.changed").count() == 1
    assert mails() == [("booking_changed", "erika@example.org")]
    mail = OutboxMessage.objects.get()
    assert f"Bisheriges Entgelt: {old}. Neu: {new}" in mail.text
    event = Calendar.from_ical(mail.attachments[0]["text"]).walk("VEVENT")[0]
    assert event["SEQUENCE"] == confirmed.sequence + 1


@pytest.mark.parametrize("actor", [CITIZEN, CLERK], ids=["citizen", "clerk"])
def test_extras_are_priced_by_the_version_the_booking_has(confirmed: BookingView, actor: Actor) -> None:
    publish("35.00", PERIOD.start.date() - timedelta(days=30))

    changed = change(confirmed, actor, extras={"kitchen": Decimal(1)})

    assert (changed.total, changed.ordinance_version_id) == (Money(12000), confirmed.ordinance_version_id)
    assert (changed.state, changed.extras) == ("confirmed", {"kitchen": "1"})


def test_what_the_ordinance_leaves_open_goes_back_to_the_clerks(confirmed: BookingView) -> None:
    preview = preview_scope(confirmed.uuid, replace(scope_of(confirmed), persons=52), now=NOW)
    assert preview.back_to_request

    changed = change(confirmed, persons=52)

    assert (changed.state, changed.persons) == ("requested", 52)
    assert mails() == [
        ("booking_changed", "erika@example.org"), ("new_request", "rathaus@musterstadt.example"),
    ]  # fmt: skip
    assert OutboxMessage.objects.get(kind="booking_changed").attachments == []
    assert Occupancy.objects.count() == 1, "the time stays kept"


def test_a_clerk_decides_on_the_spot(confirmed: BookingView) -> None:
    assert change(confirmed, CLERK, persons=52).state == "confirmed"


CLAIMS = {
    "an answer": ({"facts": {"charity": True}}, Money(5000)),
    "a group": ({"group": "club"}, Money(1000)),
}


@pytest.mark.parametrize("claim", CLAIMS)
@pytest.mark.parametrize("auto_confirm", [False, True])
def test_nobody_gets_cheaper_by_a_mere_claim(
    confirmed: BookingView, claim: str, *, auto_confirm: bool
) -> None:
    scope, total = CLAIMS[claim]
    current_tenant().auto_confirm = auto_confirm

    changed = change(confirmed, **scope)  # type: ignore[arg-type]  # fields of Scope by name

    confirms = auto_confirm and claim == "an answer"  # as when it is placed: only a claimed group waits then
    assert (changed.state, changed.total) == ("confirmed" if confirms else "requested", total)


def test_a_request_stays_a_request(confirmed: BookingView) -> None:
    waiting = change(confirmed, persons=52)
    assert change(waiting, persons=50).state == "requested"


REFUSED = {
    "by the ordinance": ({"persons": 56}, errors.RefusedByOrdinance),
    "by the room": ({"persons": 61}, errors.TooManyPersons),
    "an unknown extra": ({"extras": {"sauna": Decimal(1)}}, InvalidInput),
    "too much of an extra": ({"extras": {"kitchen": Decimal(2)}}, InvalidInput),
    "an unknown group": ({"group": "aristocracy"}, InvalidInput),
}


@pytest.mark.parametrize("actor", [CITIZEN, CLERK], ids=["citizen", "clerk"])
@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_changes_nothing(confirmed: BookingView, case: str, actor: Actor) -> None:
    scope, error = REFUSED[case]
    with pytest.raises(error):
        change(confirmed, actor, agreed="", **scope)  # type: ignore[arg-type]  # fields of Scope by name

    assert booking_by_uuid(confirmed.uuid) == confirmed
    assert mails() == []


def test_a_price_nobody_agreed_to_does_not_count(confirmed: BookingView) -> None:
    for agreed in ("", "10000-20000-confirmed", "15000-30000-requested"):
        with pytest.raises(errors.PriceNotAgreed):
            change(confirmed, agreed=agreed, persons=50)

    assert booking_by_uuid(confirmed.uuid) == confirmed
    assert mails() == []


def test_who_changes_on_an_old_page_is_told(confirmed: BookingView) -> None:
    change(confirmed, persons=50)
    with pytest.raises(Stale):
        change(confirmed, persons=30)
    assert booking_by_uuid(confirmed.uuid).persons == 50


def test_a_change_without_a_change_writes_nothing(confirmed: BookingView) -> None:
    assert change(confirmed, facts={"charity": False}).version == confirmed.version
    assert mails() == []


def test_fewer_people_at_the_same_price_need_no_second_yes(confirmed: BookingView) -> None:
    changed = change(confirmed, agreed="", persons=30)
    assert (changed.persons, changed.total, changed.state) == (30, Money(10000), "confirmed")
    assert "Bisheriges Entgelt" not in OutboxMessage.objects.get().text


def test_what_is_over_does_not_change(confirmed: BookingView) -> None:
    during = PERIOD.start + timedelta(hours=1)
    with pytest.raises(errors.AlreadyOver):
        preview_scope(confirmed.uuid, scope_of(confirmed), now=during)
    cancelled = cancel_booking(confirmed.uuid, actor=CLERK, now=NOW)
    with pytest.raises(WrongState):
        change_scope(
            cancelled.uuid, Scope(30), agreed="", actor=CLERK, expected_version=cancelled.version, now=NOW
        )


def test_without_an_ordinance_the_administration_looks_again(house: House) -> None:
    asked = place(house.wish(resource_ids=(house.attic.id,), persons=5, group="", purpose=""))
    booking = confirm_booking(asked.uuid, actor=CLERK, expected_version=asked.version)
    Booking.objects.filter(uuid=booking.uuid).update(total_cents=7000)

    assert change(booking_by_uuid(booking.uuid), CLERK, persons=6).total == Money(7000)
    again = change(booking_by_uuid(booking.uuid), persons=7)
    assert (again.state, again.total) == ("requested", Money(7000))


def test_words_and_contact_change_without_touching_time_and_price(confirmed: BookingView) -> None:
    phone: Contact = replace(ERIKA, phone="04331 12345")
    changed = change_details(
        confirmed.uuid,
        title="Feier",
        message="",
        contact=phone,
        actor=CITIZEN,
        expected_version=confirmed.version,
    )

    assert (changed.title, changed.contact.phone) == ("Feier", "04331 12345")
    assert (changed.state, changed.total, changed.items) == ("confirmed", confirmed.total, confirmed.items)


@pytest.mark.parametrize(
    ("changes", "error"), [({"title": " "}, InvalidInput), ({"expected_version": 0}, Stale)],
    ids=["no title", "an old page"],
)  # fmt: skip
def test_refused_words_change_nothing(
    confirmed: BookingView, changes: dict[str, object], error: type[Exception]
) -> None:
    usual: dict[str, object] = {
        "title": "Neu", "message": "", "contact": ERIKA, "actor": CITIZEN, "expected_version": confirmed.version,
    }  # fmt: skip
    with pytest.raises(error):
        change_details(confirmed.uuid, **{**usual, **changes})  # type: ignore[arg-type]

    assert booking_by_uuid(confirmed.uuid) == confirmed
