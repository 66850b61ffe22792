"""Two documents side by side: what was added, removed or changed, entry by entry, in words.

Not here: taking a change over (``merging``), what it does to prices (examples and simulation).

>>> from booking_core.engines.ordinance.loading import document_from_data
>>> text = {"de": "Saal", "en": "Hall"}
>>> data = {"format": 1, "name": text, "municipality": "Musterdorf", "state": "SH",
...         "resources": [{"id": "hall", "label": text, "kind": "hall"}],
...         "rates": [{"id": "fee", "measure": "day", "price": "90"}]}
>>> old = document_from_data(data)
>>> new = document_from_data({**data, "rates": [{"id": "fee", "measure": "day", "price": "95"}]})
>>> [(one.section, one.id, str(one.kind), one.before[0].de, one.after[0].de) for one in compare(old, new)]
[('rates', 'fee', 'changed', '90,00 € je Tag', '95,00 € je Tag')]
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from booking_core.engines.ordinance.contracts import LocalizedText
from booking_core.engines.ordinance.document import Document
from booking_core.engines.ordinance.item_words import field_name, field_words, titled
from booking_core.engines.ordinance.language.model import Ordinance
from booking_core.engines.ordinance.language.vocabulary import Part

HEAD = "document"  # the section of what is no list: name, approval, what follows from silence

# The lists of a document in the order people read them.
SECTIONS: dict[str, LocalizedText] = {
    HEAD: LocalizedText("Kopf der Satzung", "Head of the ordinance"),
    "resources": LocalizedText("Räume und Geräte", "Rooms and devices"),
    "groups": LocalizedText("Nutzergruppen", "Customer groups"),
    "purposes": LocalizedText("Zwecke", "Purposes"),
    "extras": LocalizedText("Zusätze", "Extras"),
    "facts": LocalizedText("Fragen", "Questions"),
    "units": LocalizedText("Einheiten", "Units"),
    "ambiguities": LocalizedText("Auslegungen", "Readings"),
    "day_parts": LocalizedText("Tagesabschnitte", "Parts of the day"),
    "classes": LocalizedText("Klassen", "Classes"),
    "handover": LocalizedText("Übergabe", "Handover"),
    "rates": LocalizedText("Entgelte", "Rates"),
    "addons": LocalizedText("Zuschläge und Leistungen", "Services and add-ons"),
    "adjustments": LocalizedText("Auf- und Abschläge", "Surcharges and discounts"),
    "caps": LocalizedText("Mindest- und Höchstbeträge", "Least and greatest amounts"),
    "exemptions": LocalizedText("Befreiungen", "Exemptions"),
    "deposit": LocalizedText("Kautionen", "Deposits"),
    "tax": LocalizedText("Umsatzsteuer", "Value added tax"),
    "limits": LocalizedText("Nutzungsregeln", "Rules of use"),
    "cancellation": LocalizedText("Absagen", "Cancellations"),
    "payment": LocalizedText("Zahlung", "Payment"),
    "accounts": LocalizedText("Guthaben", "Balances"),
    "examples": LocalizedText("Beispiele", "Examples"),
}
_LONGEST_VALUE = 120


class ChangeKind(StrEnum):
    """What happened to an entry."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """One entry that differs. ``before`` and ``after`` hold only what is not the same on both sides."""

    section: str
    id: str
    kind: ChangeKind
    title: LocalizedText
    before: tuple[LocalizedText, ...] = ()
    after: tuple[LocalizedText, ...] = ()
    paragraph: str = ""

    @property
    def section_label(self) -> LocalizedText:
        """The section's name for people."""
        return SECTIONS[self.section]


def compare(old: Document, new: Document) -> tuple[Change, ...]:
    """List what differs from ``old`` to ``new``, section by section; the order of entries counts for nothing."""
    changes = list(_head(old, new))
    for section in SECTIONS:
        if section == HEAD:
            continue
        before, after = entries(old, section), entries(new, section)
        for name in dict.fromkeys((*after, *before)):
            change = _change(section, name, (old, before.get(name)), (new, after.get(name)))
            if change is not None:
                changes.append(change)
    return tuple(changes)


def entries(document: Document, section: str) -> dict[str, Part]:
    """The entries of one list of the document by id, in its order."""
    return {entry.id: entry for entry in getattr(document.content, section)}


def plain_values(part: Part) -> dict[str, Any]:
    """The part as plain values; a default counts the same whether it is written down or not."""
    return part.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def head_fields() -> tuple[str, ...]:
    """The fields of a document that are no list of entries; the language's own version number is none of them."""
    return tuple(field for field in Ordinance.model_fields if field not in SECTIONS and field != "format")


Side = tuple[Document, Part | None]


def _head(old: Document, new: Document) -> Iterator[Change]:
    left, right = plain_values(old.content), plain_values(new.content)
    for field in head_fields():
        if left.get(field) != right.get(field):
            before, after = _differing(old, new, old.content, new.content, field)
            kind = _kind(field in left, field in right)
            yield Change(HEAD, field, kind, field_name(field), before, after)


def _kind(was: bool, is_now: bool) -> ChangeKind:
    if was and is_now:
        return ChangeKind.CHANGED
    return ChangeKind.REMOVED if was else ChangeKind.ADDED


def _change(section: str, name: str, old: Side, new: Side) -> Change | None:
    (old_document, was), (new_document, now) = old, new
    shown = now or was
    if shown is None or (was is not None and now is not None and plain_values(was) == plain_values(now)):
        return None
    before: list[LocalizedText] = []
    after: list[LocalizedText] = []
    for field in _fields(was, now):
        left, right = _differing(old_document, new_document, was, now, field)
        before.extend(left)
        after.extend(right)
    return Change(
        section=section,
        id=name,
        kind=_kind(was is not None, now is not None),
        title=titled(shown, name),
        before=tuple(before),
        after=tuple(after),
        paragraph=getattr(shown, "paragraph", ""),
    )


def _fields(was: Part | None, now: Part | None) -> list[str]:
    left = plain_values(was) if was is not None else {}
    right = plain_values(now) if now is not None else {}
    return [
        field
        for field in dict.fromkeys((*left, *right))
        if field != "id" and left.get(field) != right.get(field)
    ]


Lines = tuple[LocalizedText, ...]


def _differing(
    old: Document, new: Document, was: Part | None, now: Part | None, field: str
) -> tuple[Lines, Lines]:
    """The field's sentences on both sides without those that are equal; plain values where words say too little."""
    left = field_words(old.rulebook.words, was, field) if was is not None else ()
    right = field_words(new.rulebook.words, now, field) if now is not None else ()
    before = tuple(one for one in left if one not in right)
    after = tuple(one for one in right if one not in left)
    if before or after:
        return before, after
    old_value = plain_values(was).get(field) if was is not None else None
    new_value = plain_values(now).get(field) if now is not None else None
    return _plain(field, old_value, new_value)


def _plain(field: str, old: object, new: object) -> tuple[Lines, Lines]:
    left, right = dict(_leaves(old, field)), dict(_leaves(new, field))
    before = tuple(_leaf(path, value) for path, value in left.items() if right.get(path) != value)
    after = tuple(_leaf(path, value) for path, value in right.items() if left.get(path) != value)
    return before, after


def _leaves(value: object, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _leaves(inner, f"{path}.{key}")
    elif (
        isinstance(value, Sequence)
        and not isinstance(value, str)
        and any(isinstance(v, Mapping) for v in value)
    ):
        for index, inner in enumerate(value, start=1):
            yield from _leaves(inner, f"{path}.{index}")
    elif isinstance(value, Sequence) and not isinstance(value, str):
        yield path, ", ".join(str(inner) for inner in value)
    elif value is not None:
        yield path, str(value)


def _leaf(path: str, value: str) -> LocalizedText:
    shown = value if len(value) <= _LONGEST_VALUE else f"{value[:_LONGEST_VALUE]}…"
    name, _dot, rest = path.partition(".")
    said = field_name(name)
    rest = f" ({rest})" if rest else ""
    return LocalizedText(f"{said.de}{rest}: {shown}", f"{said.en}{rest}: {shown}")
