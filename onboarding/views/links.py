"""Ask for the link to an unfinished sign-up by e-mail. The answer never tells whether there is one.

Not here: the link's own page (``wizard.resume``).
"""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from onboarding.errors import TooManyTries
from onboarding.services import mail_links_to
from tenants.visitors import client_address


class LinkForm(forms.Form):
    """The address of the first administrator."""

    email = forms.EmailField(
        label=_("Ihre E-Mail-Adresse"),
        help_text=_("Die Adresse, die Sie bei der Anmeldung bestätigt haben."),
        error_messages={"required": _("Geben Sie Ihre E-Mail-Adresse ein.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask_for_link(request: HttpRequest) -> HttpResponse:
    """Send the link to whoever proved this address."""
    form, sent = LinkForm(request.POST or None), False
    if request.method == "POST" and form.is_valid():
        try:
            mail_links_to(form.cleaned_data["email"], client=client_address(request))
            sent = True
        except TooManyTries as fault:
            form.add_error("email", str(fault.message))
    return render(request, "onboarding/ask_for_link.html", {"form": form, "sent": sent})
