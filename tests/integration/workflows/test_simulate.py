"""A version tried out on real bookings: sums, fates, renamed codes, and runs that stop, die or come twice."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from booking_core.engines.simulation import Fate
from booking_core.identity.contracts import SYSTEM
from booking_core.kernel.errors import InvalidInput
from booking_core.ordinances.library import library_text
from booking_core.ordinances.services import adopt_document
from booking_core.ordinances.simulations.queries import known_simulation, simulated_bookings, simulation_of
from booking_core.reservations.models import Booking
from booking_core.reservations.settling import Figures
from booking_core.workflows import simulate
from booking_core.workflows.settle_booking import SettlementWish, settle_booking
from booking_core.workflows.simulate import codes_to_map, run_simulation, start_simulation
from tenants.models import Tenant
from tests.factories.examples import CARLA, ExampleHouse, example_house, without_examples

NUSSBAUM = "nussbaum-halle"
NAMES = ("local_family_summer", "local_funeral_winter", "outside_family_winter", "club_festival_three_days")
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
NOW = datetime(2027, 1, 2, tzinfo=UTC)


@pytest.fixture
def house(town: Tenant) -> ExampleHouse:
    house = example_house(library_text(NUSSBAUM))
    for name in NAMES:
        house.book(name)
    return house


def draft(text: str) -> int:
    return adopt_document(text, code="ordnung", actor=SYSTEM).id


def started(version_id: int, **changes: object) -> int:
    facts: dict[str, object] = {"first_on": FIRST, "last_on": LAST, "mapping": {}, "actor": CARLA, "now": NOW}
    return start_simulation(version_id, **{**facts, **changes}).version_id  # type: ignore[arg-type]  # typed by name above


def test_the_version_in_force_changes_nothing(house: ExampleHouse) -> None:
    version_id = started(house.version_id)
    assert run_simulation(version_id)
    run = known_simulation(version_id)
    assert (run.state, run.findings.done, run.question.total) == ("done", 4, 4)
    assert run.is_done
    assert run.findings.comparison.total.difference_cents == 0
    booked = sum(Booking.objects.values_list("total_cents", flat=True))
    assert run.findings.comparison.total.before_cents == run.findings.comparison.total.after_cents == booked
    assert [row.fate for row in simulated_bookings(version_id)] == [Fate.PRICED] * 4


def test_a_dearer_draft_by_group_resource_and_month(house: ExampleHouse) -> None:
    dearer = without_examples(NUSSBAUM).replace(
        "purpose: family_party, price: 95.00", "purpose: family_party, price: 145.00"
    )
    version_id = started(draft(dearer))
    run_simulation(version_id)
    run = known_simulation(version_id)
    assert run.is_done
    differences = {
        name: {one.key: one.difference_cents for one in sums if one.difference_cents}
        for name, sums in (
            ("group", run.findings.comparison.by_group),
            ("resource", run.findings.comparison.by_resource),
            ("month", run.findings.comparison.by_month),
        )
    }
    assert differences == {"group": {"local": 5000}, "resource": {"hall": 5000}, "month": {"2026-07": 5000}}
    assert [(one.number, one.difference_cents) for one in run.findings.losers] == [
        (Booking.objects.get(title="local_family_summer").number, 5000)
    ]
    assert run.findings.winners == ()


def test_settled_bookings_are_compared_with_what_was_read(house: ExampleHouse) -> None:
    booking = Booking.objects.get(title="local_family_summer")
    figures = Figures(measured={"electricity": Decimal(100), "water": Decimal(2)})
    settle_booking(booking.uuid, SettlementWish(figures), actor=CARLA, expected_version=booking.version)
    version_id = started(draft(without_examples(NUSSBAUM).replace("price: 0.40", "price: 0.50")))
    run_simulation(version_id)
    comparison = known_simulation(version_id).findings.comparison
    assert comparison.total.difference_cents == 1000


def test_renamed_codes_are_asked_for_and_mapped(house: ExampleHouse) -> None:
    renamed = without_examples(NUSSBAUM).replace("local_club", "verein").replace("all_rooms", "alles")
    version_id = draft(renamed)
    assert codes_to_map(version_id, FIRST, LAST) == {
        "resources": {"all_rooms": 1},
        "groups": {"local_club": 1},
    }

    version_id = started(version_id)
    run_simulation(version_id)
    comparison = known_simulation(version_id).findings.comparison
    assert comparison.not_comparable == {"unknown:resources:all_rooms": 1}
    assert comparison.total.bookings == 3

    mapping = {"resources": {"all_rooms": "alles"}, "groups": {"local_club": "verein"}}
    version_id = started(version_id, mapping=mapping)
    run_simulation(version_id)
    comparison = known_simulation(version_id).findings.comparison
    assert (comparison.total.bookings, comparison.total.difference_cents) == (4, 0)
    with pytest.raises(InvalidInput):
        started(version_id, mapping={"groups": {"local_club": "gibt_es_nicht"}})


def test_prices_named_by_a_person_are_not_compared(house: ExampleHouse) -> None:
    booking = Booking.objects.get(title="local_funeral_winter")
    Booking.objects.filter(pk=booking.pk).update(quote={**booking.quote, "outcome": "needs_decision"})
    version_id = started(house.version_id)
    run_simulation(version_id)
    comparison = known_simulation(version_id).findings.comparison
    assert comparison.not_comparable == {"no_price": 1}


def test_bookings_from_before_requests_were_kept(house: ExampleHouse) -> None:
    Booking.objects.update(priced_requests=None)
    version_id = started(house.version_id)
    run_simulation(version_id)
    comparison = known_simulation(version_id).findings.comparison
    assert (comparison.total.bookings, comparison.total.difference_cents) == (4, 0)


def test_questions_nobody_was_asked_are_reported(house: ExampleHouse) -> None:
    """A new question of the draft has no answer in old bookings: counted openly, not guessed."""
    question = "  - {id: catering, label: {de: Mit Bewirtung?, en: With catering?}, kind: yes_no}\n"
    text = without_examples(NUSSBAUM)
    assert "\nfacts:\n" in text
    version_id = started(draft(text.replace("\nfacts:\n", f"\nfacts:\n{question}")))
    run_simulation(version_id)
    comparison = known_simulation(version_id).findings.comparison
    assert comparison.unanswered == {"catering": 4}
    assert comparison.total.difference_cents == 0


def test_bookings_priced_otherwise_are_counted(house: ExampleHouse) -> None:
    Booking.objects.filter(title="local_funeral_winter").update(ordinance_version=None)
    run = known_simulation(started(house.version_id))
    assert (run.question.total, run.question.elsewhere) == (3, 1)


def test_an_empty_period_and_an_odd_one_are_refused(
    house: ExampleHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(simulate.NothingToSimulate):
        started(house.version_id, first_on=date(2019, 1, 1), last_on=date(2019, 2, 1))
    for first, last in ((LAST, FIRST), (date(2001, 1, 1), date(2100, 1, 1))):
        with pytest.raises(InvalidInput):
            started(house.version_id, first_on=first, last_on=last)
    monkeypatch.setattr(simulate, "MOST_BOOKINGS", 3)
    with pytest.raises(InvalidInput, match="4"):
        started(house.version_id)
    assert simulation_of(house.version_id) is None


def test_a_batch_needs_the_same_statements_for_one_booking_as_for_many(house: ExampleHouse) -> None:
    def statements(last_on: date) -> int:
        version_id = started(house.version_id, last_on=last_on)
        with CaptureQueriesContext(connection) as caught:
            run_simulation(version_id)
        return len(caught)

    assert statements(date(2026, 7, 31)) == statements(LAST)


def test_a_simulation_changes_no_booking(house: ExampleHouse) -> None:
    before = list(Booking.objects.order_by("pk").values())
    run_simulation(started(house.version_id))
    assert list(Booking.objects.order_by("pk").values()) == before
