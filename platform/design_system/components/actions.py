"""Things one clicks or presses: buttons, links that look like buttons, icons, key hints.

Not here: links to other pages of a list (``navigation``).
"""

from collections.abc import Sequence

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from design_system.contracts import KeyHint
from design_system.icons import icon_path

register = template.Library()

Context = dict[str, object]


@register.simple_tag
def ui_icon(name: str, label: str = "", size: str = "") -> SafeString:
    """Print an icon; without ``label`` it is decoration and silent. ``size``: "", "small", "large"."""
    css = f"b-icon b-icon--{size}" if size else "b-icon"
    if label:
        return format_html(
            '<svg class="{}" viewBox="0 0 24 24" role="img" aria-label="{}"><path d="{}"/></svg>',
            css,
            label,
            icon_path(name),
        )
    return format_html(
        '<svg class="{}" viewBox="0 0 24 24" aria-hidden="true"><path d="{}"/></svg>', css, icon_path(name)
    )


@register.inclusion_tag("design_system/components/button.html")
def ui_button(label: str, kind: str = "primary", icon: str = "", **attributes: str | bool) -> Context:
    """Print a button. ``kind``: primary, secondary, tertiary, danger; ``small=True`` for dense pages.

    Every further keyword becomes an attribute (``name``, ``value``, ``form``, ``aria_label`` …).
    """
    return {
        "label": label,
        "kind": kind,
        "icon": icon,
        **_look(attributes),
        "type": attributes.pop("type", "submit"),
        "attributes": _attributes(attributes),
    }


@register.inclusion_tag("design_system/components/link_button.html")
def ui_link_button(
    label: str, url: str, kind: str = "primary", icon: str = "", **attributes: str | bool
) -> Context:
    """Print a link that looks like a button: it goes somewhere and changes nothing."""
    return {
        "label": label,
        "url": url,
        "kind": kind,
        "icon": icon,
        **_look(attributes),
        "attributes": _attributes(attributes),
    }


@register.inclusion_tag("design_system/components/copy.html")
def ui_copy(text: str, label: str) -> Context:
    """Print ``text`` with a button that copies it; without scripts the text can be selected."""
    return {"text": text, "label": label}


@register.inclusion_tag("design_system/components/keys.html")
def ui_keys(hints: Sequence[KeyHint]) -> Context:
    """Print which keys do what on this page."""
    return {"hints": hints}


def _look(attributes: dict[str, str | bool]) -> Context:
    return {"small": attributes.pop("small", False), "block": attributes.pop("block", False)}


def _attributes(attributes: dict[str, str | bool]) -> list[tuple[str, str | bool]]:
    """Turn ``aria_label`` into ``aria-label`` and leave out what is switched off."""
    return [(key.replace("_", "-"), value) for key, value in attributes.items() if value not in (False, None)]
