"""The groups of all ordinances of the town, for lists and choices.

Not here: which group a booking has (the booking itself says so).
"""

from booking_core.ordinances.queries import ordinances_list, stored_version
from booking_core.web.backoffice.presenters.quotes import in_words


def group_labels() -> dict[str, str]:
    """Group id → label, from the newest version of each ordinance; the first ordinance wins."""
    labels: dict[str, str] = {}
    for ordinance in ordinances_list():
        if not ordinance.versions:
            continue
        for group in stored_version(ordinance.versions[0].id).document.groups:
            labels.setdefault(group.id, in_words(group.label))
    return labels
