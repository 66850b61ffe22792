"""The actions of the audit trail in words; an action without words is shown by its code.

Not here: writing the trail (``identity.services.audit``).
"""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "staff.roles_set": _("Rollen gesetzt"),
    "staff.invited": _("Kollegin oder Kollegen eingeladen"),
    "api_key.created": _("API-Schlüssel angelegt"),
    "api_key.revoked": _("API-Schlüssel gesperrt"),
    "party.facts_set": _("Kundendaten geprüft"),
    "settings.changed": _("Einstellungen geändert"),
    "login_provider.saved": _("Anmeldedienst geändert"),
    "location.created": _("Standort angelegt"),
    "location.changed": _("Standort geändert"),
    "resource.created": _("Angebot angelegt"),
    "resource.changed": _("Angebot geändert"),
    "closure.created": _("Sperrung angelegt"),
    "closure.deleted": _("Sperrung aufgehoben"),
    "ordinance.imported": _("Ordnung eingelesen"),
    "ordinance.published": _("Ordnung veröffentlicht"),
    "booking.confirmed": _("Buchung bestätigt"),
    "booking.declined": _("Anfrage abgelehnt"),
    "booking.cancelled": _("Buchung storniert"),
    "booking.moved": _("Buchung verschoben"),
    "message.retried": _("Nachricht erneut gesendet"),
}


def action_label(action: str) -> str:
    """The action in words."""
    return str(ACTIONS.get(action, action))
