"""Addresses of a town's pages for citizens and clubs.

Not here: sign-in (``konto/``, django-allauth), the back office, the API.
"""

from django.urls import URLPattern
from django.views.i18n import set_language

from booking_core.web.citizen.views import (
    booking_changes,
    booking_scope,
    booking_steps,
    booking_time,
    guests,
    media,
    occupancy,
    own_bookings,
    pages,
    paying,
    payments,
    places,
    resource,
    search,
    series,
    standing,
    tariffs,
    waiting,
)
from tenants.access import EVERYONE, SIGNED_IN, View, door


def _open(route: str, view: View, name: str) -> URLPattern:
    """A door for everyone on a town's host."""
    return door(route, view, name=name, schema="tenant", roles=EVERYONE)


_OWN = "meine-buchungen/<uuid:uuid>/"
_HELD = "buchen/<slug:slug>/<uuid:hold>/"

urlpatterns = [
    _open("", places.town_home, "town_home"),
    _open("orte/<slug:slug>/", places.location_page, "location_page"),
    _open("orte/<slug:slug>/belegung/", occupancy.occupancy_page, "occupancy_page"),
    _open("orte/<slug:slug>/belegung/anzeige/", occupancy.occupancy_display, "occupancy_display"),
    _open("suche/", search.search, "search"),
    _open("entgelte/", tariffs.tariffs, "tariffs"),
    _open("raum/<slug:slug>/", resource.resource_page, "resource_page"),
    _open("buchen/<slug:slug>/", booking_time.booking_time, "booking_time"),
    _open(f"{_HELD}wiederholen/", series.booking_repeat, "booking_repeat"),
    _open(f"{_HELD}angaben/", booking_steps.booking_contact, "booking_contact"),
    _open(f"{_HELD}pruefen/", booking_steps.booking_check, "booking_check"),
    _open("gesendet/<uuid:uuid>/", booking_steps.booking_done, "booking_done"),
    _open("code/", guests.guest_code, "guest_code"),
    _open("abmelden/", guests.guest_leave, "guest_leave"),
    _open("meine-buchungen/", own_bookings.own_bookings, "own_bookings"),
    _open("buchung/<str:token>/", own_bookings.booking_link, "booking_link"),
    _open(_OWN, own_bookings.own_booking, "own_booking"),
    _open(f"{_OWN}rechnung/<uuid:invoice>.pdf", payments.booking_invoice, "booking_invoice"),
    _open(f"{_OWN}girocode/<uuid:invoice>.svg", payments.booking_girocode, "booking_girocode"),
    _open(f"{_OWN}bezahlen/", paying.booking_pay, "booking_pay"),
    _open(f"{_OWN}zahlung/<uuid:payment>/", paying.booking_payment, "booking_payment"),
    _open(f"{_OWN}kalender.ics", own_bookings.booking_calendar_file, "booking_calendar_file"),
    _open(f"{_OWN}angaben/", booking_changes.booking_details, "booking_details"),
    _open(f"{_OWN}umfang/", booking_scope.booking_scope, "booking_scope"),
    _open(f"{_OWN}verlegen/", booking_changes.booking_move, "booking_move"),
    _open(f"{_OWN}stornieren/", booking_changes.booking_cancel, "booking_cancel"),
    _open(f"{_OWN}termine/<slug:slot>/absagen/", series.own_date_cancel, "own_date_cancel"),
    _open(f"{_OWN}termine/<slug:slot>/verlegen/", series.own_date_move, "own_date_move"),
    _open(f"{_OWN}termine/<slug:slot>/aufnehmen/", series.own_date_restore, "own_date_restore"),
    _open(f"{_OWN}antworten/", booking_changes.booking_answer, "booking_answer"),
    _open(f"{_OWN}erinnerungen/", standing.own_reminders, "own_reminders"),
    _open("warteliste/eintragen/<slug:slug>/", waiting.waiting_join, "waiting_join"),
    _open("warteliste/<str:token>/", waiting.waiting_entry_page, "waiting_entry"),
    _open("termin-freigeben/<str:token>/", standing.date_release, "date_release"),
    _open("serie-bestaetigen/<str:token>/", standing.series_continue, "series_continue"),
    _open("impressum/", pages.imprint, "imprint"),
    _open("datenschutz/", pages.privacy, "privacy"),
    _open("barrierefreiheit/", pages.accessibility, "accessibility"),
    _open("sprache/", set_language, "set_language"),
    _open("medien/<path:path>", media.media, "media"),
    door("konto/", pages.account_home, name="account_home", schema="tenant", roles=SIGNED_IN),
]
