"""Form widgets that use what browsers know: date, time, code, money, colour.

Not here: how they look (``templates/design_system/forms``).
"""

from django import forms


class DateWidget(forms.DateInput):
    """The browser's own calendar; the value travels as ``2026-09-12``."""

    input_type = "date"

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        super().__init__(attrs={"class": "b-width-date", **(attrs or {})}, format="%Y-%m-%d")


class TimeWidget(forms.TimeInput):
    """A time by the clock, in steps of a quarter of an hour unless told otherwise (``step`` in seconds)."""

    input_type = "time"

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        super().__init__(attrs={"class": "b-width-time", "step": "900", **(attrs or {})}, format="%H:%M")


class CodeWidget(forms.TextInput):
    """A code from a mail: digits, large, filled in by the phone where it can."""

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        code = {
            "class": "b-code-input",
            "inputmode": "numeric",
            "autocomplete": "one-time-code",
            "spellcheck": "false",
        }
        super().__init__(attrs={**code, **(attrs or {})})


class CountWidget(forms.NumberInput):
    """A small whole number, such as how many people come."""

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        super().__init__(attrs={"class": "b-width-number", "inputmode": "numeric", **(attrs or {})})


class MoneyWidget(forms.TextInput):
    """An amount in euros, typed as people type it ("90,00")."""

    template_name = "design_system/forms/widgets/money.html"

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        super().__init__(attrs={"class": "b-width-number", "inputmode": "decimal", **(attrs or {})})


class ColourWidget(forms.TextInput):
    """A colour as ``#rrggbb``, with the browser's own picker."""

    input_type = "color"
    template_name = "design_system/forms/widgets/colour.html"


class ChipsWidget(forms.RadioSelect):
    """A few short choices side by side."""

    template_name = "design_system/forms/widgets/chips.html"


class ChecksWidget(forms.CheckboxSelectMultiple):
    """A few short choices side by side, any number of which may hold: weekdays, equipment."""

    template_name = "design_system/forms/widgets/checks.html"


class CardsWidget(forms.RadioSelect):
    """Choices that need a sentence each; the label may hold a line break, the rest becomes the hint."""

    template_name = "design_system/forms/widgets/cards.html"
