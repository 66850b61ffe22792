"""Numbers, euros and texts as people write them, in German and English.

Not here: sentences about rules (``words``).
"""

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import lru_cache

from booking_core.engines.ordinance.contracts import LocalizedText
from booking_core.engines.ordinance.language.vocabulary import Text


@lru_cache(maxsize=8192)
def _localized(german: str, english: str) -> LocalizedText:
    return LocalizedText(german, english)


def localized(text: Text) -> LocalizedText:
    """A text of the document as a value that leaves the engine."""
    return _localized(text.de, text.en)


_MOST_PLACES = 4
_MODES = {"up": ROUND_CEILING, "down": ROUND_FLOOR, "nearest": ROUND_HALF_UP}


def rounded_to(amount: Decimal, multiple: Decimal | None, rounding: str = "nearest") -> Decimal:
    """Round to a multiple, e.g. whole euros; None leaves the amount alone. ``nearest`` rounds half up."""
    if multiple is None:
        return amount
    return (amount / multiple).quantize(Decimal(1), rounding=_MODES[rounding]) * multiple


@lru_cache(maxsize=4096)
def number(value: Decimal) -> LocalizedText:
    """A quantity without needless zeros and at most four decimals: 1,5 and 1.5."""
    exponent = value.as_tuple().exponent
    is_long = isinstance(exponent, int) and exponent < -_MOST_PLACES
    plain = format(
        value.quantize(Decimal(1).scaleb(-_MOST_PLACES), rounding=ROUND_HALF_UP) if is_long else value, "f"
    )
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return LocalizedText(plain.replace(".", ","), plain)


@lru_cache(maxsize=4096)
def euro(value: Decimal) -> LocalizedText:
    """An amount with at least two decimals: 1.234,50 € and €1,234.50."""
    places = max(2, -int(value.normalize().as_tuple().exponent))
    english = f"{value:,.{places}f}"
    german = english.replace(",", "_").replace(".", ",").replace("_", ".")
    return LocalizedText(f"{german} €", f"€{english}")


def joined(texts: list[LocalizedText], german: str = "; ", english: str = "; ") -> LocalizedText:
    """Texts one after the other; empty ones fall away."""
    kept = [text for text in texts if text.de]
    return LocalizedText(german.join(t.de for t in kept), english.join(t.en for t in kept))


def filled(template: LocalizedText, **values: LocalizedText) -> LocalizedText:
    """The template with its {names} replaced; a brace that names nothing stays."""
    german, english = template.de, template.en
    if "{" not in german and "{" not in english:
        return template
    for name, value in values.items():
        german = german.replace(f"{{{name}}}", value.de)
        english = english.replace(f"{{{name}}}", value.en)
    return LocalizedText(german, english)
