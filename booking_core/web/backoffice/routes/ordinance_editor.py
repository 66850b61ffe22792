"""Routes of the clerk's editor of ordinances: drafts, their sections and entries, examples, comparison, history.

Not here: list, import, publishing, download (``urls``).
"""

from typing import Any

from django.urls import URLPattern
from django.views.decorators.http import require_POST, require_safe

from booking_core.web.backoffice import roles
from booking_core.web.backoffice.doors import office_door
from booking_core.web.backoffice.views.ordinance_editor import (
    drafts,
    entries,
    examples,
    history,
    removals,
    sections,
)

_VERSION = "ordnungen/<int:version_id>/"
_DRAFT = f"{_VERSION}bearbeiten/"
_EDIT, _SEE = roles.EDIT_ORDINANCES, roles.SEE_ORDINANCES


def _both(page: str, view: Any, name: str) -> list[URLPattern]:
    """A page about an entry, and the same about a row inside one."""
    entry = f"{_DRAFT}{page}/<slug:listed>/<slug:entry_id>/"
    return [
        office_door(entry, view, f"draft_{name}", _EDIT),
        office_door(f"{entry}<int:row>/", view, f"draft_row_{name}", _EDIT),
    ]


urlpatterns = [
    office_door("ordnungen/neu/", drafts.new_ordinance, "ordinance_new", _EDIT),
    office_door(f"{_VERSION}neue-fassung/", require_POST(drafts.copy), "version_copy", _EDIT),
    office_door(f"{_VERSION}verwerfen/", drafts.discard, "draft_discard", _EDIT),
    office_door(f"{_VERSION}vergleich/", require_safe(history.compare), "version_compare", _SEE),
    office_door(f"{_VERSION}vergleich/druck/", require_safe(history.compare_on_paper), "version_paper", _SEE),
    office_door(f"{_VERSION}verlauf/", require_safe(history.history), "version_history", _SEE),
    office_door(_DRAFT, require_safe(drafts.draft), "draft", _EDIT),
    office_door(f"{_DRAFT}rechner/", require_POST(examples.case), "draft_case", _EDIT),
    office_door(f"{_DRAFT}merken/", require_POST(examples.remember), "draft_example_remember", _EDIT),
    office_door(
        f"{_DRAFT}richtig/<slug:entry_id>/", require_POST(examples.confirm), "draft_example_confirm", _EDIT
    ),
    office_door(f"{_DRAFT}neu/<slug:listed>/", entries.new_entry, "draft_new", _EDIT),
    office_door(f"{_DRAFT}neu/<slug:listed>/<slug:entry_id>/", entries.new_entry, "draft_row_new", _EDIT),
    *_both("eintrag", entries.entry, "entry"),
    *_both("loeschen", removals.delete, "delete"),
    *_both("verschieben", require_POST(removals.move), "move"),
    office_door(f"{_DRAFT}<slug:section>/", sections.section, "draft_section", _EDIT),
]
