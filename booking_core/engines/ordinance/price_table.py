"""A resource's prices as rows of words, for its page: group × purpose → price.

Not here: prices of a concrete booking (``quoting``).
"""

from collections.abc import Iterator, Sequence

from booking_core.engines.ordinance.charging import Cell, Charge
from booking_core.engines.ordinance.contracts import NO_TEXT, LineKind, LocalizedText
from booking_core.engines.ordinance.document import Document
from booking_core.engines.ordinance.figures import filled, joined, localized
from booking_core.engines.ordinance.infos import NamedValue, PriceRow
from booking_core.engines.ordinance.language.prices import Rate
from booking_core.engines.ordinance.rulebook import condition_of

_FREE = LocalizedText("gebührenfrei", "free of charge")


def price_table(document: Document, resource: str) -> tuple[PriceRow, ...]:
    """List what the resource costs, in the document's order of rules; readings not in force are left out."""
    rows: dict[tuple[object, ...], PriceRow] = {}
    for charge in document.rulebook.rates:
        for cell in charge.cells:
            if _is_about(document, charge, cell, resource):
                for row in _rows(document, charge, cell):
                    rows.setdefault((row.group, row.purpose, row.price, row.note), row)
    for exempt_row in _exempt_rows(document, resource):
        rows.setdefault((exempt_row.group, exempt_row.purpose, exempt_row.price, exempt_row.note), exempt_row)
    return tuple(rows.values())


def _exempt_rows(document: Document, resource: str) -> Iterator[PriceRow]:
    """Who pays no rate for the resource."""
    words = document.rulebook.words
    for entry in document.rulebook.exemptions:
        when = entry.rule.when
        named = when.resource or when.uses
        if not entry.scope.includes(LineKind.RATE, "") or (named is not None and resource not in named):
            continue
        note = words.condition(when, without=("group", "purpose", "resource", "uses"))
        for group in _entries(document.groups, when.group):
            for purpose in _entries(document.purposes, when.purpose):
                yield PriceRow(entry.rule.id, group, purpose, _FREE, note, entry.rule.paragraph)


def _is_about(document: Document, charge: Charge, cell: Cell, resource: str) -> bool:
    named = _named(cell, charge, "resource") or _named(cell, charge, "uses")
    if named is not None and resource not in named:
        return False
    area = _named_range(cell, charge)
    known = document.rulebook.defaults.resources.get(resource)
    if area is not None and known is not None and known.area_m2 is not None:
        scene_area = known.area_m2
        if any(not _holds(name, bound, scene_area) for name, bound in area):
            return False
    return all(
        document.rulebook.defaults.readings.get(ambiguity) in readings
        for when in (charge.rule.when, condition_of(cell))
        for ambiguity, readings in (when.reading or {}).items()
    )


def _named_range(cell: Cell, charge: Charge) -> Sequence[tuple[str, object]] | None:
    within = condition_of(cell).area_m2 or charge.rule.when.area_m2
    return None if within is None else within.bounds()


def _holds(name: str, bound: object, figure: object) -> bool:
    left, right = float(str(figure)), float(str(bound))
    return {"min": left >= right, "max": left <= right, "over": left > right, "under": left < right}[name]


def _rows(document: Document, charge: Charge, cell: Cell) -> Iterator[PriceRow]:
    words = document.rulebook.words
    unit = cell.unit or charge.unit
    note = joined(
        [
            words.condition(charge.rule.when, without=("group", "purpose", "resource", "uses")),
            words.condition(condition_of(cell), without=("group", "purpose", "resource", "uses")),
            _package(document, charge, cell),
            localized(charge.rule.note) if charge.rule.note is not None else NO_TEXT,
        ]
    )
    label = cell.label or (charge.rule.label if isinstance(charge.rule, Rate) else None)
    price = words.pricing(cell.pricing, unit)
    if label is not None and "{resource}" not in label.de:
        price = filled(
            LocalizedText("{label}: {price}", "{label}: {price}"), label=localized(label), price=price
        )
    for group in _entries(document.groups, _named(cell, charge, "group")):
        for purpose in _entries(document.purposes, _named(cell, charge, "purpose")):
            yield PriceRow(
                rule=charge.rule.id,
                group=group,
                purpose=purpose,
                price=price,
                note=note,
                paragraph=cell.paragraph or charge.rule.paragraph,
            )


def _package(document: Document, charge: Charge, cell: Cell) -> LocalizedText:
    if not isinstance(charge.rule, Rate) or charge.rule.take != "set":
        return NO_TEXT
    together = document.rulebook.words.resource(cell.resources)
    return LocalizedText(f"zusammen: {together.de}", f"together: {together.en}")


def _named(cell: Cell, charge: Charge, field: str) -> tuple[str, ...] | None:
    own: tuple[str, ...] | None = getattr(condition_of(cell), field)
    inherited: tuple[str, ...] | None = getattr(charge.rule.when, field)
    return own if own is not None else inherited


def _entries(known: Sequence[NamedValue], named: tuple[str, ...] | None) -> Sequence[NamedValue | None]:
    if named is None:
        return (None,)
    return [entry for entry in known if entry.id in named]
