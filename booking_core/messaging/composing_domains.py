"""What administrators are told about the town's own domains: proven, its proof is missing, it is no longer ours.

Not here: proving one (``tenants.own_domains``).
"""

from datetime import datetime

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from booking_core.messaging.booking_facts import language_of
from booking_core.messaging.contracts import Action, Letter, MailDraft
from booking_core.messaging.layout import lay_out
from booking_core.messaging.letters import STAFF_LANGUAGE
from design_system.formats import long_date


def domain_proven(*, recipient: str, domain: str, link: str, language: str = STAFF_LANGUAGE) -> MailDraft:
    """To an administrator: the town answers on its own domain now."""
    with translation.override(language):
        letter = Letter(
            subject=_("%(domain)s ist nachgewiesen") % {"domain": domain},
            greeting=_("Guten Tag,"),
            paragraphs=(
                _("wir haben den Eintrag im DNS gefunden. Ihre Seite antwortet jetzt auch unter %(domain)s.")
                % {"domain": domain},
                _("Sollen alle Links in E-Mails dorthin führen? Dann machen Sie sie zur Hauptadresse."),
            ),
            action=Action(_("Webadressen ansehen"), link),
            closing=(_("Lassen Sie den Eintrag im DNS bitte stehen. Wir prüfen ihn jeden Tag."),),
        )
        return lay_out(letter, kind="domain_proven", recipient=recipient, language=language)


def domain_missing(
    *, recipient: str, domain: str, ends_at: datetime, link: str, language: str = STAFF_LANGUAGE
) -> MailDraft:
    """To an administrator: the record is gone, and until when it must be back."""
    with translation.override(language):
        day = long_date(timezone.localtime(ends_at), language_of(language))
        letter = Letter(
            subject=_("Der Nachweis für %(domain)s fehlt") % {"domain": domain},
            greeting=_("Guten Tag,"),
            paragraphs=(
                _("bei der täglichen Prüfung haben wir den Eintrag im DNS nicht mehr gefunden."),
                _("Noch antwortet Ihre Seite unter %(domain)s. Tragen Sie ihn bitte bis %(day)s wieder ein.")
                % {"domain": domain, "day": day},
                _("Sonst führen alle Links danach zur Adresse, die Sie von uns haben."),
            ),
            action=Action(_("Eintrag ansehen"), link),
        )
        return lay_out(letter, kind="domain_missing", recipient=recipient, language=language)


def domain_lost(*, recipient: str, domain: str, link: str, language: str = STAFF_LANGUAGE) -> MailDraft:
    """To an administrator: the town no longer answers on the domain."""
    with translation.override(language):
        letter = Letter(
            subject=_("%(domain)s ist nicht mehr Ihre Webadresse") % {"domain": domain},
            greeting=_("Guten Tag,"),
            paragraphs=(
                _(
                    "der Eintrag im DNS hat sieben Tage gefehlt. Ihre Seite antwortet nicht mehr unter %(domain)s."
                )
                % {"domain": domain},
                _("Unter der Adresse, die Sie von uns haben, ist sie unverändert erreichbar."),
                _("Gehört Ihnen die Adresse noch, tragen Sie den Eintrag wieder ein und prüfen ihn."),
            ),
            action=Action(_("Webadressen ansehen"), link),
        )
        return lay_out(letter, kind="domain_lost", recipient=recipient, language=language)
