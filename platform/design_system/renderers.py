"""Makes ``{{ form }}`` and ``{{ field }}`` come out in our markup, wherever they are printed.

Not here: the markup itself (``templates/design_system/forms``).
"""

from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest

_OURS = "design_system/forms/widgets"
_INPUTS = ("text", "email", "number", "password", "url", "tel", "search", "date", "datetime", "time", "color")
_TEMPLATES = {
    **{f"django/forms/widgets/{kind}.html": f"{_OURS}/input.html" for kind in _INPUTS},
    "django/forms/widgets/textarea.html": f"{_OURS}/textarea.html",
    "django/forms/widgets/select.html": f"{_OURS}/select.html",
    "django/forms/widgets/checkbox.html": f"{_OURS}/checkbox.html",
    "django/forms/widgets/radio.html": f"{_OURS}/options.html",
    "django/forms/widgets/checkbox_select.html": f"{_OURS}/options.html",
    "django/forms/widgets/multiwidget.html": f"{_OURS}/multi.html",
    "django/forms/widgets/splitdatetime.html": f"{_OURS}/multi.html",
    "django/forms/widgets/select_date.html": f"{_OURS}/multi.html",
    "django/forms/widgets/file.html": f"{_OURS}/file.html",
    "django/forms/widgets/clearable_file_input.html": f"{_OURS}/file.html",
    "django/forms/errors/list/ul.html": "design_system/forms/non_field_errors.html",
}


class FormRenderer(DjangoTemplates):
    """The project's ``FORM_RENDERER``; needs no ``django.forms`` among the installed apps."""

    form_template_name = "design_system/forms/fields.html"
    formset_template_name = "design_system/forms/formset.html"
    field_template_name = "design_system/forms/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        """Render ``template_name``, or ours in its place."""
        return super().render(_TEMPLATES.get(template_name, template_name), context, request)
