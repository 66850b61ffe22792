"""Routes of the exchange on the main host; ``config.urls_public`` includes them."""

from partnership.views import catalogue
from tenants.access import EVERYONE, door

urlpatterns = [
    door(
        "satzungen/", catalogue.shared_ordinances, name="shared_ordinances", schema="public", roles=EVERYONE
    ),
    door(
        "satzungen/<slug:slug>/",
        catalogue.shared_ordinance,
        name="shared_ordinance",
        schema="public",
        roles=EVERYONE,
    ),
    door(
        "satzungen/<slug:slug>/satzung.yaml",
        catalogue.shared_ordinance_yaml,
        name="shared_ordinance_yaml",
        schema="public",
        roles=EVERYONE,
    ),
    door("rechner/", catalogue.public_calculator, name="public_calculator", schema="public", roles=EVERYONE),
]
