"""Routes of the main host that everyone may use: front page, wizard, legal pages."""

from functools import partial
from typing import Any

from django.conf import settings
from django.views.i18n import set_language

from design_system.gallery import component_gallery
from onboarding.views import birth, landing, language, links, ordinance, parts, wizard
from tenants.access import EVERYONE, View, door


def _open(route: str, view: View, name: str) -> Any:
    return door(route, view, name=name, schema="public", roles=EVERYONE)


def _platform_page(page: str) -> View:
    return partial(landing.platform_page, page=page)


urlpatterns = [
    _open("", landing.landing, "landing"),
    _open("impressum/", _platform_page("imprint"), "platform_imprint"),
    _open("datenschutz/", _platform_page("privacy"), "platform_privacy"),
    _open("barrierefreiheit/", _platform_page("accessibility"), "platform_accessibility"),
    _open("vereinbarung/", landing.agreement, "agreement"),
    _open("satzungssprache/", language.language_page, "ordinance_language"),
    _open("schemas/ordinance-1.json", language.ordinance_schema, "ordinance_schema"),
    _open("sprache/", set_language, "set_language"),
    _open("anmelden/", wizard.start, "sign_up_start"),
    _open("anmelden/fortsetzen/", links.ask_for_link, "sign_up_ask_for_link"),
    _open("anmelden/<str:token>/", wizard.resume, "sign_up_resume"),
    _open("anmelden/<str:token>/pause/", wizard.pause, "sign_up_pause"),
    _open("anmelden/<str:token>/code/neu/", wizard.new_code, "sign_up_new_code"),
    _open("anmelden/<str:token>/adresse/frei/", parts.name_verdict, "sign_up_name_verdict"),
    _open("anmelden/<str:token>/aussehen/farbe/", parts.colour_verdict, "sign_up_colour_verdict"),
    _open("anmelden/<str:token>/aussehen/palette/", parts.palette, "sign_up_palette"),
    _open("anmelden/<str:token>/vorschau.css", parts.preview_style, "sign_up_style"),
    _open("anmelden/<str:token>/angebote/satzung/", ordinance.ordinance, "sign_up_ordinance"),
    _open("anmelden/<str:token>/fortschritt/", birth.birth, "sign_up_birth"),
    _open("anmelden/<str:token>/fortschritt/nochmal/", birth.retry, "sign_up_retry"),
    _open("anmelden/<str:token>/ankommen/", birth.enter, "sign_up_enter"),
    _open("anmelden/<str:token>/<slug:slug>/", wizard.question, "sign_up_step"),
]

if settings.DEMO:
    urlpatterns.append(_open("komponenten/", component_gallery, "components"))
