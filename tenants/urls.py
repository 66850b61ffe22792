"""Routes of ``tenants`` on a town's host; ``config.urls_tenant`` includes them."""

from tenants import views
from tenants.access import EVERYONE, door

tenant_patterns = [
    door("marke.css", views.brand_style, name="brand_style", schema="tenant", roles=EVERYONE),
    door("medien/marke/<str:name>", views.logo, name="logo", schema="tenant", roles=EVERYONE),
]
