"""What became of each rule, told so that a clerk understands it: the rule by its name, what it asks for, and why not.

Not here: why a price (``lines``), the record itself (``draft``).
"""

from collections.abc import Iterator

from booking_core.engines.ordinance.contracts import NO_TEXT, LocalizedText, Step
from booking_core.engines.ordinance.figures import filled, joined, localized
from booking_core.engines.ordinance.language.conditions import When
from booking_core.engines.ordinance.language.model import Ordinance
from booking_core.engines.ordinance.language.prices import Charge, Rate, Rule
from booking_core.engines.ordinance.language.vocabulary import Text
from booking_core.engines.ordinance.references import RULE_LISTS
from booking_core.engines.ordinance.words import ASPECTS, Words

_ENDS = " .:"  # what is left of a label whose resource is not named
_SAID_BY_ASPECT = ("group", "purpose", "resource", "uses", "part")  # their words begin with what they are
_PRICE = LocalizedText("Preis", "Rate")


class Telling:
    """The steps of one document; each is worded once."""

    def __init__(self, ordinance: Ordinance, words: Words) -> None:
        self._ordinance = ordinance
        self._words = words
        self._rules: dict[str, Rule] = {
            rule.id: rule for listed in RULE_LISTS for rule in getattr(ordinance, listed)
        }
        self._names = {name: self._name(rule) for name, rule in self._rules.items()}
        self._passed: dict[tuple[str, str], Step] = {}
        self._applied: dict[tuple[str, LocalizedText, str], Step] = {}

    def name(self, rule: str) -> LocalizedText:
        """What people call a rule; empty for what is no rule of the document."""
        return self._names.get(rule, NO_TEXT)

    def passed_over(self, rule: str, aspect: str, paragraph: str) -> Step:
        """A rule that did not apply, the aspect that ruled it out, and what the rule asks for there."""
        known = self._passed.get((rule, aspect))
        if known is None:
            known = self._passed[(rule, aspect)] = Step(rule, False, self._why_not(rule, aspect), paragraph)
        return known

    def charged(self, rule: str, price: LocalizedText, paragraph: str) -> Step:
        """A rule that charged something: its name, its price and its condition."""
        key = (rule, price, paragraph)
        known = self._applied.get(key)
        if known is None:
            name = self._names[rule] if self._has_label(rule) else NO_TEXT
            known = self._applied[key] = Step(rule, True, _after_colon(name, price), paragraph)
        return known

    def _why_not(self, rule: str, aspect: str) -> LocalizedText:
        field = aspect.split(".", 1)[0]
        why = ASPECTS.get(field, LocalizedText(aspect, aspect))
        name, wanted = self.name(rule), self._wanted(rule, aspect)
        german = f"„{name.de}“ gilt nicht: {why.de}" if name.de else f"Gilt nicht: {why.de}"
        english = f"“{name.en}” does not apply: {why.en}" if name.en else f"Does not apply: {why.en}"
        if wanted.de:
            german, english = f"{german} (verlangt: {wanted.de})", f"{english} (asks for: {wanted.en})"
        return LocalizedText(f"{german}.", f"{english}.")

    def _wanted(self, rule: str, aspect: str) -> LocalizedText:
        """What the rule asks for where the booking is otherwise; empty where words would add nothing."""
        field, _, inner = aspect.partition(".")
        known = self._rules.get(rule)
        value = getattr(known.when, field, None) if known is not None else None
        if value is None:
            return NO_TEXT
        if field == "reading":
            return self._readings(inner, value[inner])
        said = self._words.condition(When.model_construct(_fields_set={field}, **{field: value}))
        if field in _SAID_BY_ASPECT:
            return LocalizedText(said.de.partition(": ")[2], said.en.partition(": ")[2])
        return said

    def _readings(self, ambiguity: str, wanted: tuple[str, ...]) -> LocalizedText:
        labels = [
            localized(reading.label)
            for entry in self._ordinance.ambiguities
            for reading in entry.readings
            if entry.id == ambiguity and reading.id in wanted
        ]
        return joined(labels, " / ", " / ")

    def _has_label(self, rule: str) -> bool:
        known = self._rules.get(rule)
        return getattr(known, "label", None) is not None

    def _name(self, rule: Rule) -> LocalizedText:
        """Its label, its sentence, or what it prices."""
        own: Text | None = getattr(rule, "label", None) or getattr(rule, "text", None)
        resources = self._words.resource(dict.fromkeys(_resources(rule)))
        if own is not None:
            text = filled(localized(own), resource=resources)
            return LocalizedText(text.de.strip(_ENDS), text.en.strip(_ENDS))
        if isinstance(rule, Rate):
            about = self._words.condition(rule.when)
            return _bracketed(_PRICE, about if about.de else resources)
        return LocalizedText(rule.paragraph, rule.paragraph)


def _resources(rule: Rule) -> Iterator[str]:
    yield from rule.when.resource or rule.when.uses or ()
    if isinstance(rule, Charge):
        for cell in rule.cells or ():
            yield from cell.resource or ()


def _after_colon(name: LocalizedText, text: LocalizedText) -> LocalizedText:
    return LocalizedText(f"{name.de}: {text.de}", f"{name.en}: {text.en}") if name.de else text


def _bracketed(name: LocalizedText, about: LocalizedText) -> LocalizedText:
    return LocalizedText(f"{name.de} ({about.de})", f"{name.en} ({about.en})") if about.de else name
