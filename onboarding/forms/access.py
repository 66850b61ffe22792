"""The first administrator's address and its proof, and the address of the new site.

Not here: sending and comparing codes (``onboarding.services``).
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from design_system.widgets import CodeWidget
from onboarding.contracts import SignUpView
from onboarding.forms.base import StepForm
from onboarding.municipality_keys import STATE_NAMES
from onboarding.queries import token_of
from tenants.names import NameVerdict, check_name, suggest_name
from tenants.queries import taken_names


class EmailForm(StepForm):
    """Who administers the site first."""

    step = "email"
    name = forms.CharField(
        label=_("Ihr Name"),
        max_length=200,
        error_messages={"required": _("Geben Sie Ihren Namen ein.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Ihre dienstliche E-Mail-Adresse"),
        max_length=254,
        help_text=_("Wir schicken Ihnen einen Code. Mit dieser Adresse melden Sie sich später an."),
        error_messages={"required": _("Geben Sie Ihre E-Mail-Adresse ein.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def answer(self) -> dict[str, Any]:
        return {"name": self.cleaned_data["name"], "email": self.cleaned_data["email"].strip().lower()}


class CodeForm(StepForm):
    """The code from the mail. Nothing of it is kept."""

    step = "code"
    code = forms.CharField(
        label=_("Sechsstelliger Code"),
        max_length=20,
        error_messages={"required": _("Geben Sie den Code aus der E-Mail ein.")},
        widget=CodeWidget,
    )


class SubdomainForm(StepForm):
    """The address of the new site."""

    step = "domain"
    slug = forms.CharField(
        label=_("Adresse Ihrer Seite"),
        max_length=80,
        help_text=format_lazy(
            _("Ihre Seite heißt dann zum Beispiel borgstedt.{host}"), host=settings.BASE_HOST
        ),
        error_messages={"required": _("Geben Sie eine Adresse ein.")},
        widget=forms.TextInput(
            attrs={"autocapitalize": "none", "spellcheck": "false", "data-preview-text": "slug"}
        ),
    )

    def __init__(self, data: Any = None, files: Any = None, *, sign_up: SignUpView) -> None:
        super().__init__(data, files, sign_up=sign_up)
        self.fields["slug"].widget.attrs |= {
            "hx-get": reverse("sign_up_name_verdict", args=[token_of(sign_up.uuid)]),
            "hx-trigger": "input changed delay:300ms",
            "hx-target": "#verfuegbar",
        }

    @classmethod
    def prefill(cls, sign_up: SignUpView) -> Mapping[str, Any]:
        return {"slug": suggestion_for(sign_up)}

    @property
    def verdict(self) -> NameVerdict:
        """What to say about the address that stands in the field now."""
        return verdict_on(str(self["slug"].value() or ""), self.sign_up)

    def clean_slug(self) -> str:
        slug = str(self.cleaned_data["slug"]).strip().lower().removesuffix(f".{settings.BASE_HOST}")
        verdict = verdict_on(slug, self.sign_up)
        if verdict.is_free:
            return slug
        raise forms.ValidationError(
            [verdict.sentence, _("Frei wäre zum Beispiel „%(name)s“.") % {"name": verdict.suggestion}]
            if verdict.suggestion
            else verdict.sentence
        )


def verdict_on(slug: str, sign_up: SignUpView) -> NameVerdict:
    """Whether this sign-up may have this sub-domain."""
    return check_name(
        slug.strip().lower(),
        taken=taken_names(),
        own_name=sign_up.answer("name", "short_name"),
        hint=sign_up.answer("key", "federal_state"),
    )


def suggestion_for(sign_up: SignUpView) -> str:
    """A free sub-domain made from the town's name."""
    town = sign_up.answer("name", "short_name")
    return (
        suggest_name(town, taken=taken_names(), hint=sign_up.answer("key", "federal_state")) if town else ""
    )


def state_name(code: str) -> str:
    """The federal state in words."""
    return STATE_NAMES.get(code, code)
