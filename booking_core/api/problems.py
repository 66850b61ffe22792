"""Every refusal as a problem document (RFC 9457), in the caller's language.

Not here: which refusals there are (each room's ``errors``).
"""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import exceptions
from rest_framework.response import Response

from booking_core.kernel.errors import BookingError

MEDIA_TYPE = "application/problem+json"
_TYPE = "urn:biletado:problem:"
TITLES = {
    400: gettext_lazy("Nicht lesbar"),
    401: gettext_lazy("Kein gültiger Schlüssel"),
    403: gettext_lazy("Nicht erlaubt"),
    404: gettext_lazy("Nicht gefunden"),
    405: gettext_lazy("Methode nicht möglich"),
    406: gettext_lazy("Format nicht möglich"),
    409: gettext_lazy("Im Widerspruch zum Stand der Dinge"),
    413: gettext_lazy("Zu groß"),
    415: gettext_lazy("Format nicht lesbar"),
    422: gettext_lazy("Angaben nicht gültig"),
    429: gettext_lazy("Zu viele Anfragen"),
    500: gettext_lazy("Fehler bei uns"),
    503: gettext_lazy("Gerade nicht möglich"),
}


def problem_response(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler. None lets unexpected errors become a 500 (and reach Sentry)."""
    if isinstance(error, BookingError):
        return _of_domain_error(error)
    if isinstance(error, Http404):
        return _problem(404, "not-found", _("Das gibt es hier nicht."))
    if isinstance(error, PermissionDenied):
        return _problem(403, "not-allowed", _("Das dürfen Sie nicht."))
    return _of_framework_error(error) if isinstance(error, exceptions.APIException) else None


def _of_framework_error(error: exceptions.APIException) -> Response:
    if isinstance(error, exceptions.ValidationError):
        sentence = _("Die Angaben sind nicht vollständig oder nicht richtig.")
        return _problem(422, "invalid-input", sentence, {"errors": _flat(error.detail)})
    if isinstance(error, exceptions.Throttled):
        sentence = _("Zu viele Anfragen. Bitte warten Sie einen Moment.")
        response = _problem(429, "too-many-requests", sentence)
        response["Retry-After"] = str(int(getattr(error, "wait", None) or 59) + 1)
        return response
    return _problem(error.status_code, str(error.default_code).replace("_", "-"), str(error.detail))


def _of_domain_error(error: BookingError) -> Response:
    errors = [{"field": error.field, "message": str(error)}] if error.field else []
    response = _problem(error.http_status, error.code, str(error), {**error.context, "errors": errors})
    if error.http_status == 401:  # noqa: PLR2004 — the status the header belongs to
        response["WWW-Authenticate"] = 'Bearer realm="api"'
    if error.http_status == 503:  # noqa: PLR2004 — likewise
        response["Retry-After"] = "1"
    return response


def _problem(status: int, code: str, detail: str, more: Mapping[str, object] | None = None) -> Response:
    """``more`` are facts of this problem; empty ones are left out."""
    extra = {name: value for name, value in (more or {}).items() if value}
    return Response({**extra, **problem_body(status, code, detail)}, status=status, content_type=MEDIA_TYPE)


def problem_body(status: int, code: str, detail: str) -> dict[str, object]:
    """The members every problem document has: ``title`` belongs to the kind of problem, ``detail`` to this one."""
    return {
        "type": _TYPE + code,
        "title": str(TITLES.get(status, detail)),
        "status": status,
        "detail": detail,
        "code": code,
    }


def problem_words(status: int, *, is_host_known: bool = True) -> tuple[str, str]:
    """Code and sentence for a refusal of which only the status is known: no view of the interface was reached."""
    if not is_host_known:
        return "no-such-host", _("Unter dieser Adresse gibt es keine Kommune.")
    if status == 503:  # noqa: PLR2004 — what the tenant middleware answers for a town that is not open
        return "town-not-open", _(
            "Diese Kommune nimmt gerade keine Buchungen an. Bitte versuchen Sie es später."
        )
    known = {
        400: ("malformed", _("Diese Anfrage ist nicht lesbar.")),
        401: ("not-authenticated", _("Dafür brauchen Sie einen Schlüssel.")),
        403: ("not-allowed", _("Das dürfen Sie nicht.")),
        404: ("not-found", _("Das gibt es hier nicht.")),
        405: ("method-not-allowed", _("Diese Methode gibt es hier nicht.")),
        413: ("too-large", _("Das ist zu groß.")),
        429: ("too-many-requests", _("Zu viele Anfragen. Bitte warten Sie einen Moment.")),
    }
    if status in known:
        return known[status]
    if status < 500:  # noqa: PLR2004 — a refusal of the caller's, not a fault of ours
        return "refused", _("Das geht so nicht.")
    return "internal-error", _(
        "Bei uns ist ein Fehler aufgetreten. Bitte versuchen Sie es später noch einmal."
    )


def _flat(detail: Any, path: str = "") -> list[dict[str, str]]:
    """DRF's nested errors as a list of fields with sentences."""
    if isinstance(detail, dict):
        return [row for name, inner in detail.items() for row in _flat(inner, _step(path, name))]
    if isinstance(detail, list):
        rows: list[dict[str, str]] = []
        for index, inner in enumerate(detail):
            deeper = isinstance(inner, (dict, list))
            rows += _flat(inner, f"{path}[{index}]" if deeper else path)
        return rows
    return [{"field": path.removesuffix("non_field_errors").removesuffix("."), "message": str(detail)}]


def _step(path: str, name: str | int) -> str:
    """One step deeper: ``spans[0]``, ``spans[0].start``."""
    if isinstance(name, int):
        return f"{path}[{name}]"
    return f"{path}.{name}" if path else name
