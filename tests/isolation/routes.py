"""Every route of an URL configuration as one list, with an address to try it under.

Not here: what is expected of them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any
from uuid import UUID

from django.urls import URLPattern, URLResolver

from tenants.access import Access

NOBODYS_UUID = UUID("00000000-0000-4000-8000-000000000001")
_SAMPLES: dict[str, str] = {
    "IntConverter": "987654",
    "UUIDConverter": str(NOBODYS_UUID),
    "SlugConverter": "gibt-es-nicht",
    "StringConverter": "gibtesnicht",
    "PathConverter": "gibt/es/nicht",
}


@dataclass(frozen=True, slots=True)
class Route:
    """One route: its pattern as written, its name, its declaration (None where it has none), its view."""

    pattern: str
    name: str
    access: Access | None
    view: Any
    converters: tuple[tuple[str, str], ...]

    def address(self, **known: object) -> str:
        """An address this route answers; parameters are ``known`` ones by name, else things that do not exist."""
        filled = self.pattern
        for name, kind in self.converters:
            value = str(known.get(name, _SAMPLES.get(kind, "gibtesnicht")))
            filled = re.sub(rf"<(?:[a-z_]+:)?{name}>", value, filled)
            filled = re.sub(rf"\(\?P<{name}>(?:[^()]|\([^()]*\))*\)", value, filled)
        return "/" + re.sub(r"\\Z|\\|\^|\$|\?:", "", filled)

    @property
    def is_plain(self) -> bool:
        """No parameters: the address means the same in every town."""
        return not self.converters


def all_routes(urlconf: str) -> tuple[Route, ...]:
    """Every route that an URL configuration leads to, library routes included."""
    return tuple(_walk(import_module(urlconf).urlpatterns, "", ()))


def _walk(patterns: list[Any], prefix: str, converters: tuple[tuple[str, str], ...]) -> Iterator[Route]:
    for entry in patterns:
        here = prefix + str(entry.pattern)
        known = converters + tuple(
            (name, type(one).__name__) for name, one in entry.pattern.converters.items()
        )
        regex = getattr(entry.pattern, "regex", None)
        if regex is not None and not entry.pattern.converters:
            known += tuple((name, "StringConverter") for name in regex.groupindex)
        if isinstance(entry, URLResolver):
            yield from _walk(entry.url_patterns, here, known)
        elif isinstance(entry, URLPattern):
            yield Route(
                here, entry.name or "", getattr(entry.callback, "access", None), entry.callback, known
            )
