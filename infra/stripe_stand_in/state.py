"""Everything the stand-in remembers: objects by account, answers by idempotency key, events, its own clock.

Not here: sending events (``webhooks``), the rules of single objects.
"""

import json
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from infra.stripe_stand_in.errors import missing

Json = dict[str, Any]
PLATFORM = ""  # the namespace of what belongs to the platform itself


@dataclass
class State:
    """One Stripe. ``lock`` is held while a request is answered; ``offset`` moves the clock in tests."""

    folder: Path | None = None
    base: str = ""
    objects: dict[str, Json] = field(default_factory=dict)  # "account/id" -> object
    replies: dict[str, Json] = field(default_factory=dict)  # "account/key" -> request and answer
    events: list[Json] = field(default_factory=list)
    links: dict[str, Json] = field(default_factory=dict)  # token of an account link -> what it leads to
    offset: int = 0
    lock: threading.RLock = field(default_factory=threading.RLock)
    on_event: list[Callable[[Json], None]] = field(default_factory=list)

    def now(self) -> int:
        """Seconds since 1970 by the stand-in's clock."""
        return int(time.time()) + self.offset

    def add(self, account: str, made: Json) -> Json:
        """Keep a new object in the namespace of ``account``."""
        self.objects[f"{account}/{made['id']}"] = made
        return made

    def find(self, account: str, kind: str, name: str) -> Json:
        """The object of this kind. Raises StandInError 404 where this account has none."""
        found = self.objects.get(f"{account}/{name}")
        if found is None or found["object"] != kind:
            raise missing(kind.replace(".", " "), name)
        return found

    def of_kind(self, kind: str) -> list[tuple[str, Json]]:
        """(account, object) of one kind, oldest first."""
        return [(key.split("/", 1)[0], made) for key, made in self.objects.items() if made["object"] == kind]

    def emit(self, account: str, kind: str, about: Json) -> Json:
        """Note that something happened, with the object as it is now; whoever delivers is told."""
        event = {
            "id": new_id("evt"),
            "object": "event",
            "api_version": "",
            "created": self.now(),
            "type": kind,
            "livemode": False,
            "pending_webhooks": 1,
            "request": {"id": None, "idempotency_key": None},
            "data": {"object": public(json.loads(json.dumps(about)))},
            **({"account": account} if account else {}),
        }
        self.events.append(event)
        for listener in self.on_event:
            listener(event)
        return event

    def save(self) -> None:
        """Write everything to the folder, where there is one."""
        if self.folder is None:
            return
        kept = {name: getattr(self, name) for name in _KEPT}
        draft = self.folder / "stripe.draft"
        draft.write_text(json.dumps(kept))
        draft.replace(self.folder / "stripe.json")

    def load(self) -> None:
        """Read what an earlier run wrote."""
        path = self.folder / "stripe.json" if self.folder else None
        if path is not None and path.exists():
            for name, value in json.loads(path.read_text()).items():
                setattr(self, name, value)


_KEPT = ("objects", "replies", "events", "links")


def new_id(prefix: str) -> str:
    """A name nobody can guess, as Stripe's look."""
    return f"{prefix}_{secrets.token_hex(12)}"


def public(value: Any) -> Any:
    """The object as it leaves: without what the stand-in notes for itself (names with an underscore)."""
    if isinstance(value, dict):
        return {name: public(one) for name, one in value.items() if not name.startswith("_")}
    return [public(one) for one in value] if isinstance(value, list) else value
