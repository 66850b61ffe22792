"""Routes of ``tenants``: on a town's host (``config.urls_tenant``) and on the main host (``config.urls_public``)."""

from tenants import views
from tenants.access import EVERYONE, door

tenant_patterns = [
    door("marke.css", views.brand_style, name="brand_style", schema="tenant", roles=EVERYONE),
    door("medien/marke/<str:name>", views.logo, name="logo", schema="tenant", roles=EVERYONE),
]

public_patterns = [
    door("zertifikat/", views.certificate_wanted, name="certificate_wanted", schema="public", roles=EVERYONE),
]
