"""Say how files for the treasury look: CSV profiles, accounts for DATEV.

Not here: making the files (``handover``).
"""

from django.db import transaction
from django.utils.translation import gettext as _

from booking_core.finance.errors import NotSetUp
from booking_core.finance.exports.settings import CsvProfile, DatevSettings
from booking_core.finance.models import FinanceProfile
from booking_core.finance.queries.handover import csv_profiles
from booking_core.identity.contracts import Actor
from booking_core.identity.services import audit
from booking_core.kernel.errors import InvalidInput, NotFound

MOST_PROFILES = 20
_RESERVED = frozenset({"datev", "neu"})  # parts of addresses


@transaction.atomic
def save_csv_profile(profile: CsvProfile, *, is_new: bool, actor: Actor) -> None:
    """Add a CSV profile, or change the one with its key. Raises InvalidInput (name taken, too many), NotSetUp."""
    known = {one.key: one for one in _locked_profiles()}
    is_taken = is_new and (profile.key in known or profile.key in _RESERVED)
    if is_taken or any(one.name == profile.name and one.key != profile.key for one in known.values()):
        raise InvalidInput(_("Ein Profil mit diesem Namen gibt es schon."), field="name")
    if len(set(profile.columns)) != len(profile.columns):
        raise InvalidInput(_("Jede Spalte nur einmal."), field="column_1")
    known[profile.key] = profile
    if len(known) > MOST_PROFILES:
        raise InvalidInput(_("Höchstens zwanzig Profile."))
    _store_profiles(tuple(known.values()), actor=actor)


@transaction.atomic
def delete_csv_profile(key: str, *, actor: Actor) -> None:
    """Take a profile away; files that were made with it stay noted. Raises NotFound, NotSetUp."""
    known = _locked_profiles()
    if key not in {one.key for one in known}:
        raise NotFound(_("Dieses Profil gibt es nicht."))
    _store_profiles(tuple(one for one in known if one.key != key), actor=actor)


@transaction.atomic
def save_datev(settings: DatevSettings, *, actor: Actor) -> None:
    """Store consultant, client and accounts. Raises InvalidInput by field, NotSetUp."""
    longest = settings.account_length
    named = {
        **{f"account_{role.value}": number for role, number in settings.accounts.items()},
        **{f"income_{case.value}": income.account for case, income in settings.income.items()},
    }
    for field, number in named.items():
        if number and (len(number) > longest or not int(number)):
            raise InvalidInput(
                _("Dieses Konto hat mehr Stellen als die Sachkonten (%(count)s) oder nur Nullen.")
                % {"count": longest},
                field=field,
            )
    first = settings.first_person
    if first is not None and (len(str(first)) != longest + 1 or str(first)[0] not in "123456"):
        raise InvalidInput(
            _("Personenkonten haben %(count)s Stellen und beginnen mit 1 bis 6.") % {"count": longest + 1},
            field="first_person",
        )
    if not FinanceProfile.objects.update(datev=settings.model_dump(mode="json")):
        raise NotSetUp(_("Bitte tragen Sie zuerst ein, wie die Kommune bezahlt werden möchte."))
    audit("finance.datev_saved", actor=actor, subject_type="town", data={"fields": sorted(named)})


def _locked_profiles() -> tuple[CsvProfile, ...]:
    if not FinanceProfile.objects.select_for_update().exists():
        raise NotSetUp(_("Bitte tragen Sie zuerst ein, wie die Kommune bezahlt werden möchte."))
    return csv_profiles()


def _store_profiles(profiles: tuple[CsvProfile, ...], *, actor: Actor) -> None:
    FinanceProfile.objects.update(csv_profiles=[one.model_dump(mode="json") for one in profiles])
    audit("finance.csv_profiles_saved", actor=actor, subject_type="town",
          data={"names": [one.name for one in profiles]})  # fmt: skip
