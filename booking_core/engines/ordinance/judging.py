"""The idea *limit* at work: rules of use, handover times, what extras allow, payment dates.

Not here: prices.
"""

from datetime import date

from booking_core.engines.ordinance import calendar
from booking_core.engines.ordinance.contracts import LocalizedText, Reason
from booking_core.engines.ordinance.draft import Draft
from booking_core.engines.ordinance.figures import filled, localized
from booking_core.engines.ordinance.language.rules import Handover, Limit, Payment
from booking_core.engines.ordinance.language.vocabulary import MINUTES_PER_DAY, clock_minutes
from booking_core.engines.ordinance.rulebook import Conditional, Rulebook
from booking_core.engines.ordinance.scene import Scene

_TOO_MANY = LocalizedText("Von {extra} gibt es höchstens {count}.", "There are at most {count} of {extra}.")
_NEGATIVE = LocalizedText("Eine Menge kann nicht negativ sein.", "A quantity cannot be negative.")
_NOT_WITH = LocalizedText(
    "{extra} gibt es für diese Ressource nicht.", "{extra} is not available with this resource."
)
_UNKNOWN = LocalizedText("Die Satzung kennt nicht: {name}.", "The ordinance does not know: {name}.")
_NO_PIECES = LocalizedText("Davon gibt es höchstens {count}.", "There are at most {count} of these.")

_KEPT = LocalizedText("Eingehalten", "Kept")
_BROKEN = LocalizedText("Nicht eingehalten", "Not kept")
_HINT = LocalizedText("Hinweis", "Please note")


def _after(word: LocalizedText, text: LocalizedText) -> LocalizedText:
    return LocalizedText(f"{word.de}: {text.de}", f"{word.en}: {text.en}")


def judge(rulebook: Rulebook, scene: Scene, draft: Draft) -> None:
    """Hold the booking against every rule of use."""
    for entry in rulebook.limits:
        rule = entry.rule
        scenes = [scene]
        if rule.per == "resource":
            scenes = [scene.about(resources=(name,)) for name in scene.resources]
        broken = [about for about in scenes if _is_broken(entry, about)]
        if broken:
            _object(entry, broken[0], rulebook, draft)
        else:
            failing = entry.condition.first_failing(scene)
            if failing is not None:
                draft.passed_over(rule.id, failing, rule.paragraph)
            else:
                text = filled(localized(rule.text), resource=rulebook.words.resource(scene.resources))
                draft.applied(rule.id, _after(_KEPT, text), rule.paragraph)
    _judge_handover(rulebook, scene, draft)
    _judge_extras(rulebook, scene, draft)


def _is_broken(entry: Conditional[Limit], scene: Scene) -> bool:
    if not entry.condition.holds(scene):
        return False
    return entry.require is None or not entry.require.holds(scene)


def _object(entry: Conditional[Limit], scene: Scene, rulebook: Rulebook, draft: Draft) -> None:
    rule = entry.rule
    text = filled(localized(rule.text), resource=rulebook.words.resource(scene.resources))
    if rule.otherwise == "hint":
        draft.applied(rule.id, _after(_HINT, text), rule.paragraph)
        return
    if entry.lenient is not None and entry.lenient.holds(scene):
        draft.object("needs_decision", Reason(rule.id, "missing_input", text, rule.paragraph, rule.field))
        return
    if rule.otherwise == "approval":
        draft.needs_approval = True
    draft.object(
        rule.otherwise, Reason(rule.id, rule.topic, text, rule.paragraph, rule.field), _after(_BROKEN, text)
    )


def _judge_handover(rulebook: Rulebook, scene: Scene, draft: Draft) -> None:
    """The first handover rule that applies; a use within one period may begin and end at any time."""
    for entry in rulebook.handover:
        rule = entry.rule
        if rule.outside is None or not entry.condition.holds(scene):
            continue
        if any(_is_outside(rule, span) for span in scene.dates):
            draft.object(
                rule.outside, Reason(rule.id, "handover", localized(rule.text), rule.paragraph, "start")
            )
        return


def _is_outside(rule: Handover, span: calendar.LocalSpan) -> bool:
    start, end = clock_minutes(rule.from_), clock_minutes(rule.to)
    if calendar.handover_periods(span, start, end) == 1 and span.wall_minutes <= MINUTES_PER_DAY:
        return False
    return calendar.minutes_of_day(span.start) < start or calendar.end_minutes(span.end) > end


def _judge_extras(rulebook: Rulebook, scene: Scene, draft: Draft) -> None:
    ordinance = rulebook.ordinance
    for name, quantity in scene.booking.request.extras.items():
        extra = next((entry for entry in ordinance.extras if entry.id == name), None)
        if extra is None:
            text = filled(_UNKNOWN, name=LocalizedText(name, name))
            draft.object("needs_decision", Reason("extras", "unknown_extra", text, field=f"extras.{name}"))
            continue
        label = localized(extra.label)
        if quantity < 0:
            draft.object("refused", Reason(name, "negative", _NEGATIVE, field=f"extras.{name}"))
        elif extra.max_quantity is not None and quantity > extra.max_quantity:
            count = LocalizedText(str(extra.max_quantity), str(extra.max_quantity))
            text = filled(_TOO_MANY, extra=label, count=count)
            draft.object("refused", Reason(name, "too_many", text, field=f"extras.{name}"))
        elif quantity and extra.resources and not set(extra.resources) & set(scene.resources):
            text = filled(_NOT_WITH, extra=label)
            draft.object("refused", Reason(name, "not_with", text, field=f"extras.{name}"))
    for name, pieces in scene.booking.request.pieces.items():
        resource = scene.booking.known.get(name)
        if resource is not None and pieces > resource.pieces > 1:
            count = LocalizedText(str(resource.pieces), str(resource.pieces))
            draft.object(
                "refused", Reason(name, "too_many", filled(_NO_PIECES, count=count), field=f"pieces.{name}")
            )


def _due_on(rule: Payment, scene: Scene, state: str) -> date | None:
    """The last day for the money; None where it counts from a request nobody has made yet."""
    request = scene.booking.request
    if rule.counted == "after_request":
        if request.requested_at is None:
            return None
        day = request.requested_at.astimezone(request.zone).date()
    elif rule.counted == "after_end":
        day = max(date_.last_day for date_ in scene.booking.dates)
    else:
        first = scene.booking.first_day
        return first if rule.due is None else calendar.before(first, rule.due, state)
    return day if rule.due is None else calendar.after(day, rule.due, state)


def payment_due(rulebook: Rulebook, scene: Scene, draft: Draft) -> date | None:
    """The day by which the money must be there; a later ``paid_at`` breaks the rule."""
    for entry in rulebook.payments:
        rule = entry.rule
        if not entry.condition.holds(scene):
            continue
        due = _due_on(rule, scene, rulebook.ordinance.state)
        if due is None:
            draft.applied(rule.id, localized(rule.text), rule.paragraph)
            return None
        paid_at = scene.booking.request.paid_at
        if paid_at is not None and paid_at.astimezone(scene.booking.request.zone).date() > due:
            draft.object(
                "rule_violation",
                Reason(rule.id, "paid_late", localized(rule.text), rule.paragraph, "paid_at"),
            )
        else:
            draft.applied(rule.id, localized(rule.text), rule.paragraph)
        return due
    return None
