"""A validated document, ready to quote from and to show: the one object the engine's functions take.

Not here: reading YAML (``loading``), working out a quote (``quoting``).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from booking_core.engines.ordinance.contracts import NO_TEXT, LocalizedText
from booking_core.engines.ordinance.figures import localized
from booking_core.engines.ordinance.infos import (
    AmbiguityInfo,
    DocumentInfo,
    ExtraInfo,
    FactInfo,
    NamedValue,
    ResourceInfo,
    RuleInWords,
)
from booking_core.engines.ordinance.language.model import Fact, Named, Ordinance, Resource
from booking_core.engines.ordinance.looking_back import NOTHING_PAST, LookingBack, looking_back
from booking_core.engines.ordinance.positions import Path, nearest_place
from booking_core.engines.ordinance.rulebook import Rulebook, compile_rulebook
from booking_core.engines.ordinance.units import unit_label


@dataclass(frozen=True, slots=True)
class Document:
    """An ordinance as data. Build it with ``load_document`` or ``document_from_data``."""

    info: DocumentInfo
    content: Ordinance = field(repr=False)
    rulebook: Rulebook = field(repr=False, compare=False)
    places: Mapping[Path, tuple[int, int]] = field(default_factory=dict, repr=False, compare=False)
    past: LookingBack = field(default=NOTHING_PAST, repr=False, compare=False)

    def place(self, path: Path) -> tuple[int, int]:
        """Line and column of a path in the YAML text it was read from; (1, 1) where there was none."""
        return nearest_place(self.places, path)

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


def build_document(content: Ordinance, places: Mapping[Path, tuple[int, int]]) -> Document:
    """Compile an ordinance whose references have been checked."""
    past = looking_back(content)
    return Document(_info(content, past), content, compile_rulebook(content), places, past)


def _info(content: Ordinance, past: LookingBack) -> DocumentInfo:
    return DocumentInfo(
        name=localized(content.name),
        municipality=content.municipality,
        state=content.state,
        resources=tuple(
            ResourceInfo(
                id=entry.id,
                label=localized(entry.label),
                kind=entry.kind,
                area_m2=entry.area_m2,
                part_of=entry.part_of,
                comprises=entry.comprises,
                pieces=entry.pieces,
            )
            for entry in content.resources
        ),
        groups=tuple(_named(entry) for entry in content.groups),
        purposes=tuple(_named(entry) for entry in content.purposes),
        extras=tuple(
            ExtraInfo(
                id=entry.id,
                label=localized(entry.label),
                unit=entry.unit,
                unit_label=unit_label(content, entry.unit),
                max_quantity=entry.max_quantity,
                resources=entry.resources,
            )
            for entry in content.extras
        ),
        facts=tuple(
            _fact(entry, content, when_cancelling=entry.id in past.when_cancelling) for entry in content.facts
        ),
        ambiguities=tuple(
            AmbiguityInfo(
                id=entry.id,
                question=localized(entry.question),
                readings=tuple(_named(reading) for reading in entry.readings),
                default=entry.default,
                paragraph=entry.paragraph,
            )
            for entry in content.ambiguities
        ),
        rules_in_words=tuple(_rules_in_words(content)),
        sources=content.source,
        in_force=content.in_force,
        completeness=localized(content.completeness) if content.completeness is not None else NO_TEXT,
        asks_for_further_groups=content.mixed_groups != "decide"
        or "mixed_groups" in content.model_fields_set,
    )


def _named(entry: Named | Resource) -> NamedValue:
    said = getattr(entry, "description", None)
    description = localized(said) if said is not None else NO_TEXT
    return NamedValue(entry.id, localized(entry.label), description)


def _fact(entry: Fact, content: Ordinance, *, when_cancelling: bool) -> FactInfo:
    """A question; several choices without a list of their own are choices among the resources."""
    options = entry.options or (content.resources if entry.kind == "choices" else ())
    return FactInfo(
        id=entry.id,
        label=localized(entry.label),
        kind=entry.kind,
        options=tuple(_named(option) for option in options),
        default=entry.default,
        unit=entry.unit or "",
        resources=entry.resources,
        groups=entry.groups,
        purposes=entry.purposes,
        after_use=entry.after_use,
        internal=entry.internal,
        when_cancelling=when_cancelling,
    )


def _rules_in_words(content: Ordinance) -> list[RuleInWords]:
    """Rules of use as sentences, in the order people need them."""
    said: list[RuleInWords] = []
    for handover in content.handover:
        resources = handover.when.resource or ()
        said.append(
            RuleInWords(handover.id, "handover", localized(handover.text), handover.paragraph, resources)
        )
    for limit in content.limits:
        resources = limit.when.resource or ()
        said.append(RuleInWords(limit.id, limit.topic, localized(limit.text), limit.paragraph, resources))
    for payment in content.payment:
        said.append(RuleInWords(payment.id, "payment", localized(payment.text), payment.paragraph))
    for deposit in content.deposit:
        resources = deposit.when.resource or ()
        said.append(
            RuleInWords(deposit.id, "deposit", localized(deposit.label), deposit.paragraph, resources)
        )
    for cancellation in content.cancellation:
        said.append(
            RuleInWords(
                cancellation.id, "cancellation", localized(cancellation.label), cancellation.paragraph
            )
        )
    for tax in content.tax:
        if tax.reason is not None:
            said.append(RuleInWords(tax.id, "tax", localized(tax.reason), tax.paragraph))
    return said
