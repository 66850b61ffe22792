"""Which inputs a worked example has: the case, and what must come out.

Not here: running examples (``engines.ordinance.checking``).
"""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from booking_core.web.backoffice.forms.ordinance_editor.choices import DocumentChoices, Entry, fixed
from booking_core.web.backoffice.forms.ordinance_editor.conditions import Group
from booking_core.web.backoffice.forms.ordinance_editor.inputs import Figure, Input, Line, Names, Pick, Whole
from booking_core.web.backoffice.forms.ordinance_editor.moments import Moment
from booking_core.web.backoffice.forms.ordinance_editor.named_groups import answer_input
from booking_core.web.backoffice.forms.ordinance_editor.rows import Quantities

_OUTCOMES = ("accepted", "refused", "needs_decision", "rule_violation", "cancelled")


def example_groups(choices: DocumentChoices, entry: Entry) -> list[Group]:
    """The groups of one worked example."""
    groups = [
        Group(_("Der Fall"), tuple(_case(choices, entry))),
        Group(_("Bestellt, gemessen, beantwortet"), tuple(_answers(choices)), is_open=False),
        Group(_("Anfrage, Absage, Serie"), (
            Moment(path=("requested_at",), label=_("Angefragt am")),
            Moment(path=("cancelled_at",), label=_("Abgesagt am")),
            Moment(path=("paid_at",), label=_("Bezahlt am")),
            Pick(path=("series", "every"), label=_("Wiederholung"), choices=fixed("every", ("day", "week")),
                 none=_("keine")),
            Whole(path=("series", "dates"), label=_("Zahl der Termine"), least=1, most=1000),
        ), is_open=False),
    ]  # fmt: skip
    if "expect" in entry:
        groups.append(Group(_("Das muss herauskommen"), (
            Pick(path=("expect", "outcome"), label=_("Ergebnis"), choices=fixed("outcome", _OUTCOMES),
                 default="accepted"),
            Figure(path=("expect", "total"), label=_("Summe in Euro"), least=None),
            Figure(path=("expect", "total_after_settlement"), label=_("Summe nach der Nutzung in Euro"), least=None),
            Figure(path=("expect", "deposit"), label=_("Kaution in Euro")),
            Pick(path=("expect", "reason"), label=_("Diese Regel muss der Grund sein"), choices=choices.rules(),
                 none=_("keine Angabe")),
        )))  # fmt: skip
    return [group for group in groups if group.inputs]


def _case(choices: DocumentChoices, entry: Entry) -> Iterator[Input]:
    yield Line(path=("note",), label=_("Was zeigt das Beispiel?"), longest=300)
    yield Names(path=("resources",), label=_("Angebote"), choices=choices.of("resources"), required=True)
    if choices.entries("groups"):
        yield Pick(path=("group",), label=_("Gruppe"), choices=choices.of("groups"), none=_("keine Angabe"))
    if choices.entries("purposes"):
        yield Pick(
            path=("purpose",), label=_("Zweck"), choices=choices.of("purposes"), none=_("keine Angabe")
        )
    if not entry.get("spans"):
        yield Moment(path=("start",), label=_("Beginn"), required=True)
        yield Moment(path=("end",), label=_("Ende"), required=True)
    yield Whole(path=("persons",), label=_("Personen"))


def _answers(choices: DocumentChoices) -> Iterator[Input]:
    if choices.entries("extras"):
        yield Quantities(path=("extras",), label=_("Bestellt"), choices=choices.of("extras"))
    countable = {str(one["id"]) for one in choices.entries("resources") if one.get("pieces", 1) > 1}
    pieces = [(name, label) for name, label in choices.of("resources") if name in countable]
    if pieces:
        yield Quantities(path=("pieces",), label=_("Stückzahlen"), choices=pieces, is_whole=True)
    for fact in choices.entries("facts"):
        if not fact.get("after_use"):
            yield answer_input(fact, ("facts", str(fact["id"])))
    measured = choices.facts(after_use=True)
    if measured:
        yield Quantities(path=("measured",), label=_("Nach der Nutzung gemessen"), choices=measured)
