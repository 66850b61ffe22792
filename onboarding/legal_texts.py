"""Drafts of imprint, privacy notice and accessibility statement, filled from the answers.

Not here: advice. The texts name what the platform really does; each town checks and answers for its own.
"""

from django.template.loader import render_to_string
from django.utils import translation

from onboarding.contracts import SignUpView
from tenants.models import InstitutionKind

_KINDS = ("imprint", "privacy", "accessibility")


def drafts_for(sign_up: SignUpView) -> dict[str, str]:
    """The three drafts by name, in German: they are the town's words, not the reader's language."""
    context = {
        "official_name": sign_up.answer("name", "official_name"),
        "short_name": sign_up.answer("name", "short_name"),
        "street": sign_up.answer("address", "street"),
        "postal_code": sign_up.answer("address", "postal_code"),
        "city": sign_up.answer("address", "city"),
        "email": sign_up.answer("address", "contact_email"),
        "phone": sign_up.answer("address", "contact_phone"),
        "is_municipality": sign_up.answer("kind", "kind") == InstitutionKind.MUNICIPALITY,
    }
    with translation.override("de"):
        return {
            name: render_to_string(f"onboarding/drafts/{name}.txt", context).strip().replace("\n\n\n", "\n\n")
            for name in _KINDS
        }


def texts_of(sign_up: SignUpView) -> dict[str, str]:
    """The texts the site will start with: what was typed, else the draft."""
    return {name: str(sign_up.answer("legal", name) or draft) for name, draft in drafts_for(sign_up).items()}
