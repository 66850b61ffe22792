"""Series by other software: asked for with a rule, all or the agreed rest, each date with its state."""

from datetime import timedelta

from booking_core.catalog.contracts import ResourceView
from booking_core.reservations.models import Booking
from tests.api.conftest import Program, at, booking, day_ahead, fields, refused
from tests.factories.bookings import make_booking
from tests.web.citizen.conftest import eleven_to_eleven


def test_a_rule_makes_a_series(program: Program, saal: ResourceView) -> None:
    answer = program.send("bookings/", booking(saal, repeat={"count": 3}), idempotency_key="a")
    made = answer.json()
    assert answer.status_code == 201, made
    day = day_ahead()
    assert [item["start"] for item in made["items"]] == [at(day, 11, days=7 * n) for n in range(3)]
    assert [item["date"] for item in made["items"]] == [str(day + timedelta(weeks=n)) for n in range(3)]
    assert made["total"] == "270.00"
    assert (made["series"]["rhythm"], made["series"]["count"], made["series"]["away"]) == ("weekly", 3, [])
    assert program.read(f"bookings/{made['uuid']}/").json() == made


def test_a_conflict_refuses_the_whole_and_says_what_would_work(program: Program, saal: ResourceView) -> None:
    second = day_ahead() + timedelta(weeks=1)
    make_booking(saal, eleven_to_eleven(second))
    before = Booking.objects.count()
    problem = refused(
        program.send("bookings/", booking(saal, repeat={"count": 3}), idempotency_key="a"),
        409,
        "series-conflicts",
    )
    assert [(one["date"], one["reason"]) for one in problem["dates"]] == [(str(second), "taken")]
    assert Booking.objects.count() == before
    body = booking(saal, repeat={"count": 3, "on_conflict": "skip"})
    made = program.send("bookings/", body, idempotency_key="b").json()
    assert len(made["items"]) == 2
    assert made["series"]["away"] == [{"date": str(second), "reason": "taken", "note": ""}]


def test_a_rule_without_sense_is_told_at_its_field(program: Program, saal: ResourceView) -> None:
    both = booking(saal, repeat={"count": 3, "until": str(day_ahead(90))})
    problem = refused(program.send("bookings/", both, idempotency_key="a"), 422, "invalid-input")
    assert "until" in fields(problem)
