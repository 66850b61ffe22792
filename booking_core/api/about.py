"""The page for people who want to connect their software: what there is, how to ask, one example to try.

Not here: the OpenAPI document (``v1.document``).
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from booking_core.identity.api_keys import SCOPES
from design_system.contracts import Column, Table
from tenants.links import tenant_url

_WRITE_EXAMPLE = (
    'curl %s -H "Authorization: Bearer $SCHLUESSEL" -H "Idempotency-Key: meine-erste-buchung"'
    ' -H "Content-Type: application/json" -d @buchung.json'
)


def about(request: HttpRequest) -> HttpResponse:
    """Explain the interface of this town."""
    context = {
        "document_url": reverse("api_openapi"),
        "read_example": f"curl {tenant_url('api_resources')}",
        "write_example": _WRITE_EXAMPLE % tenant_url("api_bookings"),
        "calls": _calls(),
        "scopes": _scopes(),
        "limits": settings.API_LIMITS_PER_MINUTE,
    }
    return render(request, "api/about.html", context)


def _calls() -> Table:
    rows = [
        (_("Alle Angebote"), "GET /api/v1/resources/", _("nein")),
        (_("Freie Zeiten eines Angebots"), "GET /api/v1/resources/<uuid>/free-times/", _("nein")),
        (_("Preis berechnen"), "POST /api/v1/quotes/", _("nein")),
        (_("Buchungen auflisten"), "GET /api/v1/bookings/", "bookings.read"),
        (_("Buchung anlegen"), "POST /api/v1/bookings/", "bookings.write"),
        (_("Stornieren"), "POST /api/v1/bookings/<uuid>/cancel/", "bookings.write"),
    ]
    columns = [Column(_("Wofür")), Column(_("Aufruf")), Column(_("Schlüssel mit Recht"))]
    return Table(_("Die wichtigsten Aufrufe"), columns, [list(row) for row in rows], is_stacked=True)


def _scopes() -> Table:
    rows = [[name, str(label)] for name, label in SCOPES.items()]
    return Table(
        _("Rechte eines Schlüssels"), [Column(_("Recht")), Column(_("Erlaubt"))], rows, is_stacked=True
    )
