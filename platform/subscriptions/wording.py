"""Words for plans, prices and states in the active language.

Not here: tables and pages (``presenters``).
"""

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from design_system.contracts import Tone
from design_system.templatetags.formats import euro
from subscriptions.contracts import PlanView, Price, SubscriptionView
from tenants.models import InstitutionKind

INVOICE_STATES: dict[str, tuple[object, Tone]] = {
    "open": (gettext_lazy("offen"), "info"),
    "overdue": (gettext_lazy("überfällig"), "danger"),
    "paid": (gettext_lazy("bezahlt"), "success"),
    "waived": (gettext_lazy("erlassen"), "neutral"),
    "cancelled": (gettext_lazy("storniert"), "neutral"),
    "cancellation": (gettext_lazy("Stornorechnung"), "neutral"),
}


def plan_name(plan: PlanView) -> str:
    """The plan's name in the active language."""
    return plan.name_en if (get_language() or "de").startswith("en") else plan.name


def interval_words(interval: str) -> str:
    """How often is billed."""
    return _("monatlich") if interval == "month" else _("jährlich")


def price_words(price: Price) -> str:
    """A price with tax and interval: "1.190,00 € im Jahr (1.000,00 € zuzüglich 19 % Umsatzsteuer)"."""
    if not price.net:
        return _("kostenfrei")
    words = _("%(amount)s im Monat") if price.interval == "month" else _("%(amount)s im Jahr")
    gross = words % {"amount": euro(price.gross)}
    net = net_words(price)
    return f"{gross} ({net})" if net else gross


def net_words(price: Price) -> str:
    """What of a price is net; nothing where there is no tax."""
    if not price.tax_percent:
        return ""
    percent = f"{price.tax_percent.normalize():f}".replace(".", ",")
    return _("%(net)s zuzüglich %(percent)s %% Umsatzsteuer") % {"net": euro(price.net), "percent": percent}


def size_words(plan: PlanView) -> str:
    """Whom a plan is for, by inhabitants."""
    if plan.population_to is None:
        if not plan.population_from:
            return _("jede Größe")
        return _("ab %(number)s Einwohnerinnen und Einwohnern") % {"number": grouped(plan.population_from)}
    if not plan.population_from:
        return _("bis %(number)s Einwohnerinnen und Einwohner") % {"number": grouped(plan.population_to)}
    return _("%(first)s bis %(last)s Einwohnerinnen und Einwohner") % {
        "first": grouped(plan.population_from),
        "last": grouped(plan.population_to),
    }


def kind_words(plan: PlanView) -> str:
    """Whom a plan is for, by kind of institution."""
    if not plan.kinds:
        return _("alle Einrichtungen")
    return ", ".join(str(InstitutionKind(kind).label) for kind in plan.kinds)


def grouped(number: int) -> str:
    """A whole number with the language's thousands separator."""
    sign = "," if (get_language() or "de").startswith("en") else "."
    return f"{number:,}".replace(",", sign)


def state_words(one: SubscriptionView) -> tuple[str, Tone]:
    """A town's state in one or two words with its tone; restrictions before everything else."""
    if one.standing == "read_only":
        return _("nur lesend"), "danger"
    if one.standing == "warned":
        return (_("im Rückstand") if one.cause == "arrears" else _("Probezeit vorbei")), "warning"
    words: dict[str, tuple[str, Tone]] = {
        "trial": (_("Probezeit"), "info"),
        "ordered": (_("bestellt"), "success"),
        "leaving": (_("gekündigt"), "neutral"),
    }
    return words.get(one.state, ("–", "neutral"))
