"""Entries of a draft in words, with the ways to change them; and places of a document in words.

Not here: forms (``forms.ordinance_editor``), tables of prices (``matrix``).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _

from booking_core.engines.ordinance.editing import Address, EntryMissing
from booking_core.engines.ordinance.entry_words import EntryWords, FieldInWords
from booking_core.engines.ordinance.field_words import field_words
from booking_core.engines.ordinance.language.model import Ordinance
from booking_core.engines.ordinance.language.vocabulary import Part
from booking_core.web.backoffice.forms.ordinance_editor.entries import CHARGES, INNER
from booking_core.web.backoffice.presenters.lists import Action
from booking_core.web.backoffice.presenters.ordinance_editor.sections import (
    SECTION_OF,
    ListWords,
    list_words,
    section_url,
)
from booking_core.web.backoffice.presenters.quotes import in_words
from design_system.contracts import NavItem

_SHOWN_AS_NAME = frozenset({"id", "label", "text", "question"})


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry of a list: what it is called, what it says, and where to change it."""

    name: str
    url: str
    words: list[tuple[str, str]]
    delete_url: str
    move_url: str
    is_first: bool
    is_last: bool
    anchor: str
    tables: Sequence[object] = ()


@dataclass(frozen=True, slots=True)
class ListView:
    """One list of a section."""

    key: str
    title: str
    lead: str
    rows: list[EntryRow]
    adds: list[Action]
    add: str = ""


def entry_url(version_id: int, address: Address, page: str = "entry") -> str:
    """The address of a page about an entry: entry, delete, move, text."""
    args: list[object] = [version_id, address.listed, address.id]
    if address.inner:
        return reverse(f"backoffice_draft_row_{page}", args=[*args, address.row])
    return reverse(f"backoffice_draft_{page}", args=args)


def list_view(
    version_id: int,
    content: Ordinance,
    listed: ListWords,
    tables: Mapping[str, Sequence[object]] | None = None,
) -> ListView:
    """A list with its entries in words; ``tables`` are price tables by entry."""
    words, entries = EntryWords(content), getattr(content, listed.key)
    return ListView(
        listed.key,
        str(listed.title),
        str(listed.lead),
        [
            with_tables(
                entry_row(version_id, words, Address(listed.key, entry.id), entry, place, len(entries)),
                (tables or {}).get(entry.id, ()),
            )
            for place, entry in enumerate(entries)
        ],
        add_actions(version_id, listed),
        str(listed.add) if listed.key in CHARGES else "",
    )


def with_tables(row: EntryRow, tables: Sequence[object]) -> EntryRow:
    """The entry with its price tables; what they show is not said again."""
    said = {in_words(field_words(name)) for name in ("cells", "price")} if tables else set()
    return replace(row, tables=tables, words=[one for one in row.words if one[0] not in said])


def entry_row(
    version_id: int, words: EntryWords, address: Address, entry: Part, place: int, count: int
) -> EntryRow:
    """One entry with its words and links."""
    return EntryRow(
        name=in_words(words.name(entry)) if address.inner != "cells" else cell_name(words, entry),
        url=entry_url(version_id, address),
        words=fields_in_words(words.fields(entry, without=_SHOWN_AS_NAME))
        if address.inner != "cells"
        else [],
        delete_url=entry_url(version_id, address, "delete"),
        move_url=entry_url(version_id, address, "move"),
        is_first=place == 0,
        is_last=place == count - 1,
        anchor=f"eintrag-{address.id}" if not address.inner else f"zeile-{address.row}",
    )


def cell_name(words: EntryWords, cell: Part) -> str:
    """What a row of a price table is called: its condition and price."""
    return in_words(words.value("cells", cell))


def add_actions(version_id: int, listed: ListWords) -> list[Action]:
    """Ways to add an entry; something that costs is added by the way it is priced."""
    url = reverse("backoffice_draft_new", args=[version_id, listed.key])
    if listed.key not in CHARGES:
        return [Action(str(listed.add), url, "plus")]
    kinds = (("price", _("mit einem Preis")), ("cells", _("als Preistabelle")), ("steps", _("mit Stufen")),
             ("bands", _("als Staffel")), ("unpublished", _("ohne bekannten Betrag")))  # fmt: skip
    return [Action(words, f"{url}?art={kind}", "plus", "tertiary") for kind, words in kinds]


def inner_list(version_id: int, content: Ordinance, address: Address, entry: Part) -> ListView | None:
    """The rows inside an entry: prices of a table, values of a class."""
    inner = INNER.get(address.listed)
    rows = getattr(entry, inner) if inner else None
    if inner is None or rows is None:
        return None
    words = EntryWords(content)
    new = reverse("backoffice_draft_row_new", args=[version_id, address.listed, address.id])
    titles = {"cells": (_("Zeilen der Preistabelle"), _("Die genaueste Zeile zählt."), _("Zeile ergänzen")),
              "values": (_("Klassen"), _("Die erste passende zählt."), _("Klasse ergänzen"))}  # fmt: skip
    title, lead, add = titles[inner]
    return ListView(
        inner, title, lead,
        [entry_row(version_id, words, Address(address.listed, address.id, inner, place), row, place, len(rows))
         for place, row in enumerate(rows)],
        [Action(add, new, "plus")],
    )  # fmt: skip


def fields_in_words(fields: Sequence[FieldInWords]) -> list[tuple[str, str]]:
    """Label and text of each field that says something."""
    return [(in_words(one.label), in_words(one.text)) for one in fields if one.text.de]


def name_of(content: Ordinance, address: Address) -> str:
    """What the entry is called. Raises EntryMissing."""
    found = next((one for one in getattr(content, address.listed) if one.id == address.id), None)
    rows = getattr(found, address.inner, None) if address.inner else None
    if found is None or (address.inner and (rows is None or not 0 <= address.row < len(rows))):
        raise EntryMissing(address.id)
    words = EntryWords(content)
    if rows is not None:
        part = rows[address.row]
        return cell_name(words, part) if address.inner == "cells" else in_words(words.name(part))
    return in_words(words.name(found))


def kind_tabs(url: str, address: Address, kind: str) -> list[NavItem]:
    """The ways an entry can be priced, as links to the same form; empty where it has no price."""
    if address.listed not in CHARGES or address.inner == "values":
        return []
    kinds = [("price", _("ein Preis")), ("steps", _("Stufen")), ("bands", _("Staffel")), ("cells", _("Preistabelle")),
             ("unpublished", _("Betrag nicht bekannt"))]  # fmt: skip
    return [
        NavItem(label, f"{url}?art={one}", one == kind)
        for one, label in kinds
        if one != "cells" or not address.inner
    ]


def kept_in_words(content: Ordinance, entry: Part) -> list[tuple[str, str]]:
    """The whole entry in words, for the page that edits it."""
    return fields_in_words(EntryWords(content).fields(entry))


def place_in_words(
    version_id: int, content: Ordinance, path: tuple[str | int, ...]
) -> tuple[str, str]:  # fmt: skip
    """What stands at a path, and the page that changes it: "Was kostet es? › Großer Saal › Gruppe"."""
    head = str(path[0]) if path else ""
    section = SECTION_OF.get(head)
    if section is None:
        return in_words(field_words(head)), section_url(version_id, "grundlagen")
    listed = list_words(head)
    steps = [str(section.title if len(section.lists) == 1 or listed is None else listed.title)]
    url = section_url(version_id, section.slug)
    entries = getattr(content, head)
    number = path[1] if len(path) > 1 else None
    if isinstance(number, int) and number < len(entries):
        steps.append(in_words(EntryWords(content).name(entries[number])))
        url = entry_url(version_id, Address(head, entries[number].id))
    steps += [in_words(field_words(str(step))) for step in path[2:] if isinstance(step, str)][:1]
    return " › ".join(steps), url
