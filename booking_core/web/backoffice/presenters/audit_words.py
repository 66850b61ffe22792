"""The actions of the audit trail in words; an action without words is shown by its code.

Not here: writing the trail (``identity.services.audit``).
"""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "staff.roles_set": _("Rollen gesetzt"),
    "api_key.created": _("API-Schlüssel angelegt"),
    "api_key.revoked": _("API-Schlüssel gesperrt"),
    "party.facts_set": _("Kundendaten geprüft"),
    "party.member_confirmed": _("Mitglied bestätigt"),
    "party.member_removed": _("Mitglied entfernt"),
    "settings.changed": _("Einstellungen geändert"),
    "login_provider.saved": _("Anmeldedienst geändert"),
    "login_provider.removed": _("Anmeldedienst entfernt"),
    "location.created": _("Standort angelegt"),
    "location.changed": _("Standort geändert"),
    "resource.created": _("Angebot angelegt"),
    "resource.changed": _("Angebot geändert"),
    "resource.divided": _("Angebot geteilt"),
    "resource.claims_set": _("Einheiten zugeordnet"),
    "unit.saved": _("Einheit gespeichert"),
    "photo.added": _("Bild hinzugefügt"),
    "photo.deleted": _("Bild gelöscht"),
    "photo.described": _("Bild beschrieben"),
    "opening_hours.set": _("Öffnungszeiten geändert"),
    "special_day.saved": _("Besonderen Tag eingetragen"),
    "special_day.deleted": _("Besonderen Tag gelöscht"),
    "closure.made": _("Sperrung angelegt"),
    "closure.taken_back": _("Sperrung aufgehoben"),
    "ordinance.adopted": _("Ordnung eingelesen"),
    "ordinance.readings_chosen": _("Lesarten gewählt"),
    "ordinance.bound": _("Entgelt zugeordnet"),
    "ordinance.published": _("Ordnung veröffentlicht"),
    "ordinance.shared": _("Ordnung geteilt"),
    "ordinance.withdrawn": _("Geteilte Ordnung zurückgezogen"),
    "ordinance.change_taken": _("Änderung der Vorlage übernommen"),
    "ordinance.origin_moved": _("Änderungen der Vorlage erledigt"),
    "booking.confirmed": _("Buchung bestätigt"),
    "booking.declined": _("Anfrage abgelehnt"),
    "booking.cancelled": _("Buchung storniert"),
    "booking.moved": _("Buchung verschoben"),
    "message.retried": _("Nachricht erneut gesendet"),
}


def action_label(action: str) -> str:
    """The action in words."""
    return str(ACTIONS.get(action, action))
