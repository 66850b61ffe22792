"""The town's profile: how it wants to be paid.

Not here: reading it (``queries.profile``).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from schwifty import BIC, IBAN
from schwifty.exceptions import SchwiftyException

from booking_core.engines.payment_reference import is_creditor_identifier
from booking_core.engines.tax import TaxPeriod
from booking_core.finance.contracts import ProfileView, ReminderStep
from booking_core.finance.errors import NotSetUp
from booking_core.finance.models import DepositOnline, FinanceProfile
from booking_core.finance.queries.profile import profile_view
from booking_core.identity.contracts import Actor
from booking_core.identity.services import audit
from booking_core.kernel.errors import InvalidInput

MOST_REMINDERS = 3


@dataclass(frozen=True, slots=True)
class BankAccount:
    """A checked account: no spaces, the bank's name where the German register of banks knows it."""

    iban: str
    bic: str
    bank_name: str


def check_account(iban: str, bic: str = "") -> BankAccount:
    """Read what somebody typed as IBAN (and BIC); the BIC of German banks is found. Raises InvalidInput by field."""
    try:
        account = IBAN(iban, validate_bban=True)
    except SchwiftyException as fault:
        raise InvalidInput(
            _("Diese IBAN stimmt nicht. Bitte vergleichen Sie sie mit Ihrem Kontoauszug."), field="iban"
        ) from fault
    known = account.bic if account.country_code == "DE" else None
    if not bic.strip():
        return BankAccount(account.compact, known.compact if known else "", account.bank_name or "")
    try:
        typed = BIC(bic)
    except SchwiftyException as fault:
        raise InvalidInput(
            _("Diese BIC stimmt nicht. Sie hat acht oder elf Zeichen."), field="bic"
        ) from fault
    return BankAccount(account.compact, typed.compact, account.bank_name or "")


@transaction.atomic
def save_profile(profile: ProfileView, *, actor: Actor) -> ProfileView:
    """Store how the town wants to be paid. Raises InvalidInput by field."""
    account = BankAccount("", "", "")
    if profile.accepts_transfer or profile.iban.strip():
        account = check_account(profile.iban, profile.bic)
    if not (profile.accepts_transfer or profile.accepts_on_site):
        raise InvalidInput(_("Wählen Sie mindestens einen Weg zu zahlen."), field="accepts_transfer")
    _check_periods(profile.tax_periods)
    if len(profile.reminder_steps) > MOST_REMINDERS:
        raise InvalidInput(_("Höchstens drei Mahnungen."), field="reminder_steps")
    columns = {
        "creditor_name": profile.creditor_name.strip(),
        "iban": account.iban,
        "bic": account.bic,
        "bank_name": account.bank_name[:100],
        "tax_number": profile.tax_number.strip(),
        "vat_id": profile.vat_id.strip().replace(" ", "").upper(),
        "tax_periods": [_period_data(period) for period in profile.tax_periods],
        "invoice_moment": profile.invoice_moment,
        "accepts_transfer": profile.accepts_transfer,
        "accepts_on_site": profile.accepts_on_site,
        "payment_days": profile.payment_days,
        "number_prefix": profile.number_prefix,
        "reference_scheme": profile.reference_scheme.value,
        "reference_prefix": profile.reference_prefix,
        "reminder_steps": [_step_data(step) for step in profile.reminder_steps],
        "closing_text": profile.closing_text.strip(),
        "creditor_id": _checked_creditor_id(profile.creditor_id),
        "second_person_from_cents": (
            profile.second_person_from.cents if profile.second_person_from is not None else None
        ),
    }
    row, _made = FinanceProfile.objects.update_or_create(id=1, defaults=columns)
    audit("finance.profile_saved", actor=actor, subject_type="town", data={"fields": sorted(columns)})
    return profile_view(row)


def _checked_creditor_id(text: str) -> str:
    plain = "".join(text.split()).upper()
    if plain and not is_creditor_identifier(plain):
        raise InvalidInput(
            _("Diese Gläubiger-Identifikationsnummer stimmt nicht, zum Beispiel DE98ZZZ09999999999."),
            field="creditor_id",
        )
    return plain


@dataclass(frozen=True, slots=True)
class OnlineWays:
    """What is paid online: fees, deposits (payment, hold or empty), and whether some bookings are paid first."""

    fees: bool = False
    deposit: str = ""
    pays_first: bool = False


@transaction.atomic
def choose_online_ways(ways: OnlineWays, *, actor: Actor) -> None:
    """Switch payment online on and off by purpose. Raises InvalidInput, NotSetUp."""
    if ways.deposit not in DepositOnline.values:
        raise InvalidInput(_("Diesen Weg gibt es nicht."), field="deposit_online")
    if ways.pays_first and not ways.fees:
        raise InvalidInput(
            _("Zuerst bezahlt wird nur, wo Entgelte online bezahlt werden."), field="pays_first"
        )
    known = FinanceProfile.objects.update(
        fees_online=ways.fees, deposit_online=ways.deposit, pays_first=ways.pays_first
    )
    if not known:
        raise NotSetUp(_("Bitte tragen Sie zuerst ein, wie die Kommune bezahlt werden möchte."))
    data = {"fees": ways.fees, "deposit": ways.deposit, "pays_first": ways.pays_first}
    audit("finance.online_ways_chosen", actor=actor, subject_type="town", data=data)


@transaction.atomic
def change_tax_periods(
    edit: Callable[[tuple[TaxPeriod, ...]], tuple[TaxPeriod, ...]], *, actor: Actor
) -> None:
    """Store what ``edit`` makes of the periods, one person after the other. Raises InvalidInput, NotSetUp."""
    row = FinanceProfile.objects.select_for_update(no_key=True).first()
    if row is None:
        raise NotSetUp(_("Bitte tragen Sie zuerst ein, wie die Kommune bezahlt werden möchte."))
    periods = edit(profile_view(row).tax_periods)
    _check_periods(periods)
    FinanceProfile.objects.filter(pk=row.pk).update(tax_periods=[_period_data(period) for period in periods])
    last = max(periods, key=lambda one: one.from_on)
    audit("finance.tax_periods_saved", actor=actor, subject_type="town",
          data={"valid_from": last.from_on.isoformat(), "tax_status": last.status.value})  # fmt: skip


def _check_periods(periods: tuple[TaxPeriod, ...]) -> None:
    starts: list[date] = [period.from_on for period in periods]
    if not starts:
        raise InvalidInput(_("Geben Sie an, wie die Kommune zur Umsatzsteuer steht."), field="tax_periods")
    if len(set(starts)) != len(starts):
        raise InvalidInput(_("Ab einem Tag gilt nur ein Status."), field="tax_periods")


def _period_data(period: TaxPeriod) -> dict[str, object]:
    return {
        "from": period.from_on.isoformat(),
        "status": period.status.value,
        "exemption": period.exemption.value,
        "keeps_prices": period.keeps_prices,
    }


def _step_data(step: ReminderStep) -> dict[str, int]:
    return {"days": step.days, "fee_cents": step.fee.cents}
