"""The demo's operator on the main host, with a second factor whose secret is printed.

Not here: the console itself; the account is made by its own command, so that this package need not know it.
"""

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core.management import call_command

from booking_core.identity.models import User
from onboarding.demo.populating import PASSWORD
from tenants.context import in_public

EMAIL = "betrieb@biletado.example"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105 — printed for everyone who tries the demo


def appoint_operator() -> None:
    """Make the account, its password and its authenticator; what is there is kept."""
    with in_public():
        call_command("create_operator", EMAIL, name="Olga Operator", verbosity=0)
        user = User.objects.get(email=EMAIL)
        if not user.check_password(PASSWORD):
            user.set_password(PASSWORD)
            user.save(update_fields=["password"])
        if not Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists():
            TOTP.activate(user, TOTP_SECRET)
