"""App settings of the partnership."""

from django.apps import AppConfig


class PartnershipConfig(AppConfig):
    name = "partnership"
    verbose_name = "Austausch"

    def ready(self) -> None:
        """What a town shares stays current: every publication is looked at."""
        from booking_core.ordinances.publications import follow_publications  # noqa: PLC0415 — models first
        from partnership.sharing import follow_publication  # noqa: PLC0415

        follow_publications("partnership.exchange", follow_publication)
