"""The wizard's pages: begin, one question per page, check, send off.

Not here: what updates while typing (``parts``), progress of the birth (``birth``).
"""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from onboarding import birth_plans, services
from onboarding.contracts import SignUpView
from onboarding.errors import CodeRefused, NotReady, SignUpGone, SignUpSent, TooManyTries
from onboarding.forms.access import CodeForm, EmailForm
from onboarding.forms.base import StepForm
from onboarding.models import SignUpState
from onboarding.path import (
    CHECK,
    WizardStep,
    before,
    first_open,
    is_done,
    may_open,
    next_after,
    progress,
    step_by_slug,
)
from onboarding.queries import sign_up_of, token_of
from onboarding.summary import preview_of, summary_of
from tenants.visitors import client_address


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Say what is needed; the button begins."""
    if request.method == "POST":
        uuid = services.start_sign_up(client=client_address(request))
        return redirect("sign_up_step", token_of(uuid), "art")
    return render(request, "onboarding/start.html")


@never_cache
@require_http_methods(["GET", "HEAD"])
def resume(request: HttpRequest, token: str) -> HttpResponse:
    """Lead to where the sign-up stopped."""
    try:
        sign_up = sign_up_of(token)
    except SignUpGone as fault:
        return render(request, "onboarding/gone.html", {"sentence": fault.message}, status=fault.http_status)
    if sign_up.state != SignUpState.OPEN:
        return redirect("sign_up_birth", token)
    return redirect("sign_up_step", token, first_open(sign_up))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, token: str, slug: str) -> HttpResponse:
    """One page: ask, or keep the answer and go on."""
    try:
        sign_up = sign_up_of(token)
    except SignUpGone as fault:
        return render(request, "onboarding/gone.html", {"sentence": fault.message}, status=fault.http_status)
    if sign_up.state != SignUpState.OPEN:
        return redirect("sign_up_birth", token)
    if slug == CHECK:
        return _check(request, token, sign_up)
    step = step_by_slug(slug)
    if step is None:
        raise Http404
    if not may_open(slug, sign_up):
        return redirect("sign_up_step", token, first_open(sign_up))
    form = step.form(request.POST or None, request.FILES or None, sign_up=sign_up)
    if request.method == "POST" and form.is_valid() and _keep(request, form, sign_up):
        return _onward(request, token, step)
    return _page(request, token, step, form=form, sign_up=sign_up)


@never_cache
@require_POST
def new_code(request: HttpRequest, token: str) -> HttpResponse:
    """Send another code to the same address."""
    try:
        sign_up = sign_up_of(token)
        services.send_code(
            sign_up.uuid, email=sign_up.answer("email", "email"), client=client_address(request)
        )
        messages.success(request, _("Wir haben Ihnen einen neuen Code geschickt. Der alte gilt nicht mehr."))
    except (TooManyTries, SignUpGone, SignUpSent) as fault:
        messages.error(request, str(fault.message))
    return redirect("sign_up_step", token, "code")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def pause(request: HttpRequest, token: str) -> HttpResponse:
    """How to go on later or elsewhere; the button mails the link."""
    try:
        sign_up = sign_up_of(token)
        if request.method == "POST" and services.mail_link(sign_up.uuid):
            messages.success(request, _("Der Link ist unterwegs an Ihre E-Mail-Adresse."))
            return redirect("sign_up_pause", token)
    except SignUpGone as fault:
        return render(request, "onboarding/gone.html", {"sentence": fault.message}, status=fault.http_status)
    link = request.build_absolute_uri(f"/anmelden/{token}/")
    return render(
        request,
        "onboarding/pause.html",
        {"link": link, "sign_up": sign_up, "back": first_open(sign_up), "token": token},
    )


def _page(
    request: HttpRequest, token: str, step: WizardStep, *, form: StepForm, sign_up: SignUpView
) -> HttpResponse:
    back = before(step.slug, sign_up)
    context: dict[str, Any] = {
        "form": form,
        "step": step,
        "token": token,
        "sign_up": sign_up,
        "preview": preview_of(sign_up),
        "wizard_steps": progress(step.slug, sign_up, token),
        "wizard_title": _("Anmeldung"),
        "back_url": f"/anmelden/{token}/{back}/" if back else "",
        "changing": "aendern" in request.GET or "aendern" in request.POST,
    }
    status = 422 if form.errors else 200
    return render(request, f"onboarding/step_{step.name}.html", context, status=status)


def _keep(request: HttpRequest, form: StepForm, sign_up: SignUpView) -> bool:
    """Keep a valid answer; False puts the refusal beside its field."""
    try:
        if isinstance(form, CodeForm):
            services.confirm_code(sign_up.uuid, form.cleaned_data["code"])
            return True
        answer = form.answer()
        if isinstance(form, EmailForm) and not (sign_up.is_verified and sign_up.email == answer["email"]):
            services.send_code(sign_up.uuid, email=answer["email"], client=client_address(request))
        services.keep_answer(sign_up.uuid, form.step, answer)
    except (CodeRefused, TooManyTries) as fault:
        form.add_error(fault.field or None, str(fault.message))
        return False
    return True


def _onward(request: HttpRequest, token: str, step: WizardStep) -> HttpResponse:
    now = sign_up_of(token)
    if (
        step.slug == "angebote"
        and now.answer("offers", "choice") in {"file", "library"}
        and "weiter" not in request.POST
    ):
        return redirect("sign_up_ordinance", token)
    if "aendern" in request.POST:
        target = first_open(now)
        return redirect("sign_up_step", token, target)
    return redirect("sign_up_step", token, next_after(step.slug, now))


def _check(request: HttpRequest, token: str, sign_up: SignUpView) -> HttpResponse:
    if (slug := first_open(sign_up)) != CHECK:
        return redirect("sign_up_step", token, slug)
    if request.method == "POST":
        try:
            birth_plans.send_off(sign_up.uuid)
        except NotReady as fault:
            messages.error(request, str(fault.message))
            return redirect("sign_up_step", token, fault.field)
        return redirect("sign_up_birth", token)
    context = {
        "rows": summary_of(sign_up, token),
        "fee_kind": sign_up.answer("kind", "kind"),
        "fee_population": sign_up.answer("key", "population", None),
        "sign_up": sign_up,
        "token": token,
        "preview": preview_of(sign_up),
        "wizard_steps": progress(CHECK, sign_up, token),
        "wizard_title": _("Anmeldung"),
        "back_url": f"/anmelden/{token}/{before(CHECK, sign_up)}/",
    }
    return render(request, "onboarding/check.html", context)


def skip_answer(step: WizardStep, sign_up: SignUpView) -> bool:
    """Whether a page may be left for later: it has defaults and no answer yet."""
    return step.can_wait and not is_done(step, sign_up)
