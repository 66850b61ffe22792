"""What a resource of the interface registers: method, pattern, handler, and the class of its parameters.

Not here: the table itself (``routes``), the server (``server``).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from infra.stripe_stand_in.state import Json, State


@dataclass(frozen=True, slots=True)
class Call:
    """One request, checked. ``account`` is empty for the platform itself; ``ids`` are the pattern's groups."""

    state: State
    account: str
    params: Json
    ids: tuple[str, ...] = ()

    @property
    def now(self) -> int:
        """Seconds since 1970 by the stand-in's clock."""
        return self.state.now()


Handler = Callable[[Call], Json]


@dataclass(frozen=True, slots=True)
class Route:
    """One operation. ``params`` None: it takes none. ``pattern`` is what follows ``/v1/``, groups for ids."""

    method: str
    pattern: re.Pattern[str]
    handler: Handler
    params: type | None = None


def route(method: str, pattern: str, handler: Handler, params: Any = None) -> Route:
    """``{id}`` in ``pattern`` stands for an object's name."""
    return Route(method, re.compile("^" + pattern.replace("{id}", r"([A-Za-z0-9_]+)") + "$"), handler, params)
