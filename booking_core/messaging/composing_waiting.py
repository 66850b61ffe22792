"""The mails of the waiting list: you are on it, the time is kept for you, the offer has lapsed.

Not here: mails about bookings (``composing``).
"""

from django.utils import translation
from django.utils.translation import gettext as _

from booking_core.messaging.booking_facts import language_of, times
from booking_core.messaging.contracts import Action, Letter, MailDraft
from booking_core.messaging.layout import lay_out
from booking_core.messaging.waiting_links import waiting_link
from booking_core.reservations.waiting_contracts import WaitingView
from design_system.formats import clock, long_date
from tenants.context import tenant_zone


def waiting_joined(entry: WaitingView) -> MailDraft:
    """To the person: on the list, what happens next, how to leave."""
    with translation.override(entry.language):
        letter = Letter(
            subject=_("Sie stehen auf der Warteliste: %(what)s") % {"what": entry.resource_name},
            greeting=_greeting(entry),
            paragraphs=(
                _("Sie stehen auf der Warteliste. Wird die Zeit frei, schreiben wir Ihnen."),
                _("Dann halten wir sie eine Weile nur für Sie frei. Bis dahin müssen Sie nichts tun."),
            ),
            facts=_facts(entry),
            action=Action(_("Eintrag ansehen oder austragen"), waiting_link(entry.uuid)),
        )
        return _mail("waiting_joined", entry, letter)


def waiting_offered(entry: WaitingView) -> MailDraft:
    """To the person: the time is free and kept until the deadline."""
    with translation.override(entry.language):
        language, zone = language_of(entry.language), tenant_zone()
        assert entry.offered_until is not None  # noqa: S101 — an offer has its deadline (a constraint)
        until = (
            f"{long_date(entry.offered_until, language, zone)}, {clock(entry.offered_until, language, zone)}"
        )
        letter = Letter(
            subject=_("Jetzt frei: %(what)s") % {"what": entry.resource_name},
            greeting=_greeting(entry),
            paragraphs=(
                _("die Zeit, auf die Sie gewartet haben, ist frei. Wir halten sie für Sie bis %(until)s.")
                % {"until": until},
                _("Buchen Sie bis dahin nicht, bekommt sie die nächste Person auf der Liste."),
            ),
            facts=_facts(entry),
            action=Action(_("Angebot ansehen und buchen"), waiting_link(entry.uuid)),
            closing=(
                _("Sie brauchen die Zeit nicht mehr? Über den Link können Sie sie gleich weitergeben."),
            ),
        )
        return _mail("waiting_offered", entry, letter)


def waiting_lapsed(entry: WaitingView) -> MailDraft:
    """To the person: the deadline is over."""
    with translation.override(entry.language):
        letter = Letter(
            subject=_("Das Angebot ist abgelaufen: %(what)s") % {"what": entry.resource_name},
            greeting=_greeting(entry),
            paragraphs=(
                _("die Frist ist vorbei, wir halten die Zeit nicht mehr für Sie frei."),
                _("Wenn sie noch frei ist, können Sie sie wie jede andere buchen."),
            ),
            facts=_facts(entry),
            action=Action(_("Eintrag ansehen"), waiting_link(entry.uuid)),
        )
        return _mail("waiting_lapsed", entry, letter)


def _greeting(entry: WaitingView) -> str:
    return _("Guten Tag %(name)s,") % {"name": entry.name}


def _facts(entry: WaitingView) -> tuple[tuple[str, str], ...]:
    return (
        (_("Was"), entry.resource_name),
        (_("Wann"), times((entry.span,), entry.language)),
        (_("Wo"), entry.location_name),
    )


def _mail(kind: str, entry: WaitingView, letter: Letter) -> MailDraft:
    return lay_out(
        letter,
        kind=kind,
        recipient=entry.email,
        language=entry.language,
        subject_type="waiting",
        subject_id=str(entry.uuid),
    )
