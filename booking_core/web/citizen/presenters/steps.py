"""The steps of booking, with links back to the ones that are done.

Not here: the steps themselves (``views``).
"""

from collections.abc import Mapping
from typing import Literal
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from booking_core.web.citizen.drafts import Draft
from design_system.contracts import Step
from tenants.standing import is_read_only


def booking_steps(slug: str, draft: Draft | None, *, current: int) -> list[Step]:
    """Time and price, contact, check; ``current`` counts from 0."""
    labels = (_("Zeit und Preis"), _("Ihre Angaben"), _("Prüfen und senden"))
    urls = (step_urls(slug, draft.hold_uuid)) if draft else ("", "", "")
    return [
        Step(label, _state(number, current), urls[number] if number < current else "")
        for number, label in enumerate(labels)
    ]


def step_urls(slug: str, hold: str) -> tuple[str, str, str]:
    """Where each step of this booking is reached again."""
    return (
        f"{reverse('booking_time', args=[slug])}?halten={hold}",
        reverse("booking_contact", args=[slug, hold]),
        reverse("booking_check", args=[slug, hold]),
    )


def repeat_url(slug: str, hold: str) -> str:
    """Where a held booking is made a series."""
    return reverse("booking_repeat", args=[slug, hold])


def waiting_url(slug: str, answers: Mapping[str, object]) -> str:
    """Where someone waits for a time that is taken; ``answers`` are those of the booking form. "": nowhere now."""
    if is_read_only():
        return ""
    query = urlencode({name: value for name, value in answers.items() if value not in (None, "")}, doseq=True)
    return f"{reverse('waiting_join', args=[slug])}?{query}"


def _state(number: int, current: int) -> Literal["done", "current", "coming"]:
    if number == current:
        return "current"
    return "done" if number < current else "coming"
