"""What changes rarely in a town and is read by every page: kept in this process, under a version the town shares.

Not here: what is kept (``catalog.remembered``, ``ordinances.queries``). The version lives in the cache, whose keys
carry the town (law 3), and so do the keys here. Without a cache nothing is kept and every read asks the database.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sized
from contextlib import contextmanager
from contextvars import ContextVar
from secrets import token_hex
from threading import Lock
from typing import Generic, TypeVar

from django.core.cache import cache
from django.db import connection, transaction
from django_redis.util import CacheKey

from tenants.cache_keys import key_in
from tenants.context import current_schema

_KEY = "town-facts"
_SECONDS = 600  # how long a change may stay unseen if its writer died between commit and telling
Facts = TypeVar("Facts", bound=Sized)
_seen: ContextVar[dict[str, str] | None] = ContextVar("asked in this request already", default=None)


@contextmanager
def asking_once() -> Iterator[None]:
    """Within one request ask for a town's version, and for what else ``ask_once`` is told, once."""
    token = _seen.set({})
    try:
        yield
    finally:
        _seen.reset(token)


def ask_once(key: str, ask: Callable[[], str]) -> str:
    """What ``ask`` says, in a request only the first time; outside of one each time."""
    seen = _seen.get()
    if seen is None:
        return ask()
    if key not in seen:
        seen[key] = ask()
    return seen[key]


def forget_asked(key: str) -> None:
    """Ask anew, also in this request."""
    (_seen.get() or {}).pop(key, None)


def version_key(schema: str) -> CacheKey:
    """The cache's key of a town's version, for whoever reads it together with something else."""
    return CacheKey(key_in(schema, _KEY))


def note_version(schema: str, version: str) -> None:
    """The version in force as just read: this request need not ask again."""
    seen = _seen.get()
    if seen is not None:
        seen[schema] = version


def town_facts_changed() -> None:
    """Tell every process to read this town's facts anew: now, and again once the transaction is kept."""
    _renew()
    schema = current_schema()
    transaction.on_commit(_Renewal(schema))


class _Renewal:
    """The note that this transaction changes facts; Django drops it where the change is rolled back."""

    def __init__(self, schema: str) -> None:
        self.schema = schema

    def __call__(self) -> None:
        if current_schema() == self.schema:
            _renew()


def _renew() -> None:
    forget_asked(current_schema())
    cache.set(_KEY, token_hex(8), _SECONDS)


def _version() -> str | None:
    """The version in force; None where nothing may be kept: no cache, or a change that is not committed yet."""
    if any(isinstance(note[1], _Renewal) for note in connection.run_on_commit):
        return None
    seen, schema = _seen.get(), current_schema()
    if seen and schema in seen:
        return seen[schema]
    found: str | None = cache.get(_KEY)
    if found is None:
        cache.add(_KEY, token_hex(8), _SECONDS)
        found = cache.get(_KEY)
    if seen is not None and found is not None:
        seen[schema] = found
    return found


class TownMemory(Generic[Facts]):
    """Facts of the towns visited last, at most so many things in all. Facts are frozen: everyone gets the same."""

    def __init__(self, *, most_things: int) -> None:
        self._most_things = most_things
        self._kept: OrderedDict[tuple[str, str], tuple[str, Facts]] = OrderedDict()
        self._lock = Lock()

    def recall(self, variant: str, read: Callable[[], Facts]) -> Facts | None:
        """The town's facts, read where they are new; None where they cannot be kept, so ask for what you need.

        The version is taken before reading: a change in between makes what was read old, never the reverse.
        """
        version = _version()
        if version is None:
            return None
        key = (current_schema(), variant)
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None and kept[0] == version:
                self._kept.move_to_end(key)
                return kept[1]
        facts = read()
        self._keep(key, version, facts)
        return facts

    def _keep(self, key: tuple[str, str], version: str, facts: Facts) -> None:
        with self._lock:
            self._kept[key] = (version, facts)
            self._kept.move_to_end(key)
            things = sum(len(kept) + 1 for _, kept in self._kept.values())
            while things > self._most_things and len(self._kept) > 1:
                _, (_, dropped) = self._kept.popitem(last=False)
                things -= len(dropped) + 1
