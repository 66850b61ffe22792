"""Run a use case as one transaction, again if the database asks for it.

Not here: locks and the writing of time (``occupy``).
"""

from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext as _

from booking_core.reservations.errors import Busy, Taken

RETRIES = 3
_NEVER_TWICE = "23P01"  # exclusion_violation: the constraint on Occupancy
_TRY_AGAIN = frozenset({"40P01", "40001", "55P03"})  # deadlock, serialization failure, lock not available
_TOO_SLOW = "57014"  # query_canceled: statement_timeout

_is_running: ContextVar[bool] = ContextVar("a use case is running", default=False)

P = ParamSpec("P")
R = TypeVar("R")


def with_retries(work: Callable[P, R]) -> Callable[P, R]:
    """Run ``work`` in one transaction. Around a use case, outermost: only then can it be run again.

    Database errors are caught outside the transaction, when everything is rolled back: a conflict that only the
    constraint saw becomes Taken; a deadlock or a lock that does not come is tried again, at most three times, then
    Busy. Inside another transaction ``work`` joins it, and what could be tried again is left to the outermost.

    ``work`` may run several times: it must not send, cache or write files before the transaction is through.
    """

    return _as_use_case(work, may_be_caught=True)


def joining(work: Callable[P, R]) -> Callable[P, R]:
    """The same, but inside another use case ``work`` fails only together with it, and costs no savepoint.

    For work whose refusals nobody catches to go on: whoever tries, cannot write any more.
    """
    return _as_use_case(work, may_be_caught=False)


def _as_use_case(work: Callable[P, R], *, may_be_caught: bool) -> Callable[P, R]:
    @wraps(work)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        is_outermost = not connection.in_atomic_block
        joins = _is_running.get() and not may_be_caught
        for attempt in range(RETRIES + 1):
            token = _is_running.set(True)
            try:
                with transaction.atomic(savepoint=not joins):
                    return work(*args, **kwargs)
            except DatabaseError as error:
                state = _sqlstate(error)
                if state == _NEVER_TWICE:
                    raise Taken(taken_sentence()) from error
                if not is_outermost or state not in {*_TRY_AGAIN, _TOO_SLOW}:
                    raise
                if state == _TOO_SLOW or attempt == RETRIES:
                    raise Busy(
                        _("Gerade buchen viele gleichzeitig. Bitte versuchen Sie es noch einmal.")
                    ) from error
            finally:
                _is_running.reset(token)
        raise AssertionError("unreachable: the last attempt returns or raises")

    return run


def taken_sentence() -> str:
    """What people read when someone was faster, in the active language."""
    return _("Diese Zeit ist inzwischen vergeben. Bitte wählen Sie eine andere.")


def _sqlstate(error: DatabaseError) -> str:
    return getattr(error.__cause__, "sqlstate", None) or ""
