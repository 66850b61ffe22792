"""Add-ons and extras at work: what comes on top of the rates, ordered or by itself.

Not here: rates (``pricing``), percentages (``adjusting``).
"""

from collections.abc import Iterable, Sequence

from booking_core.engines.ordinance.charging import Charge
from booking_core.engines.ordinance.contracts import LineKind, LocalizedText, Reason
from booking_core.engines.ordinance.draft import Draft
from booking_core.engines.ordinance.exempting import Exempted, is_exempt
from booking_core.engines.ordinance.figures import filled, localized
from booking_core.engines.ordinance.language.prices import Addon
from booking_core.engines.ordinance.lines import ONE, add_lines
from booking_core.engines.ordinance.rulebook import Rulebook
from booking_core.engines.ordinance.scene import Scene

_NO_PRICE = LocalizedText(
    "Die Satzung nennt für {extra} hier keinen Preis. Darüber entscheidet die Verwaltung.",
    "The ordinance names no price for {extra} here. The administration decides.",
)


def add_addons(
    rulebook: Rulebook, charges: Iterable[Charge], scene: Scene, exempted: Sequence[Exempted], draft: Draft
) -> None:
    """Charge every add-on whose condition holds; extras only where they are ordered."""
    ordered = scene.booking.request.extras
    for charge in charges:
        rule = charge.rule
        extra = rule.extra if isinstance(rule, Addon) else None
        if extra is not None and not ordered.get(extra):
            draft.passed_over(rule.id, "extra", rule.paragraph)
        elif exempted and is_exempt(exempted, charge.kind, rule.id, scene.resources):
            draft.passed_over(rule.id, "exempt", rule.paragraph)
        else:
            scene.quantity = ordered[extra] if extra is not None else ONE
            _add_addon(rulebook, charge, scene, draft)


def object_to_unpriced_extras(
    rulebook: Rulebook, scene: Scene, exempted: Sequence[Exempted], draft: Draft
) -> None:
    """An ordered extra that no rule prices is not free: a clerk decides."""
    for extra in rulebook.ordinance.extras:
        if not scene.booking.request.extras.get(extra.id):
            continue
        rules = rulebook.rules_of_extra.get(extra.id, ())
        is_priced = any(step.applied and step.rule in rules for step in draft.steps)
        if is_priced or is_exempt(exempted, LineKind.EXTRA, extra.id, scene.resources):
            continue
        text = filled(_NO_PRICE, extra=localized(extra.label))
        draft.object("needs_decision", Reason(extra.id, "silent", text, field=f"extras.{extra.id}"))


def _add_addon(rulebook: Rulebook, charge: Charge, scene: Scene, draft: Draft) -> None:
    rule = charge.rule
    if not isinstance(rule, Addon) or rule.per == "booking":
        about, failing = _fitting(charge, scene)
        if about is None:
            draft.passed_over(rule.id, failing, rule.paragraph)
        else:
            add_lines(rulebook, charge, about, draft)
        return
    scenes = [scene.about(resources=(name,)) for name in scene.resources]
    why = None
    is_charged = False
    for one in scenes:
        about, failing = _fitting(charge, one)
        if about is None:
            why = why or failing
        else:
            is_charged = True
            add_lines(rulebook, charge, about, draft)
    if not is_charged and why is not None:
        draft.passed_over(rule.id, why, rule.paragraph)


def _fitting(charge: Charge, scene: Scene) -> tuple[Scene | None, str]:
    """The scene an add-on charges, only the dates that fit where it follows time; or why there is none."""
    if not charge.by_date or len(scene.dates) == 1:
        failing = _failing(charge, scene)
        return (scene, "") if failing is None else (None, failing)
    dates = tuple(date for date in scene.dates if _failing(charge, scene.about(dates=(date,))) is None)
    return (scene.about(dates=dates), "") if dates else (None, _failing(charge, scene) or "cells")


def _failing(charge: Charge, scene: Scene) -> str | None:
    failing = charge.condition.first_failing(scene)
    if failing is not None or charge.is_split:
        return failing
    for cell in charge.cells:
        if cell.condition.holds(scene):
            return None
    return "cells"
