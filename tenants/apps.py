"""App settings of the tenant registry."""

from django.apps import AppConfig


class TenantsConfig(AppConfig):
    name = "tenants"
    verbose_name = "Kommunen"

    def ready(self) -> None:
        """Fill the list of birth steps, and let workers find the tasks below ``provisioning``."""
        from tenants.provisioning import tasks  # noqa: F401, PLC0415 — models must be loaded first
        from tenants.provisioning.births import register_own_steps  # noqa: PLC0415 — as above

        register_own_steps()
