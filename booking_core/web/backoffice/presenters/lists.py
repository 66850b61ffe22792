"""A list page in values: heading, actions, search, table, pages. One template prints them all.

Not here: the rows of single lists (one presenter per page).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from design_system.contracts import Table


@dataclass(frozen=True, slots=True)
class Action:
    """A way on from a list or a thing: a link that looks like a button."""

    label: str
    url: str
    icon: str = ""
    kind: str = "secondary"


@dataclass(frozen=True, slots=True)
class Empty:
    """What an empty list says, and the one action that fills it."""

    title: str
    text: str = ""
    action: Action | None = None
    icon: str = "inbox"


@dataclass(frozen=True, slots=True)
class ListPage:
    """Everything ``backoffice/list_page.html`` prints. ``search_keeps`` stays in the address while searching."""

    title: str
    table: Table
    lead: str = ""
    actions: Sequence[Action] = ()
    empty: Empty | None = None
    search_label: str = ""
    search_text: str = ""
    search_keeps: Sequence[tuple[str, str]] = ()
