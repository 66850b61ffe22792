"""The chosen ordinance on trial: what it prices, and its worked examples.

Not here: choosing it (``wizard``), running examples (``offers``).
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from booking_core.web.tariffs.examples import example_table
from onboarding.errors import SignUpGone
from onboarding.models import SignUpState
from onboarding.offers import ordinance_text
from onboarding.ordinance_trials import report_on
from onboarding.path import next_after, progress
from onboarding.queries import sign_up_of
from onboarding.summary import preview_of


@never_cache
@require_safe
def ordinance(request: HttpRequest, token: str) -> HttpResponse:
    """Show that the examples come out, before the town starts with them."""
    try:
        sign_up = sign_up_of(token)
    except SignUpGone as fault:
        return render(request, "onboarding/gone.html", {"sentence": fault.message}, status=fault.http_status)
    text = ordinance_text(sign_up)
    if sign_up.state != SignUpState.OPEN or not text:
        return redirect("sign_up_resume", token)
    report = report_on(text)
    context = {
        "report": report,
        "table": example_table(report.examples),
        "token": token,
        "sign_up": sign_up,
        "preview": preview_of(sign_up),
        "next_slug": next_after("angebote", sign_up),
        "wizard_steps": progress("angebote", sign_up, token),
        "wizard_title": _("Anmeldung"),
        "back_url": f"/anmelden/{token}/angebote/",
    }
    return render(request, "onboarding/ordinance.html", context)
