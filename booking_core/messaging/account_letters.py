"""The mails about an account: codes to sign in, and notices that something about it changed.

Not here: when they are sent (django-allauth asks ``account_adapter``); mails about bookings (``composing``).
"""

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booking_core.messaging.contracts import Action, Letter, MailDraft
from booking_core.messaging.layout import lay_out

_CODES = {
    "account/email/email_confirmation": gettext_lazy("Mit diesem Code bestätigen Sie Ihre E-Mail-Adresse:"),
    "account/email/email_confirmation_signup": gettext_lazy(
        "Mit diesem Code bestätigen Sie Ihre E-Mail-Adresse:"
    ),
    "account/email/login_code": gettext_lazy("Mit diesem Code melden Sie sich an:"),
    "account/email/password_reset_code": gettext_lazy("Mit diesem Code setzen Sie ein neues Passwort:"),
}
_NOTICES = {
    "account/email/email_changed": gettext_lazy("Die E-Mail-Adresse Ihres Kontos wurde geändert."),
    "account/email/email_confirm": gettext_lazy("Eine E-Mail-Adresse Ihres Kontos wurde bestätigt."),
    "account/email/email_deleted": gettext_lazy("Eine E-Mail-Adresse wurde aus Ihrem Konto entfernt."),
    "account/email/password_changed": gettext_lazy("Das Passwort Ihres Kontos wurde geändert."),
    "account/email/password_reset": gettext_lazy("Das Passwort Ihres Kontos wurde neu gesetzt."),
    "account/email/password_set": gettext_lazy("Für Ihr Konto wurde ein Passwort gesetzt."),
    "mfa/email/recovery_codes_generated": gettext_lazy("Für Ihr Konto wurden neue Ersatzcodes erzeugt."),
    "mfa/email/totp_activated": gettext_lazy("Die Anmeldung mit Authenticator-App wurde eingeschaltet."),
    "mfa/email/totp_deactivated": gettext_lazy("Die Anmeldung mit Authenticator-App wurde ausgeschaltet."),
    "mfa/email/webauthn_added": gettext_lazy("Ein Passkey wurde zu Ihrem Konto hinzugefügt."),
    "mfa/email/webauthn_removed": gettext_lazy("Ein Passkey wurde aus Ihrem Konto entfernt."),
    "socialaccount/email/account_connected": gettext_lazy(
        "Ein Anmeldedienst wurde mit Ihrem Konto verbunden."
    ),
    "socialaccount/email/account_disconnected": gettext_lazy(
        "Ein Anmeldedienst wurde von Ihrem Konto getrennt."
    ),
}


def account_mail(kind: str, *, recipient: str, code: str, sign_in_url: str, sign_up_url: str) -> MailDraft:
    """The mail for one of django-allauth's template prefixes, in the active language.

    Raises KeyError for a kind this project does not know: better no mail than one in a strange voice.
    """
    language = translation.get_language() or "de"
    if kind in _CODES:
        letter = _code_letter(str(_CODES[kind]), code)
    elif kind == "account/email/unknown_account":
        letter = Letter(
            subject=_("Für diese Adresse gibt es noch kein Konto"),
            greeting=_("Guten Tag,"),
            paragraphs=(
                _("jemand wollte sich mit dieser E-Mail-Adresse anmelden. Ein Konto dazu gibt es nicht."),
            ),
            action=Action(_("Konto anlegen"), sign_up_url) if sign_up_url else None,
            closing=(_("Waren Sie das nicht? Dann können Sie diese E-Mail löschen."),),
        )
    elif kind == "account/email/account_already_exists":
        letter = Letter(
            subject=_("Sie haben schon ein Konto"),
            greeting=_("Guten Tag,"),
            paragraphs=(
                _("jemand wollte mit dieser E-Mail-Adresse ein Konto anlegen. Es gibt schon eines."),
            ),
            action=Action(_("Anmelden"), sign_in_url),
            closing=(_("Waren Sie das nicht? Dann können Sie diese E-Mail löschen."),),
        )
    else:
        letter = Letter(
            subject=_("Sicherheitshinweis zu Ihrem Konto"),
            greeting=_("Guten Tag,"),
            paragraphs=(str(_NOTICES[kind]),),
            action=Action(_("Anmelden"), sign_in_url),
            closing=(
                _(
                    "Waren Sie das nicht? Dann ändern Sie bitte sofort Ihr Passwort und melden Sie sich bei uns."
                ),
            ),
        )
    return lay_out(letter, kind="account", recipient=recipient, language=language[:2])


def _code_letter(sentence: str, code: str) -> Letter:
    return Letter(
        subject=_("Ihr Code: %(code)s") % {"code": code},
        greeting=_("Guten Tag,"),
        paragraphs=(sentence,),
        code=code,
        closing=(_("Sie haben keinen Code angefordert? Dann können Sie diese E-Mail löschen."),),
    )
