"""Public holidays of a German state with their names.

Not here: school holidays (each town enters its own), what an ordinance makes of a holiday (``ordinance.calendar``).
"""

from collections.abc import Iterable
from datetime import date

import holidays

_LANGUAGES = {"de": "de", "en": "en_US"}


def public_holidays(state: str, years: Iterable[int], *, language: str = "de") -> dict[date, str]:
    """Day → name for these years; ``state`` is ISO 3166-2 without ``DE-``. Without a state: the nationwide ones."""
    found = holidays.country_holidays(
        "DE", subdiv=state or None, years=tuple(years), language=_LANGUAGES.get(language, "de")
    )
    return {day: str(name) for day, name in found.items()}
