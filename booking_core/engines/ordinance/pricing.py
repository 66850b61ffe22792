"""From a booking to its lines: exemptions, rates, add-ons, then what works on all of them.

Not here: how one charge is worked out (``charging``), limits and deposits.
"""

from booking_core.engines.ordinance.adding import add_addons, object_to_unpriced_extras
from booking_core.engines.ordinance.adjusting import add_surcharges, apply_caps, apply_taxes
from booking_core.engines.ordinance.calendar import LocalSpan
from booking_core.engines.ordinance.charging import Charge, Conflict
from booking_core.engines.ordinance.choosing import Choice, Offer, choose
from booking_core.engines.ordinance.contracts import LineKind, LocalizedText, Reason
from booking_core.engines.ordinance.draft import Draft
from booking_core.engines.ordinance.exempting import exempt, is_exempt
from booking_core.engines.ordinance.figures import filled, localized
from booking_core.engines.ordinance.lines import CONFLICT, SILENT, add_lines
from booking_core.engines.ordinance.rulebook import Rulebook
from booking_core.engines.ordinance.scene import Scene

_TIE = LocalizedText(
    "Diese Räume lassen sich nach der Satzung verschieden zusammenfassen. Darüber entscheidet die Verwaltung.",
    "The ordinance allows several packages of these resources. The administration decides.",
)


def price(rulebook: Rulebook, scene: Scene, draft: Draft) -> None:
    """Put all lines of a booking into the draft, in the order rates, add-ons and extras, surcharges, caps, tax."""
    exempted = exempt(rulebook, scene, draft)
    left = scene.resources
    if exempted:
        left = tuple(name for name in left if not is_exempt(exempted, LineKind.RATE, "", (name,)))
    if left:
        _add_rates(rulebook, scene, left, draft)
    add_addons(rulebook, rulebook.addons, scene, exempted, draft)
    if rulebook.shares:
        scene.lines = tuple(draft.lines)
        add_addons(rulebook, rulebook.shares, scene, exempted, draft)
    if scene.booking.request.extras:
        object_to_unpriced_extras(rulebook, scene, exempted, draft)
    add_surcharges(rulebook, scene, draft)
    apply_caps(rulebook, scene, draft)
    apply_taxes(rulebook, scene, draft)


def _add_rates(rulebook: Rulebook, scene: Scene, resources: tuple[str, ...], draft: Draft) -> None:
    """Choose rates date by date, and price each chosen one over all its dates."""
    combinations = rulebook.ordinance.combinations
    dates_of: dict[tuple[str, int, tuple[str, ...]], tuple[Offer, list[LocalSpan]]] = {}
    for date in scene.dates:
        about = scene if len(scene.dates) == 1 else scene.about(dates=(date,))
        try:
            choice = choose(rulebook.rates, about, resources, combinations=combinations)
        except Conflict as conflict:
            choice = Choice((), (), (str(conflict),))
        _object_to(choice, rulebook, draft)
        for offer in choice.offers:
            dates_of.setdefault(offer.key, (offer, []))[1].append(date)
    order = {name: index for index, name in enumerate(resources)}
    chosen = sorted(dates_of.values(), key=lambda entry: order[entry[0].resources[0]])
    used = set()
    for offer, dates in chosen:
        used.add(offer.charge.rule.id)
        about = scene.about(resources=offer.resources, dates=tuple(dates))
        cell = None if offer.charge.is_split else offer.cell
        if cell is not None and cell.pricing.unpublished:
            draft.fee_known = False
        add_lines(rulebook, offer.charge, about, draft, cell=cell)
    for charge in rulebook.rates:
        if charge.rule.id not in used:
            failing = charge.condition.first_failing(scene) or ("better" if _fits(charge, scene) else "cells")
            draft.passed_over(charge.rule.id, failing, charge.rule.paragraph)


def _fits(charge: Charge, scene: Scene) -> bool:
    """Whether a rate could have priced one of the resources, had no better one been there."""
    return any(
        cell.condition.holds(about)
        for about in (scene.about(resources=(name,)) for name in scene.resources)
        for cell in charge.cells
    )


def _object_to(choice: Choice, rulebook: Rulebook, draft: Draft) -> None:
    silence = rulebook.ordinance.silence
    known = {reason.code for reason in draft.reasons}
    if choice.unpriced and "silent" not in known:
        text = localized(silence.text) if silence.text is not None else SILENT
        text = filled(text, resource=rulebook.words.resource(choice.unpriced))
        draft.object(silence.outcome, Reason("silent", "silent", text, field="resources"))
    if choice.conflicts and "conflict" not in known:
        draft.object("needs_decision", Reason(choice.conflicts[0], "conflict", CONFLICT))
    if choice.is_tie and "combination" not in known:
        draft.object("needs_decision", Reason("combination", "combination", _TIE, field="resources"))
