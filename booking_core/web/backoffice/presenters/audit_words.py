"""The audit trail in words: actions, what they were done to, and what was noted beside them.

What has no words yet is shown by its code.

Not here: writing the trail (``identity.services.audit``).
"""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "staff.roles_set": _("Rollen gesetzt"),
    "api_key.created": _("API-Schlüssel angelegt"),
    "api_key.revoked": _("API-Schlüssel gesperrt"),
    "party.facts_set": _("Kundendaten geprüft"),
    "party.billing_set": _("Abrechnung festgelegt"),
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
    "ordinance.copied": _("Neue Fassung angelegt"),
    "ordinance.edited": _("Entwurf geändert"),
    "ordinance.draft_deleted": _("Entwurf gelöscht"),
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
    "booking.changed": _("Buchung geändert"),
    "booking.settled": _("Buchung abgerechnet"),
    "finance.profile_saved": _("Zahlung und Rechnung geändert"),
    "invoice.issued": _("Rechnung geschrieben"),
    "invoice.cancelled": _("Rechnung storniert"),
    "ledger.payment": _("Zahlung gebucht"),
    "ledger.refund": _("Erstattung gebucht"),
    "ledger.write_off": _("Betrag ausgebucht"),
    "ledger.reversed": _("Eintrag berichtigt"),
    "ledger.reminded": _("Gemahnt"),
    "ledger.deposit_in": _("Kaution erhalten"),
    "ledger.deposit_out": _("Kaution zurückgezahlt"),
    "ledger.deposit_kept": _("Kaution einbehalten"),
    "statement.imported": _("Kontoauszug geladen"),
    "statement.ignored": _("Bewegung weggelegt"),
    "message.retried": _("Nachricht erneut gesendet"),
}


SUBJECTS = {
    "api_key": _("API-Schlüssel"),
    "booking": _("Buchung"),
    "closure": _("Sperrung"),
    "invoice": _("Rechnung"),
    "statement_line": _("Bewegung auf dem Konto"),
    "location": _("Standort"),
    "login_provider": _("Anmeldedienst"),
    "message": _("Nachricht"),
    "ordinance_version": _("Fassung einer Ordnung"),
    "party": _("Kundschaft"),
    "photo": _("Bild"),
    "resource": _("Angebot"),
    "town": _("Einstellungen"),
    "unit": _("Einheit"),
    "user": _("Konto"),
}
DETAILS = {
    "cents": _("Cent"),
    "known": _("schon bekannt"),
    "new": _("neu"),
    "codes": _("Entgelt nach"),
    "customer_group": _("Gruppe"),
    "fields": _("Felder"),
    "first_on": _("Erster Tag"),
    "is_registered": _("eingetragen"),
    "is_resident": _("ortsansässig"),
    "issuer": _("Adresse"),
    "last_on": _("Letzter Tag"),
    "location_ids": _("Standorte"),
    "name": _("Name"),
    "parts": _("Teile"),
    "roles": _("Rollen"),
    "rhythm": _("Rhythmus"),
    "rows": _("Zeilen"),
    "scopes": _("Rechte"),
    "unit_ids": _("Einheiten"),
    "user_id": _("Konto"),
    "valid_from": _("gilt ab"),
}
VALUES = {
    "administrator": _("Administration"),
    "clerk": _("Sachbearbeitung"),
    "caretaker": _("Hausdienst"),
    "treasurer": _("Kasse"),
    "reader": _("Nur lesen"),
    "single": _("je Buchung"),
    "month": _("monatlich"),
    "season": _("je Saison"),
    "True": _("ja"),
    "False": _("nein"),
    "accessibility_statement": _("Erklärung zur Barrierefreiheit"),
    "auto_confirm": _("Anfragen bestätigen sich selbst"),
    "brand_colour": _("Farbe"),
    "city": _("Ort"),
    "contact_email": _("E-Mail-Adresse"),
    "contact_name": _("Ansprechperson"),
    "contact_phone": _("Telefon"),
    "guests_allowed": _("Buchen ohne Konto"),
    "imprint": _("Impressum"),
    "logo": _("Logo"),
    "official_name": _("Amtlicher Name"),
    "postal_code": _("Postleitzahl"),
    "privacy": _("Datenschutz"),
    "short_name": _("Kurzer Name"),
    "street": _("Straße und Hausnummer"),
    "tagline": _("Leitsatz"),
}


def subject_label(subject_type: str) -> str:
    """What something was done to."""
    return str(SUBJECTS.get(subject_type, subject_type))


def detail_words(name: str, value: object) -> str:
    """One note beside an entry: "Rollen: Sachbearbeitung, Kasse"; empty where there is nothing to say."""
    found = value if isinstance(value, list | tuple) else [value]
    words = ", ".join(str(VALUES.get(str(one), one)) for one in found if one not in (None, ""))
    return f"{DETAILS.get(name, name)}: {words}" if words else ""


def action_label(action: str) -> str:
    """The action in words."""
    return str(ACTIONS.get(action, action))
