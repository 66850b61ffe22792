"""Which inputs the things and words of a document have: offers, groups, purposes, extras, questions, and the whole.

Not here: rules (``rule_groups``), worked examples (``example_groups``).
"""

from django.utils.translation import gettext_lazy as _

from booking_core.web.backoffice.forms.ordinance_editor.choices import (
    DocumentChoices,
    Entry,
    fixed,
    label_of,
    resource_kinds,
)
from booking_core.web.backoffice.forms.ordinance_editor.clocks import ClockTime
from booking_core.web.backoffice.forms.ordinance_editor.conditions import Group, condition_groups
from booking_core.web.backoffice.forms.ordinance_editor.inputs import (
    Figure,
    Input,
    Line,
    Lines,
    Names,
    Pick,
    TextPair,
    Tick,
    Whole,
    Words,
    YesNo,
)
from booking_core.web.backoffice.forms.ordinance_editor.moments import Ranking
from booking_core.web.backoffice.forms.ordinance_editor.ranges import Chosen
from booking_core.web.backoffice.forms.ordinance_editor.rows import NamedRows

STATES = [
    ("BW", "Baden-Württemberg"), ("BY", "Bayern"), ("BE", "Berlin"), ("BB", "Brandenburg"), ("HB", "Bremen"),
    ("HH", "Hamburg"), ("HE", "Hessen"), ("MV", "Mecklenburg-Vorpommern"), ("NI", "Niedersachsen"),
    ("NW", "Nordrhein-Westfalen"), ("RP", "Rheinland-Pfalz"), ("SL", "Saarland"), ("SN", "Sachsen"),
    ("ST", "Sachsen-Anhalt"), ("SH", "Schleswig-Holstein"), ("TH", "Thüringen"),
]  # fmt: skip
NAMED = ("resources", "groups", "purposes", "extras", "facts", "units", "ambiguities", "day_parts", "classes")


def named_groups(listed: str, choices: DocumentChoices, entry: Entry) -> list[Group]:
    """The groups of one entry that has a name."""
    label = TextPair(path=("label",), label=_("Bezeichnung"), required=True)
    description = TextPair(path=("description",), label=_("Wer oder was ist gemeint?"), is_long=True)
    makers = {
        "resources": lambda: [Group("", (label, *_resource(choices)))],
        "groups": lambda: [Group("", (label, description))],
        "purposes": lambda: [Group("", (label, description))],
        "extras": lambda: [Group("", (label, *_extra(choices)))],
        "facts": lambda: [Group("", (label, *_fact(entry))), _asked_of(choices)],
        "units": lambda: [Group("", (label,))],
        "ambiguities": lambda: [_ambiguity(entry)],
        "day_parts": lambda: [Group("", (label, ClockTime(path=("from",), label=_("von"), required=True),
                                         ClockTime(path=("to",), label=_("bis"), required=True)))],
        "classes": lambda: [Group("", (label, NamedRows(
            path=("values",), label=_("Klassen, die erste passende zählt"), required=True, also={"when": {}})))],
    }  # fmt: skip
    return makers[listed]()


def class_value_groups(choices: DocumentChoices) -> list[Group]:
    """One class and when it holds."""
    label = TextPair(path=("label",), label=_("Bezeichnung"), required=True)
    return [Group("", (label,)), *condition_groups(choices, ("when",), about=frozenset({"extra"}))]


def basic_groups(choices: DocumentChoices) -> list[Group]:
    """The document itself."""
    about = (
        TextPair(path=("name",), label=_("Name der Ordnung"), required=True),
        Line(path=("municipality",), label=_("Gemeinde"), required=True),
        Pick(
            path=("state",), label=_("Bundesland"), choices=STATES, help=_("Für die gesetzlichen Feiertage.")
        ),
        Line(path=("in_force",), label=_("In Kraft seit")),
        Lines(
            path=("source",),
            label=_("Quellen"),
            help=_("Eine je Zeile, zum Beispiel die Adresse der Satzung."),
        ),
        TextPair(path=("completeness",), label=_("Was ist enthalten, was fehlt?"), is_long=True),
    )
    silence = (
        Pick(path=("silence", "outcome"), label=_("Wenn für ein Angebot kein Preis passt"),
             choices=fixed("outcome", ("needs_decision", "refused")), default="needs_decision"),
        TextPair(path=("silence", "text"), label=_("Der Satz dazu")),
        Pick(path=("combinations",), label=_("Wenn mehrere Pakete gleich gut passen"), default="decide",
             choices=fixed("combinations", ("decide", "cheapest", "dearest"))),
        Pick(path=("mixed_groups",), label=_("Wenn mehrere Gruppen zusammen buchen"), default="decide",
             choices=fixed("mixed_groups", ("decide", "highest", "lowest"))),
        Pick(path=("approval",), label=_("Bestätigung durch die Verwaltung"), default="as_ruled",
             choices=fixed("approval", ("always", "as_ruled"))),
    )  # fmt: skip
    ranks: tuple[Input, ...] = ()
    if choices.entries("groups"):
        ranks = (Ranking(path=("priority_order",), label=_("Wer geht bei gleichen Terminen vor?"),
                         choices=choices.of("groups")),)  # fmt: skip
    return [
        Group(_("Die Ordnung"), about),
        Group(_("Was gilt im Zweifel?"), (*silence, *ranks), is_open=False),
    ]


def _resource(choices: DocumentChoices) -> tuple[Input, ...]:
    others = choices.of("resources")
    return (
        Pick(path=("kind",), label=_("Art"), choices=resource_kinds(), default="room"),
        Figure(path=("area_m2",), label=_("Fläche in m²")),
        Whole(path=("pieces",), label=_("Stückzahl"), least=1, help=_("Wie viele gleiche davon es gibt.")),
        Pick(path=("part_of",), label=_("Teil von"), choices=others, none=_("nichts")),
        Names(path=("comprises",), label=_("Umfasst"), choices=others,
              help=_("Was mit belegt ist, wenn man dieses Angebot bucht.")),
    )  # fmt: skip


def _extra(choices: DocumentChoices) -> tuple[Input, ...]:
    return (
        Pick(path=("unit",), label=_("Einheit"), choices=choices.units(), default="piece"),
        Whole(path=("max_quantity",), label=_("Höchstens"), least=1),
        Names(path=("resources",), label=_("Nur bei"), choices=choices.of("resources"),
              help=_("Nichts angekreuzt heißt: bei allen.")),
    )  # fmt: skip


def _fact(entry: Entry) -> tuple[Input, ...]:
    kind = entry.get("kind", "yes_no")
    inputs: list[Input] = [
        Pick(path=("kind",), label=_("Art der Antwort"), default="yes_no",
             choices=fixed("kind", ("yes_no", "choice", "choices", "number", "text"))),
        NamedRows(path=("options",), label=_("Antworten zur Auswahl"), help=_("Nur bei einer Auswahl.")),
        Line(path=("unit",), label=_("Einheit einer Zahl"), help=_("Zum Beispiel: kWh, m3, person")),
        Tick(path=("after_use",), label=_("Wird erst nach der Nutzung abgelesen")),
        Tick(path=("internal",), label=_("Beantwortet die Verwaltung, nicht die Bürgerin oder der Bürger")),
    ]  # fmt: skip
    if entry:
        inputs.append(answer_input(entry, ("default",), _("Wenn niemand antwortet, gilt")))
    return tuple(inputs) if kind != "yes_no" or not entry else (inputs[0], *inputs[3:])


def answer_input(fact: Entry, path: tuple[str, ...], label: Words = "") -> Input:
    """One answer to a question, by the kind of the question."""
    words = label or label_of(fact)
    kind, options = (
        fact.get("kind", "yes_no"),
        [(str(one["id"]), label_of(one)) for one in fact.get("options", ())],
    )
    if kind == "yes_no":
        return YesNo(path=path, label=words)
    if kind == "choice":
        return Pick(path=path, label=words, choices=options, none=_("keine Angabe"))
    if kind == "choices":
        return Chosen(path=path, label=words, choices=options, is_list=True)
    if kind == "number":
        return Figure(path=path, label=words, is_answer=True, least=None)
    return Line(path=path, label=words)


def _asked_of(choices: DocumentChoices) -> Group:
    return Group(_("Wen und wobei fragen?"), (
        Names(path=("resources",), label=_("Nur bei diesen Angeboten"), choices=choices.of("resources")),
        Names(path=("groups",), label=_("Nur diese Gruppen"), choices=choices.of("groups")),
        Names(path=("purposes",), label=_("Nur bei diesen Zwecken"), choices=choices.of("purposes")),
    ), is_open=False)  # fmt: skip


def _ambiguity(entry: Entry) -> Group:
    inputs: list[Input] = [
        TextPair(path=("question",), label=_("Was ist offen?"), required=True, is_long=True),
        NamedRows(path=("readings",), label=_("So kann man es lesen"), required=True),
    ]
    if entry.get("readings"):
        inputs.append(Pick(path=("default",), label=_("Wenn die Gemeinde nicht gewählt hat, gilt"),
                           choices=[(str(one["id"]), label_of(one)) for one in entry["readings"]]))  # fmt: skip
    inputs.append(Line(path=("paragraph",), label=_("Fundstelle")))
    return Group("", tuple(inputs))
