"""Where django-allauth asks the house: mails go through the outbox, links to the verified domain.

Not here: the words of the mails (``account_letters``), the look of the pages (``web``).
"""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest
from django.urls import reverse

from booking_core.identity.queries import staff_member
from booking_core.messaging.account_letters import account_mail
from booking_core.messaging.outbox import queue_mail
from tenants.context import has_tenant
from tenants.links import main_url, tenant_url


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # django-allauth ships no types
    """Accounts of the current town; on the main host only operators have one."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue the mail in our words instead of sending it from the request."""
        url = tenant_url if has_tenant() else main_url
        draft = account_mail(
            template_prefix,
            recipient=email,
            code=str(context.get("code", "")),
            sign_in_url=url("account_login"),
            sign_up_url=url("account_signup") if has_tenant() else "",
        )
        queue_mail(draft)

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Anyone may have an account in a town; operators are made by operators."""
        return has_tenant()

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Operators to the console, staff to the back office, citizens to their bookings."""
        if not has_tenant():
            return reverse("operator_towns")
        if request.user.pk and staff_member(request.user.pk) is not None:
            return reverse("backoffice_today")
        return reverse("own_bookings")


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # django-allauth ships no types
    """Login providers are rows in the town's own schema; another town's cannot be reached."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return has_tenant()
