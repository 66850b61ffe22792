"""The worked examples of two documents, each run by both: what a change of the text does to known cases.

Not here: what changed in the text (``comparing``), running a document's own examples (``checking``).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from booking_core.engines.ordinance.contracts import Quote
from booking_core.engines.ordinance.document import Document
from booking_core.engines.ordinance.language.examples import Example
from booking_core.engines.ordinance.worked import quote_of


@dataclass(frozen=True, slots=True)
class ExampleFigures:
    """One case under both documents; None where a document does not know what the case names."""

    id: str
    note: str
    reading: Mapping[str, str]
    before: Quote | None
    after: Quote | None

    @property
    def is_same(self) -> bool:
        """Whether both come to the same outcome and figures."""
        return (
            self.before is not None
            and self.after is not None
            and _figures(self.before) == _figures(self.after)
        )


def figures_between(
    before: Document, after: Document, *, readings_before: Mapping[str, str], readings_after: Mapping[str, str]
) -> tuple[ExampleFigures, ...]:  # fmt: skip
    """The examples of both, each run by both; where both have one of the same name, the newer one is run."""
    cases = {one.id: one for one in (*before.content.examples, *after.content.examples)}
    return tuple(
        ExampleFigures(
            case.id,
            case.note,
            reading,
            quote_of(before, case, {**readings_before, **reading}),
            quote_of(after, case, {**readings_after, **reading}),
        )
        for case in cases.values()
        for reading in _variants(case)
    )


def _variants(case: Example) -> list[Mapping[str, str]]:
    plain: list[Mapping[str, str]] = [{}] if case.expect is not None else []
    return [*plain, *(variant.reading for variant in case.readings)]


def _figures(quote: Quote) -> tuple[object, ...]:
    return (quote.outcome, quote.total, quote.total_after_settlement, quote.deposit, quote.fee_known)
