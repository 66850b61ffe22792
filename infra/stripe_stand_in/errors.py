"""Refusals as Stripe words them: a status, a type, a code, a sentence and the parameter it is about."""

from typing import Any


class StandInError(Exception):
    """An error that becomes the answer of a request."""

    def __init__(
        self,
        message: str,
        *,
        status: int = 400,
        kind: str = "invalid_request_error",
        code: str = "",
        param: str = "",
    ) -> None:
        super().__init__(message)
        self.status = status
        self.body: dict[str, Any] = {"error": {"type": kind, "message": message}}
        if code:
            self.body["error"]["code"] = code
        if param:
            self.body["error"]["param"] = param


def missing(kind: str, name: str) -> StandInError:
    """No such object (in this account)."""
    return StandInError(f"No such {kind}: '{name}'", status=404, code="resource_missing", param="id")
