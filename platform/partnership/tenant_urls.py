"""Routes of the exchange in a town's back office; ``config.urls_tenant`` includes them."""

from django.views.decorators.http import require_POST, require_safe

from booking_core.web.backoffice import roles
from booking_core.web.backoffice.doors import office_door
from partnership.views import exchange, origins

_BASE = "ordnungen/austausch/"

urlpatterns = [
    office_door(_BASE, require_safe(exchange.exchange), "exchange", roles.SEE_ORDINANCES),
    office_door(f"{_BASE}teilen/<int:ordinance_id>/", exchange.share, "share", roles.PUBLISH_ORDINANCES),
    office_door(
        f"{_BASE}herkunft/<int:ordinance_id>/", require_safe(origins.origin), "origin", roles.SEE_ORDINANCES
    ),
    office_door(
        f"{_BASE}herkunft/<int:ordinance_id>/uebernehmen/",
        require_POST(origins.take_change),
        "origin_take",
        roles.EDIT_ORDINANCES,
    ),
    office_door(
        f"{_BASE}herkunft/<int:ordinance_id>/erledigt/",
        require_POST(origins.settle_origin),
        "origin_settle",
        roles.EDIT_ORDINANCES,
    ),
    office_door(
        f"{_BASE}<slug:slug>/", require_safe(exchange.exchange_entry), "exchange_entry", roles.SEE_ORDINANCES
    ),
    office_door(
        f"{_BASE}<slug:slug>/uebernehmen/",
        exchange.exchange_entry,
        "exchange_adopt",
        roles.EDIT_ORDINANCES,
    ),
]
