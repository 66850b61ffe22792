"""The public calculator for pages of other rooms of the main host, such as its front page.

Not here: the calculator's own page (``views.catalogue``).
"""

from django import template
from django.utils import timezone

from partnership.public_calculator import first_calculator

register = template.Library()


@register.inclusion_tag("partnership/parts/public_calculator.html")
def public_calculator() -> dict[str, object]:
    """Print the calculator with the case it starts with; nothing where no ordinance is known."""
    return {"calculator": first_calculator(now=timezone.now())}
