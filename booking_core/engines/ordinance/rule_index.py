"""Every rule of a document by its id: what it is called, what it says in one line, where it stands.

Not here: what became of a rule in a quote (``Step``), whole price tables (``price_table``).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from booking_core.engines.ordinance.comparing import SECTIONS
from booking_core.engines.ordinance.contracts import LocalizedText
from booking_core.engines.ordinance.document import Document
from booking_core.engines.ordinance.figures import joined
from booking_core.engines.ordinance.item_words import field_words, titled
from booking_core.engines.ordinance.language.prices import PRICINGS, Rule
from booking_core.engines.ordinance.language.rules import Limit

_FIELDS = (*PRICINGS, "percent", "minimum", "maximum", "when", "require")


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule as lists show it. ``says`` is empty where the title says everything, or where it would take a table."""

    title: LocalizedText
    section: LocalizedText
    says: LocalizedText


def rule_lines(document: Document) -> Mapping[str, RuleLine]:
    """All rules of the document by id."""
    words = document.rulebook.words
    return {
        entry.id: RuleLine(
            titled(entry, entry.id),
            label,
            joined([one for field in _fields_of(entry) for one in field_words(words, entry, field)]),
        )
        for section, label in SECTIONS.items()
        for entry in getattr(document.content, section, ())
        if isinstance(entry, Rule)
    }


def _fields_of(rule: Rule) -> tuple[str, ...]:
    if isinstance(rule, Limit):
        return ("when",)
    return tuple(field for field in _FIELDS if field in type(rule).model_fields)
