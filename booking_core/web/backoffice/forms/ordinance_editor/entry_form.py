"""The form of one entry: shows its inputs in groups, writes back only what was changed.

Not here: which inputs an entry has (``entries``), storing (``ordinances.drafts``).
"""

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from booking_core.web.backoffice.forms.ordinance_editor.conditions import Group
from booking_core.web.backoffice.forms.ordinance_editor.inputs import Input

Path = tuple[str | int, ...]
_WIDEST = 5  # columns of a row that fits a line


@dataclass(frozen=True, slots=True)
class Row:
    """Fields of one row. A ``is_titled`` one shows its labels; others stand below a row of the same kind."""

    fields: list[BoundField]
    is_titled: bool


@dataclass(frozen=True, slots=True)
class Block:
    """One input on the page: its fields side by side, by themselves, or as the rows of a table."""

    layout: str
    label: str
    help: str
    fields: list[BoundField]
    rows: list[Row] = field(default_factory=list)
    id: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A group on the page. ``kept`` names the fields that only the text field for experts can change."""

    title: str
    hint: str
    blocks: list[Block]
    kept: list[str]
    is_open: bool


class EntryForm(forms.Form):
    """All inputs of one entry. ``entry_after()`` gives the changed entry after cleaning."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, groups: Sequence[Group], entry: Mapping[str, Any], drops: tuple[str, ...] = (), **options: Any
    ) -> None:  # fmt: skip
        super().__init__(*args, **options)
        self.groups, self.entry, self.drops = groups, dict(entry), drops
        self._shown: dict[tuple[str, ...], dict[str, Any]] = {}
        for one in self._inputs():
            value = value_at(self.entry, one.path)
            shown, fields = one.shown(value), one.fields(value)
            if shown is None or not _offers(fields, shown):
                continue
            self._shown[one.path] = shown
            self.fields.update(fields)
            self.initial.update(shown)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for one in self._inputs():
            if one.path in self._shown:
                for name, fault in one.faults(self._answers(cleaned, one)).items():
                    if name in self.fields and name not in self.errors:
                        self.add_error(name, str(fault))
        return cleaned

    def entry_after(self) -> dict[str, Any]:
        """The entry with the changed fields written; everything else as it was."""
        after = deepcopy(self.entry)
        for name in self.drops:
            after.pop(name, None)
        for one in self._inputs():
            if one.path not in self._shown:
                continue
            value = value_at(self.entry, one.path)
            before = one.written(self._shown[one.path], value)
            answer = one.written(self._answers(self.cleaned_data, one), value)
            if answer != before:
                set_value(after, one.path, answer)
        return after

    def show_faults(self, problems: Sequence[tuple[Path, str]], *, inside: Path) -> None:
        """Put what the language says beside the inputs it is about; what lies elsewhere above the form."""
        for path, sentence in problems:
            own = path[len(inside) :] if path[: len(inside)] == inside else None
            name = self._field_of(own) if own is not None else None
            self.add_error(name, sentence if name else f"{'.'.join(map(str, path))}: {sentence}")

    def sections(self) -> list[Section]:
        """The groups with their blocks, for the page."""
        return [self._section(group) for group in self.groups]

    def _section(self, group: Group) -> Section:
        blocks, kept, holds = [], [], False
        for one in group.inputs:
            if one.path not in self._shown:
                kept.append(str(one.label))
                continue
            block = self._block(one)
            holds = holds or value_at(self.entry, one.path) is not None
            holds = holds or any(bound.errors for bound in self._bound(one))
            blocks.append(block)
        return Section(str(group.title), str(group.hint), blocks, kept, group.is_open or holds)

    def _block(self, one: Input) -> Block:
        bound = self._bound(one)
        rows: list[Row] = []
        if one.layout == "rows":
            numbered: dict[str, list[BoundField]] = {}
            for each in bound:
                number = each.name.removeprefix(f"{one.name}-").partition("-")[0]
                numbered.setdefault(number, []).append(each)
            rows = _titled(one.name, numbered)
        return Block(one.layout, str(one.label), str(one.help), bound, rows, id=f"block-{one.name}")

    def _bound(self, one: Input) -> list[BoundField]:
        return [self[name] for name in one.fields(value_at(self.entry, one.path)) if name in self.fields]

    def _answers(self, cleaned: Mapping[str, Any], one: Input) -> dict[str, Any]:
        return {name: cleaned.get(name) for name in self._shown[one.path]}

    def _inputs(self) -> Iterator[Input]:
        for group in self.groups:
            yield from group.inputs

    def _field_of(self, path: Path) -> str | None:
        best: Input | None = None
        for one in self._inputs():
            is_near = path[: len(one.path)] == one.path
            if one.path in self._shown and is_near and (best is None or len(one.path) > len(best.path)):
                best = one
        if best is None:
            return None
        name = best.field_at(path[len(best.path) :])
        return name if name in self.fields else next(iter(best.fields(None)), None)


def _titled(name: str, numbered: Mapping[str, list[BoundField]]) -> list[Row]:
    """Rows with labels where the columns change, and on every row too long to be read as part of a table."""
    rows, before = list[Row](), list[str]()
    for number, fields in numbered.items():
        shape = [one.name.removeprefix(f"{name}-{number}") for one in fields]
        rows.append(Row(fields, is_titled=shape != before or len(fields) > _WIDEST))
        before = shape
    return rows


def _offers(fields: Mapping[str, forms.Field], shown: Mapping[str, Any]) -> bool:
    """Whether every choice that is stored is one of those offered; a form must not choose in its place."""
    for name, one in fields.items():
        if isinstance(one, forms.MultipleChoiceField):
            if not all(one.valid_value(each) for each in shown.get(name) or ()):
                return False
        elif isinstance(one, forms.ChoiceField) and shown.get(name) and not one.valid_value(shown[name]):
            return False
    return True


def value_at(entry: Mapping[str, Any], path: tuple[str, ...]) -> Any:
    """What stands at a path of an entry; None where nothing does."""
    value: Any = entry
    for step in path:
        if not isinstance(value, Mapping):
            return None
        value = value.get(step)
    return value


def set_value(entry: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    """Write (or with None take out) what stands at a path; holders that become empty go with it."""
    holders = [entry]
    for step in path[:-1]:
        holders.append(holders[-1].setdefault(step, {}))
    if value is None:
        holders[-1].pop(path[-1], None)
    else:
        holders[-1][path[-1]] = value
    for step, holder, inner in reversed(list(zip(path, holders, holders[1:], strict=False))):
        if not inner:
            holder.pop(step, None)
