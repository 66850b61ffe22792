"""Twenty times the same request at the same moment, as a program with a broken connection sends it: one booking."""

from collections.abc import Callable
from typing import Any

from django.db import connection

from booking_core.reservations.models import Booking, Occupancy
from tenants.models import Tenant
from tests.api.conftest import Program, booking, make_key
from tests.concurrency.crowd import run_together
from tests.factories.catalogue import make_room

TIMES = 20


def _caller(town: Tenant, secret: str, body: dict[str, object], key: str) -> Callable[[], Any]:
    def call() -> Any:
        answer = Program(town, secret).send("bookings/", body, idempotency_key=key)
        return answer.status_code, answer.json(), answer.headers.get("Idempotency-Replayed")

    return call


def _body() -> dict[str, object]:
    room = make_room()
    body = booking(room)
    body["wish"] = {**body["wish"], "group": "", "purpose": ""}  # type: ignore[dict-item]  # a wish is a dict
    return body


def test_the_same_key_books_once(committed_town: Tenant) -> None:
    secret, body = make_key("bookings.write"), _body()
    answers = run_together(committed_town, [_caller(committed_town, secret, body, "k")] * TIMES)
    connection.set_tenant(committed_town)  # type: ignore[attr-defined]  # from django-tenants' backend
    assert {answer[0] for answer in answers} == {201}, answers  # type: ignore[index]
    assert len({answer[1]["uuid"] for answer in answers}) == 1  # type: ignore[index]
    assert [answer[2] for answer in answers].count(None) == 1  # type: ignore[index]
    assert Booking.objects.count() == 1


def test_different_keys_compete_for_the_time(committed_town: Tenant) -> None:
    """The control: without the shared key all twenty are tried, and nineteen are told that the time is taken."""
    secret, body = make_key("bookings.write"), _body()
    callers = [_caller(committed_town, secret, body, f"k{number}") for number in range(TIMES)]
    answers = run_together(committed_town, callers)
    connection.set_tenant(committed_town)  # type: ignore[attr-defined]  # from django-tenants' backend
    statuses = sorted(answer[0] for answer in answers)  # type: ignore[index]
    assert statuses == [201, *[409] * (TIMES - 1)]
    assert Booking.objects.count() == 1
    assert Occupancy.objects.count() == 1
