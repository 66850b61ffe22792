"""A validated document, ready to quote from and to show: the one object the engine's functions take.

Not here: reading YAML (``loading``), working out a quote (``quoting``).
"""

from dataclasses import dataclass

from booking_core.engines.ordinance.contracts import (
    AmbiguityInfo,
    DocumentInfo,
    ExtraInfo,
    FactInfo,
    LocalizedText,
    NamedValue,
    ResourceInfo,
    RuleInWords,
)


@dataclass(frozen=True, slots=True)
class Document:
    """An ordinance as data. Build it with ``load_document`` or ``document_from_data``."""

    info: DocumentInfo

    @property
    def name(self) -> LocalizedText:
        return self.info.name

    @property
    def municipality(self) -> str:
        return self.info.municipality

    @property
    def resources(self) -> tuple[ResourceInfo, ...]:
        return self.info.resources

    @property
    def groups(self) -> tuple[NamedValue, ...]:
        return self.info.groups

    @property
    def purposes(self) -> tuple[NamedValue, ...]:
        return self.info.purposes

    @property
    def extras(self) -> tuple[ExtraInfo, ...]:
        return self.info.extras

    @property
    def facts(self) -> tuple[FactInfo, ...]:
        return self.info.facts

    @property
    def ambiguities(self) -> tuple[AmbiguityInfo, ...]:
        return self.info.ambiguities

    @property
    def rules_in_words(self) -> tuple[RuleInWords, ...]:
        return self.info.rules_in_words
