"""Routes of the operator console, on the main host below ``/betrieb/``."""

from operator_console import exchange_views, views
from operator_console.fees.urls import urlpatterns as fee_patterns
from tenants.access import OPERATOR, door

urlpatterns = [
    *fee_patterns,  # before the towns' switches, whose last part is any word
    door("betrieb/", views.town_list, name="operator_towns", schema="public", roles=OPERATOR),
    door(
        "betrieb/kommunen/<int:tenant_id>/", views.town, name="operator_town", schema="public", roles=OPERATOR
    ),
    door(
        "betrieb/kommunen/<int:tenant_id>/<str:action>/",
        views.switch_town,
        name="operator_switch",
        schema="public",
        roles=OPERATOR,
    ),
    door(
        "betrieb/anmeldungen/", views.sign_up_list, name="operator_sign_ups", schema="public", roles=OPERATOR
    ),
    door(
        "betrieb/anmeldungen/<uuid:uuid>/",
        views.sign_up,
        name="operator_sign_up",
        schema="public",
        roles=OPERATOR,
    ),
    door(
        "betrieb/satzungen/", exchange_views.shared, name="operator_shared", schema="public", roles=OPERATOR
    ),
    door(
        "betrieb/satzungen/<int:shared_id>/<str:action>/",
        exchange_views.switch_shared,
        name="operator_switch_shared",
        schema="public",
        roles=OPERATOR,
    ),
    door("betrieb/protokoll/", views.audit_log, name="operator_audit", schema="public", roles=OPERATOR),
]
