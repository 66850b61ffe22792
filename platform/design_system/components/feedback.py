"""What tells people where they stand: notices, badges, progress, empty lists, countdowns.

Not here: errors of forms (``forms``).
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from design_system.contracts import Step, TimelineEntry

register = template.Library()
Context = dict[str, object]

_TONE_OF_LEVEL = {
    "debug": "info",
    "info": "info",
    "success": "success",
    "warning": "warning",
    "error": "danger",
}
_ICON_OF_TONE = {"info": "info", "success": "success", "warning": "warning", "danger": "danger"}


@register.inclusion_tag("design_system/components/alert.html")
def ui_alert(tone: str, title: str, text: str = "", url: str = "", url_label: str = "") -> Context:
    """Print a notice. ``tone``: info, success, warning, danger. ``url`` is the next thing that works."""
    return {
        "tone": tone,
        "title": title,
        "text": text,
        "url": url,
        "url_label": url_label,
        "icon": _ICON_OF_TONE[tone],
    }


@register.simple_block_tag
def ui_notice(content: SafeString, tone: str, title: str) -> SafeString:
    """Print a notice around any content: ``{% ui_notice "info" "Titel" %}…{% endui_notice %}``."""
    return render_to_string(
        "design_system/components/alert.html",
        {"tone": tone, "title": title, "content": content, "icon": _ICON_OF_TONE[tone]},
    )


@register.inclusion_tag("design_system/components/messages.html")
def ui_messages(messages: Iterable[object] | None) -> Context:
    """Print what Django's messages framework holds, each read aloud once."""
    shown = []
    for message in messages or ():
        tone = _TONE_OF_LEVEL.get(str(getattr(message, "level_tag", "info")), "info")
        shown.append({"tone": tone, "icon": _ICON_OF_TONE[tone], "text": message})
    return {"shown": shown}


@register.inclusion_tag("design_system/components/badge.html")
def ui_badge(label: str, tone: str = "neutral", icon: str = "") -> Context:
    """Print a short state ("bestätigt"). ``tone``: neutral, info, success, warning, danger, accent."""
    return {"label": label, "tone": tone, "icon": icon}


@register.inclusion_tag("design_system/components/progress.html")
def ui_progress(value: int, maximum: int = 100, label: str = "", text: str = "") -> Context:
    """Print a progress bar with its value in words (``text``)."""
    return {"value": value, "maximum": maximum, "label": label, "text": text}


@register.inclusion_tag("design_system/components/stepper.html")
def ui_stepper(steps: Sequence[Step], title: str = "") -> Context:
    """Print where one is in a wizard; on phones and for screen readers "Schritt 2 von 8"."""
    current = next((number for number, step in enumerate(steps, 1) if step.state == "current"), len(steps))
    return {
        "steps": steps,
        "current": current,
        "count": len(steps),
        "title": title,
        "current_label": steps[current - 1].label if steps else "",
    }


@register.inclusion_tag("design_system/components/empty.html")
def ui_empty(
    title: str, text: str = "", action_label: str = "", action_url: str = "", icon: str = "inbox"
) -> Context:
    """Print that there is nothing here, and the one action that changes it."""
    return {
        "title": title,
        "text": text,
        "action_label": action_label,
        "action_url": action_url,
        "icon": icon,
    }


@register.inclusion_tag("design_system/components/skeleton.html")
def ui_skeleton(lines: int = 3) -> Context:
    """Print grey lines for content that is loading; they show after 300 ms only."""
    return {"lines": range(lines)}


@register.inclusion_tag("design_system/components/countdown.html")
def ui_countdown(until: datetime, label: str, over: str = "") -> Context:
    """Print until when something is held; scripts add the minutes left. ``over`` is said when time is up."""
    return {"until": until, "label": label, "over": over}


@register.inclusion_tag("design_system/components/timeline.html")
def ui_timeline(entries: Sequence[TimelineEntry], label: str = "") -> Context:
    """Print the life of a booking, oldest first."""
    return {"entries": entries, "label": label}
