"""The idea *exempt* at work: who pays nothing, for which lines, and the line that says so.

Not here: percentages (``adjusting``).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from booking_core.engines.ordinance.contracts import LineKind, PriceLine
from booking_core.engines.ordinance.draft import Draft
from booking_core.engines.ordinance.figures import filled, localized
from booking_core.engines.ordinance.language.rules import Exemption
from booking_core.engines.ordinance.rulebook import Conditional, Rulebook
from booking_core.engines.ordinance.scene import Scene
from booking_core.kernel.money import ZERO


@dataclass(frozen=True, slots=True)
class Exempted:
    """An exemption that applies, and the resources it frees."""

    entry: Conditional[Exemption]
    resources: frozenset[str]


def exempt(rulebook: Rulebook, scene: Scene, draft: Draft) -> Sequence[Exempted]:
    """Find the exemptions that apply, and put their lines with 0.00 into the draft."""
    active = []
    for entry in rulebook.exemptions:
        rule = entry.rule
        freed = [name for name in scene.resources if entry.condition.holds(scene.about(resources=(name,)))]
        if not freed:
            draft.passed_over(rule.id, entry.condition.first_failing(scene) or "nothing", rule.paragraph)
            continue
        active.append(Exempted(entry, frozenset(freed)))
        label = filled(localized(rule.label), resource=rulebook.words.resource(freed))
        draft.applied(rule.id, label, rule.paragraph)
        for names in [(name,) for name in freed] if rule.per == "resource" else [tuple(freed)]:
            draft.lines.append(_line(rulebook, entry, names))
    return active


def is_exempt(exempted: Sequence[Exempted], kind: LineKind, rule: str, resources: tuple[str, ...]) -> bool:
    """Whether a charge of this kind and rule on these resources is free."""
    return any(
        one.entry.scope.includes(kind, rule) and one.resources.issuperset(resources) for one in exempted
    )


def _line(rulebook: Rulebook, entry: Conditional[Exemption], names: tuple[str, ...]) -> PriceLine:
    rule = entry.rule
    label = filled(localized(rule.label), resource=rulebook.words.resource(names))
    return PriceLine(
        rule=rule.id,
        label=label,
        quantity=Decimal(1),
        unit=rule.unit,
        unit_price=Decimal(0),
        amount=ZERO,
        paragraph=rule.paragraph,
        explanation=entry.words if entry.words.de else label,
        resource=names[0] if len(names) == 1 else None,
        kind=LineKind.EXEMPTION,
        unit_label=rulebook.words.unit(rule.unit),
    )
