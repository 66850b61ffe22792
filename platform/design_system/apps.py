"""Makes the design system a Django app: templates, static files, translations.

Not here: models; the app has none.
"""

from django.apps import AppConfig


class DesignSystemConfig(AppConfig):
    """An app without tables, for both the public and the tenant sites."""

    name = "design_system"
    label = "design_system"
