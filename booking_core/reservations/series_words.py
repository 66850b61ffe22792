"""A rule of repetition in words: "jeden Mittwoch, 18–20 Uhr, bis 14. Juli 2027".

Not here: the dates themselves.
"""

from datetime import date

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from booking_core.engines.recurrence import LAST, Rhythm, Rule
from design_system.formats import Language, clocks, long_date


def rule_words(rule: Rule) -> str:
    """Rhythm, clock times and end of a series in the active language."""
    language: Language = "en" if (get_language() or "de").startswith("en") else "de"
    end = (
        _("bis %(day)s") % {"day": long_date(rule.until, language)}
        if rule.until
        else ngettext("%(count)s Termin", "%(count)s Termine", rule.count or 0) % {"count": rule.count}
    )
    parts = [rhythm_words(rule), clocks(rule.start, rule.end, language), end]
    if rule.without_school_holidays:
        parts.append(_("nicht in den Schulferien"))
    if rule.without_public_holidays:
        parts.append(_("nicht an Feiertagen"))
    return ", ".join(parts)


def rhythm_words(rule: Rule) -> str:
    """How the dates follow one another."""
    weekday = weekday_name(rule.first_on)
    if rule.rhythm is Rhythm.WEEKLY:
        if rule.interval == 1:
            return _("jede Woche am %(weekday)s") % {"weekday": weekday}
        return _("alle %(count)s Wochen am %(weekday)s") % {"count": rule.interval, "weekday": weekday}
    which = {"which": ordinal_name(rule.ordinal), "weekday": weekday, "count": rule.interval}
    if rule.interval == 1:
        return _("jeden Monat am %(which)s %(weekday)s") % which
    return _("alle %(count)s Monate am %(which)s %(weekday)s") % which


def weekday_name(day: date) -> str:
    """The weekday of ``day``, written out."""
    names = (
        _("Montag"),
        _("Dienstag"),
        _("Mittwoch"),
        _("Donnerstag"),
        _("Freitag"),
        _("Samstag"),
        _("Sonntag"),
    )
    return names[day.weekday()]


def ordinal_name(ordinal: int) -> str:
    """Which weekday of a month, as it stands before the weekday's name."""
    names = {1: _("ersten"), 2: _("zweiten"), 3: _("dritten"), 4: _("vierten"), LAST: _("letzten")}
    return names[ordinal]
