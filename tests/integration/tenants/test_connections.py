"""A kept connection is trusted while its socket is quiet, and made anew when the server ended it.

Not here: the search path (``tests/isolation``).
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections

from tenants.postgresql_backend.base import DatabaseWrapper


@pytest.fixture
def kept(django_db_blocker: Any) -> Iterator[DatabaseWrapper]:
    """A connection of its own between two requests."""
    with django_db_blocker.unblock():
        wrapper: Any = connections.create_connection("default")
        wrapper.settings_dict = {**wrapper.settings_dict, "CONN_HEALTH_CHECKS": True, "CONN_MAX_AGE": 600}
        _pid(wrapper)
        _next_request(wrapper)
        try:
            yield wrapper
        finally:
            wrapper.close()


def _pid(wrapper: Any) -> int:
    with wrapper.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def _next_request(wrapper: Any) -> None:
    wrapper.close_if_unusable_or_obsolete()


def _asked(wrapper: Any, monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Each time the server is asked whether the connection works."""
    asked: list[bool] = []

    def ask() -> bool:
        asked.append(True)
        return True

    monkeypatch.setattr(wrapper, "is_usable", ask)
    return asked


def test_a_quiet_connection_is_asked_now_and_then(
    kept: DatabaseWrapper, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = _asked(kept, monkeypatch)
    first = _pid(kept)
    assert len(asked) == 1, "nothing is known of a connection that was just kept"
    for _request in range(3):
        _next_request(kept)
        assert _pid(kept) == first
    assert len(asked) == 1
    kept._asked_at -= 31
    _next_request(kept)
    _pid(kept)
    assert len(asked) == 2, "a lost network says nothing"


def test_a_connection_the_server_ended_is_made_anew(kept: DatabaseWrapper) -> None:
    """Seen red without the look at the socket: the request failed."""
    ended = _pid(kept)
    _next_request(kept)
    other: Any = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [ended])
    finally:
        other.close()
    assert _pid(kept) != ended
