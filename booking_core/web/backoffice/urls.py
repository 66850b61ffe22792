"""Routes of the back office; ``config.urls_tenant`` includes them. Every one names who may come in.

Subjects with many pages have a module of their own in ``routes``.
Not here: rights over single things (``identity.access``).
"""

from typing import Any

from django.urls import URLPattern
from django.views.decorators.http import require_POST, require_safe

from booking_core.web.backoffice import roles
from booking_core.web.backoffice.doors import office_door
from booking_core.web.backoffice.routes import (
    domains,
    finance,
    handover,
    ordinance_editor,
    payments,
    plans,
    series,
    treasury,
)
from booking_core.web.backoffice.routes import settlements as settlement_routes
from booking_core.web.backoffice.routes import simulations as simulation_routes
from booking_core.web.backoffice.views import (
    api_keys,
    audit,
    booking,
    booking_cancel,
    booking_scope,
    bookings,
    calculator,
    catalogue,
    closures,
    inbox,
    messages,
    new_booking,
    ordinances,
    parties,
    resource_parts,
    settings,
    team,
    today,
    upkeep,
)


def owner_doors(kind: str, route: str) -> list[URLPattern]:
    """Hours and photos: the same pages for a location and for a resource."""

    def page(view: Any) -> Any:
        return lambda request, owner_id: view(request, kind, owner_id)

    base = f"{route}<int:owner_id>/"
    edit = roles.EDIT_CATALOGUE
    return [
        office_door(f"{base}oeffnungszeiten/", page(upkeep.hours), f"{kind}_hours", edit),
        office_door(
            f"{base}oeffnungszeiten/loeschen/",
            require_POST(page(upkeep.special_day_delete)),
            f"{kind}_special_day_delete",
            edit,
        ),
        office_door(f"{base}fotos/", page(upkeep.photos), f"{kind}_photos", edit),
        office_door(
            f"{base}fotos/aendern/", require_POST(page(upkeep.photo_change)), f"{kind}_photo_change", edit
        ),
    ]


_daily = [
    office_door("", require_safe(today.today), "today", roles.EVERY_STAFF),
    office_door("eingang/", require_safe(inbox.inbox_list), "inbox", roles.SEE_INBOX),
    office_door("eingang/<uuid:uuid>/", require_safe(inbox.inbox_request), "inbox_request", roles.SEE_INBOX),
    office_door("eingang/<uuid:uuid>/bestaetigen/", require_POST(inbox.confirm), "confirm", roles.DECIDE),
    office_door("eingang/<uuid:uuid>/ablehnen/", require_POST(inbox.decline), "decline", roles.DECIDE),
    office_door("eingang/<uuid:uuid>/rueckfrage/", require_POST(inbox.ask), "ask", roles.DECIDE),
    office_door("buchungen/", require_safe(bookings.bookings), "bookings", roles.SEE_BOOKINGS),
    office_door(
        "buchungen/buchungen.csv", require_safe(bookings.bookings_as_csv), "bookings_csv", roles.SEE_BOOKINGS
    ),
    office_door("buchungen/neu/", new_booking.new_booking, "booking_new", roles.DECIDE),
    office_door("buchungen/<uuid:uuid>/", require_safe(booking.booking), "booking", roles.EVERY_STAFF),
    office_door("buchungen/<uuid:uuid>/notiz/", require_POST(booking.note), "booking_note", roles.NOTE),
    office_door(
        "buchungen/<uuid:uuid>/kalender.ics",
        require_safe(booking.calendar_file),
        "booking_calendar",
        roles.EVERY_STAFF,
    ),
    office_door("buchungen/<uuid:uuid>/angaben/", booking.details, "booking_details", roles.DECIDE),
    office_door("buchungen/<uuid:uuid>/umfang/", booking_scope.scope, "booking_scope", roles.DECIDE),
    office_door("buchungen/<uuid:uuid>/stornieren/", booking_cancel.cancel, "booking_cancel", roles.DECIDE),
    office_door("sperrungen/", require_safe(closures.closure_list), "closures", roles.CLOSE),
    office_door("sperrungen/neu/", closures.new_closure, "closure_new", roles.CLOSE),
    office_door("sperrungen/<uuid:uuid>/aufheben/", closures.lift, "closure_lift", roles.CLOSE),
    office_door("kunden/", require_safe(parties.party_list), "parties", roles.SEE_PARTIES),
    office_door("kunden/<uuid:uuid>/", parties.party, "party", roles.SEE_PARTIES),
    office_door(
        "kunden/<uuid:uuid>/konten/<int:user_id>/",
        require_POST(parties.party_member),
        "party_member",
        roles.EDIT_PARTIES,
    ),
    office_door("nachrichten/", require_safe(messages.outbox), "messages", roles.SEE_MESSAGES),
    office_door(
        "nachrichten/vorschau/", require_safe(messages.mail_previews), "mail_previews", roles.SEE_MESSAGES
    ),
    office_door(
        "nachrichten/vorschau/mail.html",
        require_safe(messages.mail_preview_html),
        "mail_preview_html",
        roles.SEE_MESSAGES,
    ),
    office_door("nachrichten/<uuid:uuid>/", messages.message, "message", roles.SEE_MESSAGES),
    office_door(
        "nachrichten/<uuid:uuid>/mail.html",
        require_safe(messages.message_html),
        "message_html",
        roles.SEE_MESSAGES,
    ),
]

_catalogue = [
    office_door("angebote/", require_safe(catalogue.catalogue), "catalogue", roles.SEE_CATALOGUE),
    office_door("angebote/neu/", catalogue.new_resource, "resource_new", roles.EDIT_CATALOGUE),
    office_door("angebote/<int:resource_id>/", catalogue.resource, "resource", roles.EDIT_CATALOGUE),
    office_door(
        "angebote/<int:resource_id>/teile/", resource_parts.parts, "resource_parts", roles.EDIT_CATALOGUE
    ),
    office_door(
        "angebote/<int:resource_id>/entgelt/", resource_parts.tariff, "resource_tariff", roles.EDIT_CATALOGUE
    ),
    office_door("standorte/neu/", catalogue.new_location, "location_new", roles.EDIT_CATALOGUE),
    office_door("standorte/<int:location_id>/", catalogue.location, "location", roles.EDIT_CATALOGUE),
    *owner_doors("resource", "angebote/"),
    *owner_doors("location", "standorte/"),
    office_door("ordnungen/", require_safe(ordinances.ordinances), "ordinances", roles.SEE_ORDINANCES),
    office_door(
        "ordnungen/einlesen/", ordinances.import_ordinance, "ordinance_import", roles.EDIT_ORDINANCES
    ),
    office_door("ordnungen/<int:version_id>/", ordinances.version, "version", roles.SEE_ORDINANCES),
    office_door(
        "ordnungen/<int:version_id>/ordnung.yaml",
        require_safe(ordinances.download),
        "version_yaml",
        roles.SEE_ORDINANCES,
    ),
    office_door(
        "ordnungen/<int:version_id>/veroeffentlichen/",
        ordinances.publish,
        "version_publish",
        roles.PUBLISH_ORDINANCES,
    ),
    office_door(
        "ordnungen/<int:version_id>/rechner/",
        require_safe(calculator.version_calculator),
        "version_calculator",
        roles.SEE_ORDINANCES,
    ),
    office_door("rechner/", require_safe(calculator.calculator), "calculator", roles.SEE_ORDINANCES),
]

_administration = [
    office_door("team/", require_safe(team.team), "team", roles.ADMINISTER),
    office_door("team/einladen/", team.invite, "team_invite", roles.ADMINISTER),
    office_door("team/<int:user_id>/", team.team_member, "team_member", roles.ADMINISTER),
    office_door("team/<int:user_id>/entziehen/", team.revoke, "team_revoke", roles.ADMINISTER),
    office_door("schnittstelle/", require_safe(api_keys.keys), "api_keys", roles.ADMINISTER),
    office_door("schnittstelle/neu/", api_keys.new_key, "api_key_new", roles.ADMINISTER),
    office_door("schnittstelle/<int:key_id>/", api_keys.change_key, "api_key", roles.ADMINISTER),
    office_door(
        "schnittstelle/<int:key_id>/sperren/", api_keys.revoke_key, "api_key_revoke", roles.ADMINISTER
    ),
    office_door("einstellungen/", require_safe(settings.start), "settings", roles.ADMINISTER),
    office_door("einstellungen/anmeldedienst/", settings.login_settings, "settings_login", roles.ADMINISTER),
    office_door("einstellungen/<slug:topic>/", settings.settings_topic, "settings_topic", roles.ADMINISTER),
    office_door("protokoll/", require_safe(audit.audit_log), "audit", roles.ADMINISTER),
]

urlpatterns: list[Any] = [
    *_daily,
    *plans.urlpatterns,
    *series.urlpatterns,
    *settlement_routes.urlpatterns,
    *simulation_routes.urlpatterns,
    *_catalogue,
    *ordinance_editor.urlpatterns,
    *treasury.urlpatterns,
    *handover.urlpatterns,
    *payments.urlpatterns,
    *finance.urlpatterns,
    *domains.urlpatterns,
    *_administration,
]
