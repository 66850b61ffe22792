"""The mails about getting in: codes, invitations, the link back into a sign-up. They also go out from the main host.

Not here: mails about bookings (``composing``).
"""

from django.utils import translation
from django.utils.translation import gettext as _

from booking_core.messaging.contracts import Action, Letter, MailDraft
from booking_core.messaging.layout import lay_out
from booking_core.messaging.senders import current_sender


def email_code(*, recipient: str, code: str, language: str, minutes: int = 15) -> MailDraft:
    """The code with which someone proves that an address is theirs, while booking as a guest or signing a town up."""
    with translation.override(language):
        letter = Letter(
            subject=_("Ihr Bestätigungscode: %(code)s") % {"code": code},
            greeting=_("Guten Tag,"),
            paragraphs=(_("geben Sie diesen Code auf der Seite ein, die ihn angefordert hat:"),),
            code=code,
            closing=(
                _("Der Code gilt %(minutes)s Minuten.") % {"minutes": minutes},
                _("Sie haben keinen Code angefordert? Dann können Sie diese E-Mail löschen."),
            ),
        )
        return lay_out(letter, kind="email_code", recipient=recipient, language=language)


def staff_invited(*, recipient: str, name: str, inviter: str, link: str, language: str = "de") -> MailDraft:
    """To a new member of the staff: where to sign in, and that a code replaces the password."""
    with translation.override(language):
        sender = current_sender()
        letter = Letter(
            subject=_("Ihr Zugang zur Verwaltung von %(town)s") % {"town": sender.name},
            greeting=_("Guten Tag %(name)s,") % {"name": name} if name else _("Guten Tag,"),
            paragraphs=(
                _("%(inviter)s hat Ihnen einen Zugang zur Buchungsverwaltung eingerichtet.")
                % {"inviter": inviter},
                _("Melden Sie sich mit dieser E-Mail-Adresse an. Sie erhalten dazu einen Code per E-Mail."),
            ),
            action=Action(_("Anmelden"), link),
        )
        return lay_out(letter, kind="staff_invited", recipient=recipient, language=language)


def signup_resume(*, recipient: str, town_name: str, link: str, language: str = "de") -> MailDraft:
    """To the person who signs a town up: go on where you stopped, on any device."""
    with translation.override(language):
        paragraph = (
            _("mit diesem Link setzen Sie die Anmeldung von %(town)s fort, auch auf einem anderen Gerät.")
            % {"town": town_name}
            if town_name
            else _("mit diesem Link setzen Sie die Anmeldung fort, auch auf einem anderen Gerät.")
        )
        letter = Letter(
            subject=_("Ihre Anmeldung fortsetzen"),
            greeting=_("Guten Tag,"),
            paragraphs=(paragraph, _("Alles, was Sie schon eingegeben haben, ist gespeichert.")),
            action=Action(_("Anmeldung fortsetzen"), link),
            closing=(_("Wer diesen Link hat, kann die Anmeldung ändern. Bitte geben Sie ihn nicht weiter."),),
        )
        return lay_out(letter, kind="signup_resume", recipient=recipient, language=language)
