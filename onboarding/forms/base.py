"""What all pages of the wizard share: prefilled from what is known, answered as plain JSON.

Not here: the questions.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms

from onboarding.contracts import SignUpView


class StepForm(forms.Form):
    """One page. ``prefill`` says what stands in it when it was not answered yet."""

    use_required_attribute = False  # errors are said by us, beside the field and in the summary
    step: ClassVar[str]

    def __init__(self, data: Any = None, files: Any = None, *, sign_up: SignUpView) -> None:
        self.sign_up = sign_up
        known = {**self.prefill(sign_up), **sign_up.answers.get(self.step, {})}
        super().__init__(data, files, initial=known)

    @classmethod
    def prefill(cls, sign_up: SignUpView) -> Mapping[str, Any]:
        """Values for a page nobody has answered."""
        return {}

    def answer(self) -> dict[str, Any]:
        """What is kept: plain JSON values."""
        return dict(self.cleaned_data)
