"""Routes of the operators' pages about fees, below ``/betrieb/``."""

from django.urls import URLPattern

from operator_console.fees import overview_views, settings_views, town_views
from tenants.access import OPERATOR, View, door


def _door(route: str, view: View, name: str) -> URLPattern:
    return door(f"betrieb/{route}", view, name=f"operator_{name}", schema="public", roles=OPERATOR)


urlpatterns = [
    _door("beitraege/", overview_views.overview, "fees"),
    _door("beitraege/rechnungslauf/", overview_views.invoice_run, "fee_invoice_run"),
    _door("beitraege/mahnlauf/", overview_views.reminder_run, "fee_reminder_run"),
    _door("beitraege/tarife/", settings_views.plan_list, "fee_plans"),
    _door("beitraege/tarife/neu/", settings_views.new_plan, "fee_plan_new"),
    _door("beitraege/tarife/<int:plan_id>/", settings_views.plan, "fee_plan"),
    _door("beitraege/tarife/<int:plan_id>/aendern/", settings_views.edit_plan, "fee_plan_edit"),
    _door("beitraege/tarife/<int:plan_id>/preis/", settings_views.new_price, "fee_price"),
    _door("beitraege/bedingungen/", settings_views.terms, "fee_terms"),
    _door("beitraege/rechnungen/<uuid:uuid>/rechnung.pdf", overview_views.fee_pdf, "fee_pdf"),
    _door("beitraege/rechnungen/<uuid:uuid>/rechnung.xml", overview_views.fee_xml, "fee_xml"),
    _door("beitraege/rechnungen/<uuid:uuid>/<slug:step>/", town_views.invoice_step, "fee_step"),
    _door("beitraege/eintraege/<uuid:uuid>/berichtigen/", town_views.reverse_entry, "fee_reverse"),
    _door("kommunen/<int:tenant_id>/beitrag/", town_views.fee_town, "fee_town"),
    _door("kommunen/<int:tenant_id>/beitrag/probezeit/", town_views.extend_trial, "fee_trial"),
]
