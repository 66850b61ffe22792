"""The HTTP server: who asks, for which account, whether it was asked before, and the pages to click through.

Not here: what the operations do (``routes``), how pages look (``pages``).
"""

import hashlib
import http.server
import json
import threading
from typing import Any
from urllib.parse import parse_qs, urlsplit

from infra.embedded.free_port import LOOPBACK
from infra.stripe_stand_in import billing, checkout, pages, parameters
from infra.stripe_stand_in.errors import StandInError
from infra.stripe_stand_in.forms import decode
from infra.stripe_stand_in.routes import ROUTES
from infra.stripe_stand_in.routing import Call
from infra.stripe_stand_in.state import PLATFORM, Json, State, public

TICK_SECONDS = 1.0
_REPLAYED = "Idempotent-Replayed"


class StandIn(http.server.ThreadingHTTPServer):
    """One running stand-in. ``failures`` are what the next calls do: ``before`` or ``after`` the work, no answer."""

    daemon_threads = True

    def __init__(self, state: State, *, key: str, port: int = 0) -> None:
        super().__init__((LOOPBACK, port), _Door)
        self.state, self.key = state, key
        self.failures: list[str] = []
        self.calls: list[str] = []
        state.base = f"http://{LOOPBACK}:{self.server_address[1]}"

    def start(self, *, ticking: bool = True) -> None:
        """Answer from now on, in threads of its own. ``ticking``: debits and time limits run by themselves."""
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        if ticking:
            threading.Thread(target=self._tick, daemon=True).start()

    def _tick(self) -> None:
        pause = threading.Event()
        while not pause.wait(TICK_SECONDS):
            with self.state.lock:
                before = len(self.state.events)
                checkout.tick(self.state)
                billing.tick(self.state)
                if len(self.state.events) != before:
                    self.state.save()


class _Door(http.server.BaseHTTPRequestHandler):
    """One request."""

    server: StandIn
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer("GET")

    def do_POST(self) -> None:
        self._answer("POST")

    def _answer(self, method: str) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length).decode()
        address = urlsplit(self.path)
        if not address.path.startswith("/v1/"):
            self._page(method, address.path, parse_qs(body, keep_blank_values=True))
            return
        failure = self.server.failures.pop(0) if self.server.failures else ""
        if failure == "before":
            self.close_connection = True
            return
        with self.server.state.lock:
            self.server.calls.append(f"{method} {address.path[4:]}")
            status, answer, headers = self._api(method, address.path[4:], body or address.query)
            self.server.state.save()
        if failure == "after":
            self.close_connection = True
            return
        self._send(status, json.dumps(public(answer)).encode(), "application/json", headers)

    def _api(self, method: str, path: str, form: str) -> tuple[int, Json, dict[str, str]]:
        try:
            self._check_key()
            account = self._account()
            key = self.headers.get("Idempotency-Key", "") if method == "POST" else ""
            asked = hashlib.sha256(f"{method} {path} {form}".encode()).hexdigest()
            known = self.server.state.replies.get(f"{account}/{key}") if key else None
            if known is not None:
                if known["asked"] != asked:
                    raise _key_reused(key)
                return known["status"], known["answer"], {_REPLAYED: "true"}
            call, handler = self._call(method, path, form, account)
        except StandInError as error:  # nothing was tried yet: Stripe keeps no answer of these
            return error.status, error.body, {}
        try:
            status, answer = 200, handler(call)
        except StandInError as error:
            status, answer = error.status, error.body
        if key:
            kept = json.loads(json.dumps(answer))
            self.server.state.replies[f"{account}/{key}"] = {"asked": asked, "status": status, "answer": kept}
        return status, self._expanded(answer, call), {}

    def _call(self, method: str, path: str, form: str, account: str) -> tuple[Call, Any]:
        for route in ROUTES:
            found = route.pattern.match(path)
            if route.method == method and found:
                params = decode(form)
                parameters.check(params, route.params)
                return Call(self.server.state, account, params, found.groups()), route.handler
        raise StandInError(f"Unrecognized request URL ({method}: /v1/{path}).", status=404)

    def _check_key(self) -> None:
        given = self.headers.get("Authorization", "").removeprefix("Bearer ")
        if given != self.server.key:
            shown = f"{given[:8]}{'*' * 8}" if given else ""
            raise StandInError(f"Invalid API Key provided: {shown}", status=401)

    def _account(self) -> str:
        name = self.headers.get("Stripe-Account", "")
        account = self.server.state.objects.get(f"{PLATFORM}/{name}") if name else None
        if name and (account is None or account.get("is_revoked")):
            raise StandInError(
                f"The provided key does not have access to account '{name}' (or that account does not exist)."
                " Application access may have been revoked.",
                status=403,
                code="account_invalid",
            )
        return name

    def _expanded(self, answer: Json, call: Call) -> Json:
        expand = call.params.get("expand", [])
        full = dict(answer)
        for path in expand:
            _expand(full, path.split("."), self.server.state, call.account)
        return full

    def _page(self, method: str, path: str, form: dict[str, list[str]]) -> None:
        fields = {name: values[-1] for name, values in form.items()}
        with self.server.state.lock:
            page = pages.answer(self.server.state, method, path, fields)
            self.server.state.save()
        if page.location:
            self._send(303, b"", "text/html; charset=utf-8", {"Location": page.location})
        else:
            self._send(page.status, page.body.encode(), page.kind, {"Content-Security-Policy": pages.POLICY})

    def _send(self, status: int, body: bytes, kind: str, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 — the name is the base class's
        """Say nothing per request."""


def _key_reused(key: str) -> StandInError:
    return StandInError(
        "Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a"
        f" key other than '{key}' if you meant to execute a different request.",
        kind="idempotency_error",
    )


def _expand(place: Json, parts: list[str], state: State, account: str) -> None:
    inner = place.get(parts[0])
    if isinstance(inner, str):
        inner = state.objects.get(f"{account}/{inner}")
    if isinstance(inner, dict):
        place[parts[0]] = inner = dict(inner)
        if parts[1:]:
            _expand(inner, parts[1:], state, account)
