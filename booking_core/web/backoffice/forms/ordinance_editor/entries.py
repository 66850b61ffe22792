"""Every kind of entry behind one door: its groups of inputs, how a new one begins, what completes it.

Not here: pages (``views.ordinance_entry``).
"""

from collections.abc import Mapping
from typing import Any

from booking_core.engines.ordinance.editing import Address, free_id
from booking_core.web.backoffice.forms.ordinance_editor.choices import DocumentChoices, Entry
from booking_core.web.backoffice.forms.ordinance_editor.conditions import Group
from booking_core.web.backoffice.forms.ordinance_editor.example_groups import example_groups
from booking_core.web.backoffice.forms.ordinance_editor.named_groups import (
    NAMED,
    class_value_groups,
    named_groups,
)
from booking_core.web.backoffice.forms.ordinance_editor.rule_groups import (
    PRICE_KINDS,
    cell_groups,
    kind_of,
    rule_groups,
)

CHARGES = ("rates", "addons")
INNER = {"rates": "cells", "addons": "cells", "classes": "values"}


def groups_of(address: Address, choices: DocumentChoices, entry: Entry, kind: str) -> list[Group]:
    """The groups of inputs of an entry or a row inside one."""
    if address.inner == "cells":
        return cell_groups(choices, kind)
    if address.inner == "values":
        return class_value_groups(choices)
    if address.listed == "examples":
        return example_groups(choices, entry)
    if address.listed in NAMED:
        return named_groups(address.listed, choices, entry)
    return rule_groups(address.listed, choices, kind)


def price_kind(address: Address, entry: Entry, wanted: str) -> str:
    """How the entry is priced: as it stands, or as somebody wants it to be."""
    offered = PRICE_KINDS if not address.inner else tuple(one for one in PRICE_KINDS if one != "cells")
    return wanted if wanted in offered else kind_of(entry)


def dropped_by(address: Address, kind: str) -> tuple[str, ...]:
    """The other ways to price, which go when the way changes."""
    if address.listed not in CHARGES or address.inner == "values":
        return ()
    return tuple(one for one in PRICE_KINDS if one != kind)


def completed(
    listed: str, entry: Entry, data: Mapping[str, object], *, inner: str = "", kind: str = ""
) -> Entry:
    """A new entry with what no form asks for: its short name, an empty table, the first reading as default."""
    whole: dict[str, Any] = dict(entry)
    if kind == "cells" and not inner:
        whole.setdefault("cells", [])
    if inner == "cells":
        return whole
    words: Mapping[str, str] = next(
        (whole[name] for name in ("label", "text", "question") if isinstance(whole.get(name), dict)), {}
    )
    whole = {"id": free_id(data, listed, str(words.get("de", ""))), **whole}
    if listed == "ambiguities":
        whole.setdefault("default", whole["readings"][0]["id"])
    if inner == "values" or listed == "classes":
        for value in [whole] if inner else whole["values"]:
            value.setdefault("when", {})
    return whole
