"""Whether answers are of the kind their question asks for: yes or no, a number, one of the options.

Not here: questions that do not exist (``references``).
"""

from collections.abc import Iterator, Mapping

from booking_core.engines.ordinance.contracts import LocalizedText
from booking_core.engines.ordinance.language.conditions import FactTest, When
from booking_core.engines.ordinance.language.examples import BookingFacts
from booking_core.engines.ordinance.language.measures import Measure
from booking_core.engines.ordinance.language.model import Fact, Ordinance
from booking_core.engines.ordinance.language.prices import Price
from booking_core.engines.ordinance.mistakes import Mistake, near_names
from booking_core.engines.ordinance.positions import Path
from booking_core.engines.ordinance.references import parts_of

_YES_NO = LocalizedText(
    "Diese Frage wird mit ja oder nein beantwortet; hier wird true oder false erwartet.",
    "This question is answered by yes or no; true or false is expected here.",
)
_NUMBER = LocalizedText(
    "Diese Frage wird mit einer Zahl beantwortet; hier wird eine Zahl oder ein Bereich wie {min: 18} erwartet.",
    "This question is answered by a number; a number or a range like {min: 18} is expected here.",
)
_NOT_A_NUMBER = LocalizedText(
    "Hier wird eine Frage erwartet, deren Antwort eine Zahl ist (kind: number).",
    "A question whose answer is a number (kind: number) is expected here.",
)
_NO_OPTIONS = LocalizedText(
    "Zu einer Auswahl werden hier options erwartet.", "options are expected here for a choice."
)


def wrong_answers(ordinance: Ordinance) -> Iterator[Mistake]:
    """Answers, defaults and tests that no answer to their question could ever meet."""
    facts = {fact.id: fact for fact in ordinance.facts}
    resources = frozenset(resource.id for resource in ordinance.resources)
    for index, fact in enumerate(ordinance.facts):
        if fact.kind in ("choice", "choices") and not fact.options:
            yield Mistake(("facts", index), _NO_OPTIONS)
        if fact.default is not None:
            yield from _wrong(fact, fact.default, ("facts", index, "default"), resources)
    for path, part in parts_of(ordinance, ()):
        if isinstance(part, When | BookingFacts):
            yield from _wrong_facts(facts, part, path, resources)
        elif isinstance(part, Measure | Price):
            yield from _no_numbers(facts, part, path)


def wrong_answers_of(booking: BookingFacts, ordinance: Ordinance) -> Iterator[Mistake]:
    """Answers of a request that are of the wrong kind."""
    facts = {fact.id: fact for fact in ordinance.facts}
    yield from _wrong_facts(facts, booking, (), frozenset(resource.id for resource in ordinance.resources))


def _wrong_facts(
    facts: Mapping[str, Fact], part: When | BookingFacts, path: Path, resources: frozenset[str]
) -> Iterator[Mistake]:
    for name, wanted in (part.facts or {}).items():
        if name in facts:
            yield from _wrong(facts[name], wanted, (*path, "facts", name), resources)


def _no_numbers(facts: Mapping[str, Fact], part: Measure | Price, path: Path) -> Iterator[Mistake]:
    """Questions that are counted or charged although their answer is no number."""
    for field in ("fact", "measured"):
        named = facts.get(getattr(part, field) or "")
        if named is not None and named.kind != "number":
            yield Mistake((*path, field), _NOT_A_NUMBER)


def _wrong(fact: Fact, wanted: object, path: Path, resources: frozenset[str]) -> Iterator[Mistake]:
    if isinstance(wanted, FactTest):
        if wanted.bounds() and fact.kind != "number":
            yield Mistake(path, _NOT_A_NUMBER)
        return
    for value in wanted if isinstance(wanted, tuple) else (wanted,):
        if fact.kind == "yes_no":
            if not isinstance(value, bool):
                yield Mistake(path, _YES_NO)
        elif fact.kind == "number":
            if isinstance(value, bool | str):
                yield Mistake(path, _NUMBER)
        elif fact.kind in ("choice", "choices"):
            known = frozenset(option.id for option in fact.options)
            if value not in known and not (fact.kind == "choices" and value in resources):
                yield Mistake(path, _no_option(str(value), known))


def _no_option(value: str, known: frozenset[str]) -> LocalizedText:
    hint = near_names(value, known)
    return LocalizedText(
        f"Diese Antwort gibt es nicht: {value}.{hint.de}", f"There is no such answer: {value}.{hint.en}"
    )
