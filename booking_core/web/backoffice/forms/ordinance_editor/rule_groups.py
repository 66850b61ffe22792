"""Which inputs each rule of a document has: prices, add-ons, surcharges, exemptions, deposits, tax, rules of use.

Not here: things and words the rules speak of (``named_groups``), worked examples (``example_groups``).
"""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from booking_core.web.backoffice.forms.ordinance_editor.choices import DocumentChoices, fixed, measures
from booking_core.web.backoffice.forms.ordinance_editor.clocks import ClockTime
from booking_core.web.backoffice.forms.ordinance_editor.conditions import Group, condition_groups
from booking_core.web.backoffice.forms.ordinance_editor.inputs import (
    Figure,
    Input,
    Line,
    Names,
    Pick,
    TextPair,
    Tick,
    Whole,
    Words,
)
from booking_core.web.backoffice.forms.ordinance_editor.prices import BoundAmount, Counted, PriceOf
from booking_core.web.backoffice.forms.ordinance_editor.ranges import Period
from booking_core.web.backoffice.forms.ordinance_editor.rows import PriceRows

PRICE_KINDS = ("price", "steps", "bands", "cells", "unpublished")
_WHEN = ("when",)
_DECISIONS = ("refused", "needs_decision")


def rule_groups(listed: str, choices: DocumentChoices, kind: str) -> list[Group]:
    """The groups of one rule of the list ``listed``; ``kind`` is how a charge is priced."""
    makers = {
        "rates": lambda: _charge(choices, kind, _rate_inputs(), frozenset({"part"})),
        "addons": lambda: _charge(choices, kind, _addon_inputs(choices), frozenset({"part", "extra"})),
        "adjustments": lambda: [_adjustment(choices), *_further(choices)],
        "caps": lambda: [_cap(choices), *_further(choices)],
        "exemptions": lambda: [_exemption(choices), *_further(choices)],
        "deposit": lambda: [_deposit(choices), *_further(choices)],
        "tax": lambda: [_tax(choices), *_further(choices)],
        "limits": lambda: _limit(choices),
        "cancellation": lambda: [_cancellation(choices), *_further(choices, frozenset({"notice"}))],
        "payment": lambda: [_payment(), *_further(choices)],
        "handover": lambda: [_handover(), *_further(choices)],
        "accounts": lambda: [_account(choices), *_further(choices)],
    }  # fmt: skip
    return makers[listed]()


def cell_groups(choices: DocumentChoices, kind: str) -> list[Group]:
    """One row of a price table: its condition and its price."""
    words = (
        TextPair(
            path=("label",), label=_("Bezeichnung der Zeile"), help=_("Ohne Angabe gilt die der Tabelle.")
        ),
        Pick(path=("unit",), label=_("Einheit"), choices=choices.units(), none=_("wie die Tabelle")),
        Line(path=("paragraph",), label=_("Fundstelle")),
    )
    return [
        Group(_("Was kostet diese Zeile?"), (*_pricing(choices, kind), *words)),
        *condition_groups(choices, (), about=frozenset({"part", "extra"})),
    ]


def kind_of(entry: dict[str, object]) -> str:
    """How an entry is priced."""
    return next((kind for kind in PRICE_KINDS if kind in entry), "price")


def _charge(
    choices: DocumentChoices, kind: str, own: tuple[Input, ...], about: frozenset[str]
) -> list[Group]:
    label = TextPair(path=("label",), label=_("Bezeichnung"), help=_(
        "Steht auf der Rechnung. Ohne Angabe: der Name des Angebots."))  # fmt: skip
    counted = _counted(choices, ("measure",), _("Gerechnet wird je"))
    unit = Pick(path=("unit",), label=_("Einheit auf der Rechnung"), choices=choices.units(),
                none=_("wie gezählt"))  # fmt: skip
    split = (
        Pick(path=("split", "by"), label=_("Aufteilen"), choices=fixed("by", ("day", "day_part")), none=_("gar nicht")),
        Pick(path=("split", "combine"), label=_("Von den Stücken"), none=_("keine Angabe"),
             choices=fixed("combine", ("all", "highest", "lowest"))),
        Pick(path=("split", "gaps"), label=_("Zeit zwischen den Tagesabschnitten"),
             choices=fixed("gaps", ("decide", "free")), none=_("keine Angabe")),
    )  # fmt: skip
    details = (
        *own,
        _counted(choices, ("times",), _("Mal"), none=_("nichts weiter")),
        BoundAmount(path=("minimum",), label=_("Mindestens")),
        BoundAmount(path=("maximum",), label=_("Höchstens")),
        *split,
        Tick(path=("after_use",), label=_("Wird nach der Nutzung abgerechnet")),
    )
    return [
        Group(_("Was kostet es?"), (label, counted, unit, *_pricing(choices, kind))),
        *condition_groups(choices, _WHEN, about=about),
        Group(_("Rechenweise"), details, is_open=False),
        _source(),
    ]


def _pricing(choices: DocumentChoices, kind: str) -> tuple[Input, ...]:
    if kind == "steps":
        return (PriceRows(path=("steps",), label=_("Stufen: ein Preis für die ganze Menge"), required=True,
                          help=_("„Bis“ leer heißt: alles darüber.")),)  # fmt: skip
    if kind == "bands":
        return (PriceRows(path=("bands",), label=_("Staffel: jeder Abschnitt hat seinen Preis"), is_band=True,
                          required=True, help=_("„Bis“ leer heißt: alles darüber.")),)  # fmt: skip
    if kind == "unpublished":
        return (Tick(path=("unpublished",), label=_("Der Betrag ist nicht bekannt; die Verwaltung setzt ihn fest"),
                     required=True),)  # fmt: skip
    return (_price(choices),) if kind == "price" else ()


def _price(choices: DocumentChoices, *, required: bool = True) -> PriceOf:
    return PriceOf(path=("price",), label=_("Preis"), required=required, scopes=choices.scopes(),
                   resources=choices.of("resources"), answers=choices.facts(after_use=False, kind="number"),
                   readings=choices.facts(after_use=True))  # fmt: skip


def _counted(choices: DocumentChoices, path: tuple[str, ...], label: Words, none: Words = "") -> Counted:
    return Counted(path=path, label=label, choices=measures(),
                   answers=choices.facts(after_use=False, kind="number"), readings=choices.facts(after_use=True),
                   none=none)  # fmt: skip


def _rate_inputs() -> tuple[Input, ...]:
    return (
        Pick(path=("take",), label=_("Wenn mehrere Angebote gebucht werden"),
             choices=fixed("take", ("each", "together", "set")), default="each"),
        Pick(path=("choose",), label=_("Bei mehreren gleich guten Preisen"), none=_("keine Angabe"),
             choices=fixed("choose", ("cheapest", "dearest"))),
    )  # fmt: skip


def _addon_inputs(choices: DocumentChoices) -> tuple[Input, ...]:
    return (
        Pick(path=("extra",), label=_("Für die Bestellung von"), choices=choices.of("extras"),
             none=_("kommt von selbst dazu")),
        Pick(path=("per",), label=_("Wie oft?"), choices=fixed("per", ("booking", "resource")), default="booking"),
    )  # fmt: skip


def _adjustment(choices: DocumentChoices) -> Group:
    return Group(_("Zuschlag oder Ermäßigung"), (
        _label(),
        Figure(path=("percent",), label=_("Prozent"), required=True, least=Decimal(-100),
               help=_("20 ist ein Zuschlag um ein Fünftel, -50 die Hälfte, -100 kostenlos.")),
        _scope(choices, _("Worauf?"), _("Nichts angekreuzt heißt: auf die Entgelte.")),
        Pick(path=("which",), label=_("Bei mehreren Angeboten"), choices=fixed("which", ("all", "dearest", "others")),
             default="all"),
        Pick(path=("show",), label=_("Auf der Rechnung"), choices=fixed("show", ("line", "factor")), default="line"),
    ))  # fmt: skip


def _cap(choices: DocumentChoices) -> Group:
    return Group(_("Grenze für mehrere Zeilen zusammen"), (
        _label(), BoundAmount(path=("minimum",), label=_("Mindestens")),
        BoundAmount(path=("maximum",), label=_("Höchstens")),
        Figure(path=("round_to",), label=_("Die Summe runden auf Vielfache von (Euro)"),
               help=_("1 heißt volle Euro, 0,10 heißt zehn Cent.")),
        Pick(path=("rounding",), label=_("Gerundet wird"), choices=fixed("rounding", ("nearest", "up", "down")),
             default="nearest"),
        _scope(choices, _("Welche Zeilen zusammen?"), _("Nichts angekreuzt heißt: alle.")),
    ))  # fmt: skip


def _exemption(choices: DocumentChoices) -> Group:
    return Group(_("Wer zahlt was nicht?"), (
        _label(), _scope(choices, _("Was ist frei?"), _("Nichts angekreuzt heißt: alles.")),
        Tick(path=("deposit",), label=_("Auch die Kaution entfällt")),
        Pick(path=("per",), label=_("Zeilen"), choices=fixed("per", ("booking", "resource")), default="booking"),
        Pick(path=("unit",), label=_("Einheit auf der Rechnung"), choices=choices.units(), default="booking"),
    ))  # fmt: skip


def _deposit(choices: DocumentChoices) -> Group:
    return Group(_("Kaution"), (
        _label(), _price(choices, required=False), _counted(choices, ("measure",), _("Gerechnet wird je")),
        Pick(path=("per",), label=_("Fällig"), choices=fixed("per", ("booking", "resource")), default="booking"),
        Tick(path=("unpublished",), label=_("Fällig, aber der Betrag ist nicht bekannt")),
        Figure(path=("minimum",), label=_("Mindestens (Euro)")), Figure(path=("maximum",), label=_("Höchstens (Euro)")),
        Tick(path=("set_off",), label=_("Wird nach der Rückgabe mit dem Entgelt verrechnet")),
    ))  # fmt: skip


def _tax(choices: DocumentChoices) -> Group:
    return Group(_("Umsatzsteuer"), (
        Pick(path=("mode",), label=_("Die Steuer"), choices=fixed("mode", ("included", "added", "none")),
             default="included"),
        Figure(path=("percent",), label=_("Satz in Prozent")),
        _scope(choices, _("Wofür?"), _("Nichts angekreuzt heißt: für alles.")),
        TextPair(path=("reason",), label=_("Grund"), help=_("Zum Beispiel: nicht steuerbar nach § 2b UStG")),
        TextPair(path=("label",), label=_("Bezeichnung auf der Rechnung")),
    ))  # fmt: skip


def _limit(choices: DocumentChoices) -> list[Group]:
    topics = (
        "lead",
        "duration",
        "hours",
        "closed",
        "quota",
        "applicant",
        "capacity",
        "prerequisite",
        "other",
    )
    fields = [("start", _("Beginn")), ("end", _("Ende")), ("persons", _("Personen")), ("group", _("Gruppe")),
              ("purpose", _("Zweck")), *((f"facts.{name}", label) for name, label in choices.of("facts")),
              *((f"extras.{name}", label) for name, label in choices.of("extras"))]  # fmt: skip
    main = Group(_("Die Regel"), (
        _sentence(),
        Pick(path=("otherwise",), label=_("Wenn sie nicht eingehalten ist"), default="refused",
             choices=fixed("otherwise", ("refused", "needs_decision", "rule_violation", "approval", "hint"))),
        Pick(path=("topic",), label=_("Worum geht es?"), choices=fixed("topic", topics), default="other"),
        Pick(path=("field",), label=_("Was müsste man ändern?"), choices=[(name, str(label)) for name, label in fields],
             none=_("keine Angabe")),
        Pick(path=("per",), label=_("Geprüft wird"), choices=fixed("per", ("booking", "resource")), default="booking"),
    ))  # fmt: skip
    return [
        main,
        *condition_groups(
            choices, ("require",), title=_("Was muss erfüllt sein?"), about=frozenset({"extra"})
        ),
        *condition_groups(choices, _WHEN, title=_("Wann gilt die Regel?"), about=frozenset({"extra"})),
        _source(),
    ]


def _cancellation(choices: DocumentChoices) -> Group:
    return Group(_("Was kostet die Absage?"), (
        _label(), _price(choices), Figure(path=("minimum",), label=_("Mindestens (Euro)")),
        Figure(path=("maximum",), label=_("Höchstens (Euro)")),
        Figure(path=("plus",), label=_("In jedem Fall dazu (Euro)"), help=_("Zum Beispiel für die Bearbeitung.")),
    ))  # fmt: skip


def _payment() -> Group:
    return Group(_("Wann ist zu zahlen?"), (
        _sentence(), Period(path=("due",), label=_("Frist"), help=_("Ohne Angabe: bevor es losgeht.")),
        Pick(path=("counted",), label=_("Gezählt wird"), default="before_start",
             choices=fixed("counted", ("before_start", "after_request", "after_end"))),
    ))  # fmt: skip


def _handover() -> Group:
    return Group(_("Übergabe"), (
        ClockTime(path=("from",), label=_("Übergabe um"), required=True),
        ClockTime(path=("to",), label=_("Rückgabe am nächsten Tag um"), required=True),
        _sentence(),
        Pick(path=("outside",), label=_("Zu anderen Zeiten"), choices=fixed("outside", _DECISIONS),
             default="needs_decision"),
    ))  # fmt: skip


def _account(choices: DocumentChoices) -> Group:
    return Group(_("Guthaben"), (
        _label(), _counted(choices, ("start",), _("Stand vor der Buchung")),
        _counted(choices, ("used",), _("Davon wird verbraucht")),
        Pick(path=("unit",), label=_("Einheit"), choices=choices.units(), default="minute"),
    ))  # fmt: skip


def _label() -> TextPair:
    return TextPair(path=("label",), label=_("Bezeichnung"), required=True)


def _sentence() -> TextPair:
    return TextPair(path=("text",), label=_("Der Satz, den alle lesen"), required=True, is_long=True)


def _scope(choices: DocumentChoices, label: Words, hint: Words) -> Names:
    return Names(path=("of",), label=label, help=hint, choices=choices.scopes())


def _further(choices: DocumentChoices, about: frozenset[str] = frozenset({"extra"})) -> list[Group]:
    return [*condition_groups(choices, _WHEN, about=about), _source()]


def _source() -> Group:
    return Group(_("Fundstelle, Hinweis und Vorrang"), (
        Line(path=("paragraph",), label=_("Fundstelle"), help=_("Zum Beispiel: § 3 Abs. 2")),
        TextPair(path=("note",), label=_("Hinweis"), is_long=True),
        Whole(path=("priority",), label=_("Vorrang"), least=-100, most=100,
              help=_("Höher geht vor. Ohne Angabe 0; bei gleichem Vorrang zählt die genauere Bedingung.")),
    ), is_open=False)  # fmt: skip
