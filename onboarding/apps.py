"""App settings of the sign-up wizard."""

from django.apps import AppConfig


class OnboardingConfig(AppConfig):
    name = "onboarding"
    verbose_name = "Anmeldung"
