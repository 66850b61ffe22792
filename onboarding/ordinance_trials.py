"""An ordinance on trial: its worked examples in words, and whether each comes out.

Not here: choosing one (``offers``), saying examples in words (``booking_core.web.tariffs``).
"""

from dataclasses import dataclass

from booking_core.engines.ordinance import check
from booking_core.web.tariffs.choices import in_words
from booking_core.web.tariffs.examples import ExampleRow, example_rows
from onboarding.offers import read_ordinance


@dataclass(frozen=True, slots=True)
class OrdinanceReport:
    """An ordinance with what it prices and its examples."""

    name: str
    resources: tuple[str, ...]
    examples: tuple[ExampleRow, ...]
    passed: bool


def report_on(text: str) -> OrdinanceReport:
    """Run the examples of an ordinance. Raises OrdinanceFaulty."""
    document = read_ordinance(text)
    outcome = check(document)
    return OrdinanceReport(
        name=in_words(document.name),
        resources=tuple(in_words(resource.label) for resource in document.resources),
        examples=example_rows(document, outcome),
        passed=outcome.passed,
    )
