"""The wizard's way: which page follows which, what is done, where one may go.

Not here: the questions (``forms``), the pages (``views``).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from design_system.contracts import Step
from onboarding.contracts import SignUpView
from onboarding.forms.access import CodeForm, EmailForm, SubdomainForm
from onboarding.forms.base import StepForm
from onboarding.forms.content import LookForm, OffersForm
from onboarding.forms.institution import AddressForm, KeyForm, KindForm, NamesForm
from onboarding.forms.legal import AgreementForm, LegalForm

CHECK = "pruefen"


@dataclass(frozen=True, slots=True)
class WizardStep:
    """One page: the last part of its address, its title in the progress, its form, whether it can wait."""

    slug: str
    label: str | Promise
    form: type[StepForm]
    can_wait: bool = False

    @property
    def name(self) -> str:
        """The key of its answer."""
        return self.form.step


PATH = (
    WizardStep("art", _("Einrichtung"), KindForm),
    WizardStep("name", _("Name"), NamesForm),
    WizardStep("schluessel", _("Kennziffer"), KeyForm),
    WizardStep("anschrift", _("Anschrift"), AddressForm),
    WizardStep("email", _("Ihre E-Mail"), EmailForm),
    WizardStep("code", _("Bestätigen"), CodeForm),
    WizardStep("adresse", _("Webadresse"), SubdomainForm),
    WizardStep("aussehen", _("Aussehen"), LookForm, can_wait=True),
    WizardStep("angebote", _("Erste Angebote"), OffersForm, can_wait=True),
    WizardStep("rechtstexte", _("Rechtstexte"), LegalForm, can_wait=True),
    WizardStep("vereinbarung", _("Vereinbarung"), AgreementForm),
)


def step_by_slug(slug: str) -> WizardStep | None:
    """The page with this address."""
    return next((step for step in PATH if step.slug == slug), None)


def is_done(step: WizardStep, sign_up: SignUpView) -> bool:
    """Whether a page needs no answer any more."""
    if step.form is CodeForm:
        return sign_up.is_verified and sign_up.email == sign_up.answer("email", "email")
    return step.name in sign_up.answers


def first_open(sign_up: SignUpView) -> str:
    """The address of the first page that still needs an answer; the check page when none does."""
    return next((step.slug for step in PATH if not is_done(step, sign_up)), CHECK)


def may_open(slug: str, sign_up: SignUpView) -> bool:
    """A page may be opened once all before it are done."""
    for step in PATH:
        if step.slug == slug:
            return True
        if not is_done(step, sign_up):
            return False
    return True


def next_after(slug: str, sign_up: SignUpView) -> str:
    """The address of the page that follows; a proven e-mail needs no code again."""
    slugs = [step.slug for step in PATH]
    following = [*slugs[slugs.index(slug) + 1 :], CHECK]
    if following[0] == "code" and is_done(PATH[5], sign_up):
        return following[1]
    return following[0]


def before(slug: str, sign_up: SignUpView) -> str:
    """The address of the page before; "" on the first."""
    slugs = [step.slug for step in PATH] + [CHECK]
    at = slugs.index(slug)
    if at == 0:
        return ""
    if slugs[at - 1] == "code" and sign_up.is_verified:
        return slugs[at - 2]
    return slugs[at - 1]


def progress(slug: str, sign_up: SignUpView, token: str) -> Sequence[Step]:
    """The pages as the stepper shows them."""
    shown = []
    for step in PATH:
        state = "current" if step.slug == slug else "done" if is_done(step, sign_up) else "coming"
        url = reverse("sign_up_step", args=[token, step.slug]) if may_open(step.slug, sign_up) else ""
        shown.append(Step(str(step.label), state, url))  # type: ignore[arg-type]  # one of the three literals
    shown.append(Step(str(_("Prüfen")), "current" if slug == CHECK else "coming"))
    return shown
