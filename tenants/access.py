"""Doors: every URL says in which schema it answers and who may come in (law 5).

Not here: who a visitor is (``booking_core.identity``) and the check itself (``config.middleware.access``).
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Literal

from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, URLResolver, path, re_path

Schema = Literal["public", "tenant", "both"]
View = Callable[..., HttpResponseBase]

EVERYONE = frozenset({"everyone"})
SIGNED_IN = frozenset({"signed_in"})
ADMINISTRATOR = frozenset({"administrator"})
CLERK = frozenset({"clerk"})
CARETAKER = frozenset({"caretaker"})
TREASURER = frozenset({"treasurer"})
READER = frozenset({"reader"})
STAFF = ADMINISTRATOR | CLERK | CARETAKER | TREASURER | READER
DECIDERS = ADMINISTRATOR | CLERK
OPERATOR = frozenset({"operator"})
API_KEY = frozenset({"api_key"})  # the view itself checks the key and its scope


@dataclass(frozen=True, slots=True)
class Access:
    """Where a route answers and which roles may use it (any one of them is enough)."""

    schema: Schema
    roles: frozenset[str]


def door(route: str, view: View, *, name: str, schema: Schema, roles: frozenset[str]) -> URLPattern:
    """Declare one route. ``roles`` is one of the sets above or a union of them."""
    return path(route, _declared(view, Access(schema, roles)), name=name)


def re_door(route: str, view: View, *, name: str, schema: Schema, roles: frozenset[str]) -> URLPattern:
    """Declare one route by regular expression."""
    return re_path(route, _declared(view, Access(schema, roles)), name=name)


def declare_all(patterns: list[Any], *, schema: Schema, roles: frozenset[str]) -> list[Any]:
    """Declare every route of a library's ``urlpatterns`` at once; routes already declared keep their own."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            declare_all(pattern.url_patterns, schema=schema, roles=roles)
        elif getattr(pattern.callback, "access", None) is None:
            pattern.callback = _declared(pattern.callback, Access(schema, roles))
    return patterns


def _declared(view: View, access: Access) -> View:
    @wraps(view)
    def declared(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    declared.access = access  # type: ignore[attr-defined]  # read by the access middleware
    return declared
