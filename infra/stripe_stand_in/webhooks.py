"""Send events to the application, signed as Stripe signs them; again where it did not answer with 2xx.

``t=`` is the time, ``v1=`` the HMAC-SHA-256 of time, dot and raw body. On request every event comes twice and the
order is turned round. Not here: what an event says (``state.emit``).
"""

import contextlib
import hashlib
import hmac
import http.client
import json
import queue
import random
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from infra.stripe_stand_in.state import Json

_RETRY_SECONDS = (1, 3, 10, 30, 60)
_TIMEOUT_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where events go; empty ``url``: nowhere."""

    url: str = ""
    secret: str = ""
    host: str = ""  # the Host header, where the address alone does not resolve


@dataclass(frozen=True, slots=True)
class Delivery:
    """One signed event, ready to post."""

    body: bytes
    headers: dict[str, str]


def sign(event: Json, secret: str, *, at: int) -> Delivery:
    """The event as bytes with its signature."""
    body = json.dumps(event, indent=2).encode()
    mac = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    headers = {"Content-Type": "application/json; charset=utf-8", "Stripe-Signature": f"t={at},v1={mac}"}
    return Delivery(body, headers)


@dataclass
class Courier:
    """Delivers in a thread of its own, so that the application may ask back meanwhile."""

    connect: Endpoint
    platform: Endpoint
    twice: bool = False
    shuffled: bool = False
    _waiting: "queue.Queue[tuple[float, Json, int]]" = field(default_factory=queue.Queue)

    def start(self) -> None:
        """Deliver from now on."""
        threading.Thread(target=self._run, daemon=True).start()

    def take(self, event: Json) -> None:
        """Send an event soon (a listener of ``State``)."""
        soon = time.monotonic() + 0.2
        for _copy in range(2 if self.twice else 1):
            late = random.uniform(0, 4) if self.shuffled else 0  # noqa: S311 — disorder, no secret
            self._waiting.put((soon + late, event, 0))

    def _run(self) -> None:
        while True:
            due, event, tries = self._waiting.get()
            if due > time.monotonic():
                self._waiting.put((due, event, tries))
                time.sleep(0.05)
            elif not self._delivered(event) and tries < len(_RETRY_SECONDS):
                self._waiting.put((time.monotonic() + _RETRY_SECONDS[tries], event, tries + 1))

    def _delivered(self, event: Json) -> bool:
        endpoint = self.connect if event.get("account") else self.platform
        if not endpoint.url:
            return True
        delivery = sign(event, endpoint.secret, at=int(time.time()))
        address = urlsplit(endpoint.url)
        connection = http.client.HTTPConnection(
            address.hostname or "", address.port, timeout=_TIMEOUT_SECONDS
        )
        with contextlib.closing(connection):
            try:
                host = {"Host": endpoint.host} if endpoint.host else {}
                connection.request("POST", address.path, delivery.body, {**delivery.headers, **host})
                return connection.getresponse().status // 100 == 2  # noqa: PLR2004 — 2xx
            except (OSError, http.client.HTTPException):
                return False
