"""A condition ("wann gilt das?") as groups of inputs: for whom, what, when, how much, which answers.

What these inputs cannot say (a season inside an exception, measures made of others) stays as it is; the page says so.
Not here: the inputs themselves (``inputs``, ``ranges``, ``clocks``).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from booking_core.web.backoffice.forms.ordinance_editor.alternatives import Alternatives, alternatives
from booking_core.web.backoffice.forms.ordinance_editor.choices import (
    DocumentChoices,
    Entry,
    label_of,
    resource_kinds,
    weekdays,
)
from booking_core.web.backoffice.forms.ordinance_editor.clocks import Seasons, Window
from booking_core.web.backoffice.forms.ordinance_editor.further_tests import (
    AnswerNamed,
    CertainDays,
    CountedOffers,
    MeasuredWithin,
    NumberAnswer,
)
from booking_core.web.backoffice.forms.ordinance_editor.inputs import Input, Names, Words, YesNo
from booking_core.web.backoffice.forms.ordinance_editor.ranges import Chosen, Notice, Quota, Within


@dataclass(frozen=True)
class Group:
    """Inputs under one heading. An open one is shown at once, others on demand or when they hold something."""

    title: Words
    inputs: tuple[Input, ...]
    is_open: bool = True
    hint: Words = ""


def condition_groups(
    choices: DocumentChoices, root: tuple[str, ...], *, title: Words = "", about: frozenset[str] = frozenset()
) -> list[Group]:
    """The groups of one condition below ``root``. ``about``: what else it may look at: part, extra, notice."""
    before = f"{title}: " if title else ""
    groups = [
        Group(_("%(before)sFür wen und wofür?") % {"before": before}, tuple(_who(choices, root)), is_open=not title),
        Group(_("%(before)sFür welches Angebot?") % {"before": before}, tuple(_what(choices, root)), is_open=False),
        Group(_("%(before)sZu welcher Zeit?") % {"before": before}, tuple(_time(choices, root, about)), is_open=False),
        Group(_("%(before)sWie lange, wie viele?") % {"before": before}, tuple(_size(choices, root)), is_open=False),
        Group(_("%(before)sAntworten und Lesarten") % {"before": before}, tuple(_answers(choices, root, about)),
              is_open=False),
        Group(_("%(before)sAusnahmen und Alternativen") % {"before": before}, tuple(_one_of(choices, root, about)),
              is_open=False),
    ]  # fmt: skip
    return [group for group in groups if group.inputs]


def _who(choices: DocumentChoices, root: tuple[str, ...]) -> Iterator[Input]:
    if choices.entries("groups"):
        yield Names(path=(*root, "group"), label=_("Gruppen"), choices=choices.of("groups"),
                    help=_("Nichts angekreuzt heißt: für alle."))  # fmt: skip
    if choices.entries("purposes"):
        yield Names(path=(*root, "purpose"), label=_("Zwecke"), choices=choices.of("purposes"))


def _what(choices: DocumentChoices, root: tuple[str, ...]) -> Iterator[Input]:
    yield Names(path=(*root, "resource"), label=_("Angebote"), choices=choices.of("resources"))
    if any(entry.get("comprises") for entry in choices.entries("resources")):
        yield Names(path=(*root, "uses"), label=_("Angebote, auch als Teil eines größeren"),
                    choices=choices.of("resources"))  # fmt: skip
    yield Names(path=(*root, "kind"), label=_("Art des Angebots"), choices=resource_kinds())
    yield Within(path=(*root, "area_m2"), label=_("Fläche in m²"))
    if choices.entries("resources"):
        yield CountedOffers(path=(*root, "booked"), label=_("Anzahl gebuchter Angebote einer Liste"),
                            choices=choices.of("resources"))  # fmt: skip


def _time(choices: DocumentChoices, root: tuple[str, ...], about: frozenset[str]) -> Iterator[Input]:
    yield Names(path=(*root, "weekday"), label=_("Wochentage"), choices=weekdays())
    if "part" in about and choices.entries("day_parts"):
        yield Names(path=(*root, "part"), label=_("Tagesabschnitte"), choices=choices.of("day_parts"))
    yield Seasons(path=(*root, "season"), label=_("Jahreszeit"))
    yield CertainDays(path=(*root, "between"), label=_("Bestimmte Tage bestimmter Jahre"), help=_(
        "Es genügt, wenn ein Tag der Buchung darin liegt."))  # fmt: skip
    yield YesNo(path=(*root, "holiday"), label=_("Feiertag des Bundeslands"), yes=_("nur an Feiertagen"),
                no=_("nur an anderen Tagen"))  # fmt: skip
    yield Window(path=(*root, "starts"), label=_("Uhrzeit des Beginns"))
    yield Window(path=(*root, "ends"), label=_("Uhrzeit des Endes"))
    if "notice" in about:
        yield Notice(path=(*root, "notice"), label=_("Absage vor dem Beginn"))
    else:
        yield Notice(path=(*root, "lead"), label=_("Anfrage vor dem Beginn"))


def _size(choices: DocumentChoices, root: tuple[str, ...]) -> Iterator[Input]:
    yield Within(path=(*root, "hours"), label=_("Stunden"))
    yield Within(path=(*root, "days"), label=_("Kalendertage"))
    yield Within(path=(*root, "persons"), label=_("Personen"))
    yield Within(path=(*root, "dates"), label=_("Termine einer Serie"))
    yield Quota(path=(*root, "quota"), label=_("Nutzung im Zeitraum, diese Buchung mitgezählt"),
                offers=choices.of("resources"))  # fmt: skip
    yield MeasuredWithin(
        path=(*root, "values"), label=_("Anderes Maß zwischen Grenzen"), choices=choices.measures()
    )


def _answers(choices: DocumentChoices, root: tuple[str, ...], about: frozenset[str]) -> Iterator[Input]:
    if "extra" in about and choices.entries("extras"):
        yield Names(path=(*root, "extra"), label=_("Bestellt"), choices=choices.of("extras"))
    for fact in choices.entries("facts"):
        yield _answer(fact, root)
    for entry in choices.entries("classes"):
        yield Names(path=(*root, "classes", str(entry["id"])), label=label_of(entry),
                    choices=[(str(one["id"]), label_of(one)) for one in entry["values"]])  # fmt: skip
    for entry in choices.entries("ambiguities"):
        yield Names(path=(*root, "reading", str(entry["id"])), label=_("Nur bei der Lesart: %(question)s") % {
            "question": label_of(entry)},
            choices=[(str(one["id"]), label_of(one)) for one in entry["readings"]])  # fmt: skip


def _answer(fact: Entry, root: tuple[str, ...]) -> Input:
    path, label, kind = (*root, "facts", str(fact["id"])), label_of(fact), fact.get("kind", "yes_no")
    options = [(str(one["id"]), label_of(one)) for one in fact.get("options", ())]
    if kind == "yes_no":
        return YesNo(path=path, label=label)
    if kind == "choice":
        return Chosen(path=path, label=label, choices=options)
    if kind == "number":
        return NumberAnswer(path=path, label=label)
    this_one = [("this_resource", str(_("das Angebot, um das es geht")))]
    return AnswerNamed(path=path, label=label, choices=[*options, *this_one] if kind == "choices" else [])


def _one_of(choices: DocumentChoices, root: tuple[str, ...], about: frozenset[str]) -> Iterator[Input]:
    things = alternatives(choices, about)
    numbers = [(f"facts:{name}", label) for name, label in choices.facts(kind="number")]
    hint = _(
        "Jede Zeile mit „zugleich“ ist eine eigene Möglichkeit: Alles darin muss zutreffen. Zwei Zeitfenster, "
        "etwa 8–12 oder 14–18 Uhr, sind zwei Zeilen. Nach dem Speichern ist Platz für weitere."
    )
    yield Alternatives(path=(*root, "none_of"), choices=things, numbers=numbers,
                       label=_("Gilt nicht, wenn eines davon zutrifft"), help=hint)  # fmt: skip
    yield Alternatives(path=(*root, "any_of"), choices=things, numbers=numbers,
                       label=_("Gilt nur, wenn mindestens eines davon zutrifft"), help=hint)  # fmt: skip
