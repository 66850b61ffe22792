"""The same key and body get the first answer; errors are not remembered. The race is in tests/concurrency."""

from datetime import timedelta

import pytest

from booking_core.kernel.errors import BookingError
from booking_core.workflows import tasks
from booking_core.workflows.errors import KeyReused
from booking_core.workflows.idempotency import KEPT_FOR, answer_once
from booking_core.workflows.models import IdempotentAnswer
from tenants.models import Tenant


class Work:
    """Counts how often it is done."""

    def __init__(self, fault: BookingError | None = None) -> None:
        self.done = 0
        self.fault = fault

    def __call__(self) -> tuple[int, dict[str, object]]:
        self.done += 1
        if self.fault:
            raise self.fault
        return 201, {"number": self.done}


def test_a_repeat_gets_the_first_answer(town: Tenant) -> None:
    work = Work()

    assert answer_once("key:1", "abc", "digest", work) == (201, {"number": 1}, False)
    assert answer_once("key:1", "abc", "digest", work) == (201, {"number": 1}, True)
    assert work.done == 1


def test_keys_belong_to_their_caller(town: Tenant) -> None:
    work = Work()
    answer_once("key:1", "abc", "digest", work)
    answer_once("key:2", "abc", "digest", work)

    assert work.done == 2


def test_another_body_under_the_same_key_is_refused(town: Tenant) -> None:
    work = Work()
    answer_once("key:1", "abc", "digest", work)

    with pytest.raises(KeyReused):
        answer_once("key:1", "abc", "other", work)
    assert work.done == 1


def test_an_error_may_be_tried_again(town: Tenant) -> None:
    work = Work(BookingError("taken"))
    with pytest.raises(BookingError):
        answer_once("key:1", "abc", "digest", work)
    assert not IdempotentAnswer.objects.exists()

    work.fault = None
    assert answer_once("key:1", "abc", "digest", work)[2] is False


def _grown_old(key: str) -> None:
    row = IdempotentAnswer.objects.get(key=key)
    IdempotentAnswer.objects.filter(pk=row.pk).update(
        created_at=row.created_at - KEPT_FOR - timedelta(hours=1)
    )


def test_an_old_key_is_as_good_as_new(town: Tenant) -> None:
    work = Work()
    answer_once("key:1", "old", "digest", work)
    _grown_old("old")
    assert answer_once("key:1", "old", "another digest", work) == (201, {"number": 2}, False)
    assert answer_once("key:1", "old", "another digest", work) == (201, {"number": 2}, True)


def test_old_answers_are_forgotten(town: Tenant) -> None:
    for key in ("old", "new"):
        answer_once("key:1", key, "digest", Work())
    _grown_old("old")
    assert tasks.forget_answers.apply().get() == 1
    assert [answer.key for answer in IdempotentAnswer.objects.all()] == ["new"]
