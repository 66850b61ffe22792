"""A rule of repetition in this town: its state's public holidays, its own school holidays, faults in words.

Not here: which dates are free (``series_plan``).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.utils.translation import gettext as _

from booking_core.engines.public_holidays import public_holidays
from booking_core.engines.recurrence import Break, Occurrence, Rule, RuleInvalid, occurrences
from booking_core.kernel.errors import InvalidInput
from booking_core.workflows.conditions import language
from tenants.context import current_tenant, tenant_zone


def school_holidays() -> tuple[Break, ...]:
    """The town's school holidays as it entered them, in order of time."""
    stored = current_tenant().school_holidays
    found = [
        Break(one["name"], date.fromisoformat(one["first_on"]), date.fromisoformat(one["last_on"]))
        for one in stored
    ]
    return tuple(sorted(found, key=lambda one: one.first_on))


def dates_of(rule: Rule) -> tuple[Occurrence, ...]:
    """The rule's dates with this town's holidays. Raises InvalidInput where there are none or too many."""
    years = range(rule.first_on.year, rule.first_on.year + 4)
    names = public_holidays(str(current_tenant().federal_state), years, language=language())
    with rule_fault():
        return occurrences(rule, tenant_zone(), public_holidays=names, breaks=school_holidays())


@contextmanager
def rule_fault() -> Iterator[None]:
    """Tell a rule without sense as InvalidInput, at the field to change."""
    try:
        yield
    except RuleInvalid as fault:
        raise InvalidInput(rule_fault_words(fault), field=fault.field) from fault


def rule_fault_words(fault: RuleInvalid) -> str:
    """What to change about a rule, in a sentence."""
    sentences = {
        "one-end": _("Geben Sie entweder den letzten Tag oder die Zahl der Termine an."),
        "before-first": _("Der letzte Tag liegt vor dem ersten."),
        "too-long": _("Eine Serie dauert höchstens zwei Jahre."),
        "too-many": _("Eine Serie hat höchstens 160 Termine."),
        "no-dates": _("So bleibt kein Termin übrig. Prüfen Sie Ende und Ferien."),
        "out-of-range": _("Diese Angabe geht nicht. Bitte wählen Sie etwas anderes."),
    }
    return sentences[fault.code]
