"""Trying again: what the database asks to repeat is repeated, three times, and only as a whole."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from booking_core.catalog.models import Location
from booking_core.kernel.errors import BookingError
from booking_core.reservations.errors import Busy, Taken
from booking_core.reservations.services.transactions import with_retries
from tenants.models import Tenant
from tests.factories.catalogue import make_location

DEADLOCK, SERIALIZATION, LOCK, TOO_SLOW, NEVER_TWICE, UNIQUE = (
    "40P01",
    "40001",
    "55P03",
    "57014",
    "23P01",
    "23505",
)


class Work:
    """Writes a place, then meets a database error as often as told; counts how often it was tried."""

    def __init__(self, sqlstate: str, failures: int) -> None:
        self.sqlstate, self.failures, self.tried = sqlstate, failures, 0

    def __call__(self) -> str:
        self.tried += 1
        make_location()
        if self.tried <= self.failures:
            with connection.cursor() as cursor:
                cursor.execute(
                    f"DO $$ BEGIN RAISE EXCEPTION 'test' USING ERRCODE = '{self.sqlstate}'; END $$"
                )
        return "done"


@pytest.mark.parametrize("sqlstate", [DEADLOCK, SERIALIZATION, LOCK])
@pytest.mark.parametrize("failures", [0, 1, 3])
def test_tried_again_until_it_works(committed_town: Tenant, sqlstate: str, failures: int) -> None:
    work = Work(sqlstate, failures)
    assert with_retries(work.__call__)() == "done"
    assert work.tried == failures + 1
    assert Location.objects.count() == 1, "what failed attempts wrote is gone"


@pytest.mark.parametrize(
    ("sqlstate", "error", "tried"),
    [
        pytest.param(DEADLOCK, Busy, 4, id="busy after three more"),
        pytest.param(TOO_SLOW, Busy, 1, id="what takes too long is not repeated"),
        pytest.param(NEVER_TWICE, Taken, 1, id="the constraint says taken"),
        pytest.param(UNIQUE, IntegrityError, 1, id="anything else is a fault of ours"),
    ],
)
def test_given_up(committed_town: Tenant, sqlstate: str, error: type[Exception], tried: int) -> None:
    work = Work(sqlstate, 99)
    with pytest.raises(error):
        with_retries(work.__call__)()
    assert work.tried == tried
    assert Location.objects.count() == 0


def test_inside_another_transaction_the_outermost_tries_again(committed_town: Tenant) -> None:
    inner = Work(DEADLOCK, 1)
    assert with_retries(with_retries(inner.__call__))() == "done"
    assert inner.tried == 2
    with pytest.raises(DatabaseError) as refused, transaction.atomic():
        with_retries(Work(DEADLOCK, 1).__call__)()
    assert not isinstance(refused.value, BookingError)
