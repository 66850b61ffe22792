"""App settings of the sign-up wizard."""

from django.apps import AppConfig


class OnboardingConfig(AppConfig):
    name = "onboarding"
    verbose_name = "Anmeldung"

    def ready(self) -> None:
        """Hang our steps into every birth."""
        from onboarding.birth_steps import register_steps  # noqa: PLC0415 — models must be loaded first

        register_steps()
