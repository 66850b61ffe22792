"""Forms: whole, by field, and the summary of what is wrong.

Not here: widgets (``design_system.widgets``), markup of fields (``templates/design_system/forms``).
"""

from django import forms, template
from django.forms.boundfield import BoundField
from django.template.context import Context as TemplateContext
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()
Context = dict[str, object]


@register.inclusion_tag("design_system/components/form.html", takes_context=True)
def ui_form(context: TemplateContext, form: forms.BaseForm, submit: str, **options: str) -> Context:
    """Print a whole form: summary of errors, fields, button.

    ``options``: ``action``, ``method`` ("post"), ``back_url``, ``back_label``, ``kind`` of the button, ``id``.
    """
    return {
        "form": form,
        "submit": submit,
        "csrf_token": context.get("csrf_token", ""),
        "method": options.get("method", "post"),
        "kind": options.get("kind", "primary"),
        **{name: options.get(name, "") for name in ("action", "back_url", "back_label", "id")},
    }


@register.simple_tag
def ui_fields(form: forms.BaseForm) -> SafeString:
    """Print the summary of errors and all fields; the ``<form>`` around them is the page's."""
    return form.render(template_name="design_system/forms/fields.html")


@register.simple_tag
def ui_field(field: BoundField) -> SafeString:
    """Print one field with label, hint and error, tied together for screen readers."""
    return field.as_field_group()


@register.inclusion_tag("design_system/components/error_summary.html")
def ui_error_summary(*all_forms: forms.BaseForm) -> Context:
    """Print what is wrong, with a link to each field; nothing when all is well."""
    found: list[tuple[str, str]] = []
    for form in all_forms:
        found += [("", str(error)) for error in form.non_field_errors()]
        for field in form:
            label = str(field.label).rstrip(" .:?!")
            found += [(target_id(field), f"{label}: {error}") for error in field.errors]
    return {"found": found}


@register.simple_tag
def ui_control(field: BoundField) -> SafeString:
    """Print the control alone; a placeholder that only repeats the label is left out, it would be read twice."""
    placeholder = str(field.field.widget.attrs.get("placeholder", "")).casefold()
    label = str(field.label).casefold()
    repeats = placeholder.startswith(label) or label.startswith(placeholder)
    return field.as_widget(attrs={"placeholder": False} if placeholder and repeats else None)


@register.simple_tag
def field_kind(field: BoundField) -> str:
    """Tell how a field is laid out: "checkbox", "group" (a fieldset) or "single"."""
    if isinstance(field.field.widget, forms.CheckboxInput):
        return "checkbox"
    return "group" if field.use_fieldset else "single"


@register.simple_tag
def ui_label_lines(label: object) -> SafeString:
    """Print the first line of a choice strong, further lines as its hint."""
    first, *further = str(label).splitlines() or [""]
    hints = format_html_join("", '<span class="b-choice-card__hint">{}</span>', ((line,) for line in further))
    return format_html('<span class="b-choice-card__title">{}</span>{}', first, hints)


def target_id(field: BoundField) -> str:
    """Where a link to this field must lead: its first control."""
    auto_id = str(field.auto_id)
    return f"{auto_id}_0" if field_kind(field) == "group" else auto_id
