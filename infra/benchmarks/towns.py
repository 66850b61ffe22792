"""Towns for measuring: a registered, live one with an empty schema, made by the template's script.

Not here: what is in them (``fill``, ``crowd``).
"""

from django.utils import timezone

from tenants.models import Domain, Tenant, TenantState
from tenants.provisioning.schema import create_schema


def make_town(slug: str, schema: str, *, name: str) -> Tenant:
    """The town with this slug, made unless it is there."""
    known: Tenant | None = Tenant.objects.filter(slug=slug).first()
    if known is not None:
        return known
    create_schema(schema)
    tenant: Tenant = Tenant.objects.create(
        schema_name=schema, slug=slug, kind="municipality", official_name=f"Stadt {name} (erfunden)", short_name=name,
        contact_email=f"rathaus@{slug}.example", state=TenantState.LIVE, federal_state="SH",
    )  # fmt: skip
    Domain.objects.create(
        tenant=tenant, domain=f"{slug}.biletado.localhost", is_primary=True, verified_at=timezone.now()
    )
    return tenant
