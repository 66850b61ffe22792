"""Addresses that carry a wish: to the booking form, to the resource, prefilled.

Not here: absolute links for mails (``tenants.links``).
"""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.urls import reverse

from booking_core.kernel.spans import Span
from booking_core.web.citizen.forms.wall_time import wall_time_data
from tenants.standing import is_read_only


def booking_url(slug: str, span: Span | None = None, **answers: object) -> str:
    """The booking form of a resource with time and answers filled in; "" where nothing new is taken."""
    if is_read_only():
        return ""
    return with_query(reverse("booking_time", args=[slug]), span, **answers)


def resource_url(slug: str, span: Span | None = None, **answers: object) -> str:
    """The page of a resource, with the wish to come back to."""
    return with_query(reverse("resource_page", args=[slug]), span, **answers)


def with_query(path: str, span: Span | None = None, **answers: object) -> str:
    """``path`` with the wish as its query; empty answers are left out, several of one name repeated."""
    data: Mapping[str, object] = {**(wall_time_data(span) if span else {}), **answers}
    query = urlencode(
        {name: value for name, value in data.items() if value not in (None, "", ())}, doseq=True
    )
    return f"{path}?{query}" if query else path
