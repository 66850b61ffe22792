"""Build the database every test process copies: migrated, with the template schema and two empty towns.

Run as a program by ``tests.services``; importing it does nothing.
"""

import django

TOWNS = (("t_testtown0a", "musterstadt", "Musterstadt"), ("t_testtown0b", "nachbarort", "Nachbarort"))


def build() -> None:
    """Migrate the public schema and the template, then make two towns by the same script as everyone else."""
    from django.core.management import call_command
    from django.utils import timezone

    from tenants.models import Domain, Tenant, TenantState
    from tenants.provisioning.schema import create_schema, prepare_template

    call_command("migrate_schemas", shared=True, interactive=False, verbosity=0)
    prepare_template()
    for schema, slug, name in TOWNS:
        create_schema(schema)
        tenant = Tenant.objects.create(
            schema_name=schema, slug=slug, kind="municipality", official_name=f"Gemeinde {name}", short_name=name,
            contact_email=f"rathaus@{slug}.example", state=TenantState.LIVE, federal_state="SH",
        )  # fmt: skip
        Domain.objects.create(
            tenant=tenant, domain=f"{slug}.biletado.localhost", is_primary=True, verified_at=timezone.now()
        )


if __name__ == "__main__":
    django.setup()
    build()
