"""Reads about ordinances: which version prices what on a day, lists, price tables.

Not here: working out a price (``quoting``), changing anything (``services``).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from booking_core.engines.ordinance import Document, price_table
from booking_core.kernel.errors import NotFound
from booking_core.ordinances.built import built_document
from booking_core.ordinances.contracts import OrdinanceView, PriceTable, StoredVersion, Tariff, VersionRow
from booking_core.ordinances.models import Ordinance, OrdinanceVersion, TariffBinding, VersionState
from tenants.context import current_schema
from tenants.town_facts import TownMemory

_MOST_MADE = 8  # sets of versions of one town whose tariffs stay put together


def tariffs_for(resource_ids: Iterable[int], on: date) -> dict[int, Tariff]:
    """The tariff of each bound resource for a use that starts on day ``on``; two statements however many there are,
    and none where the town's tariffs are in memory.

    Resources without an ordinance are missing in the answer; ``version`` is None where none is in force yet.
    """
    wanted, known = list(resource_ids), _memory.recall("", _all_tariffs)
    if known is None:
        bindings = TariffBinding.objects.filter(resource_id__in=wanted)
        known = _Tariffs.of(bindings, lambda ids: _published_rows().filter(ordinance_id__in=ids))
    tariffs = known.on(on)
    return {one: tariffs[one] for one in wanted if one in tariffs}


def all_tariffs(on: date) -> Mapping[int, Tariff]:
    """The same for everything there is."""
    known = _memory.recall("", _all_tariffs)
    return (_all_tariffs() if known is None else known).on(on)


@dataclass(frozen=True, slots=True)
class _Tariffs:
    """Which resource is bound to which ordinance, and the published versions of those, the latest start first."""

    bindings: Mapping[int, tuple[int, tuple[str, ...]]]
    versions: Mapping[int, tuple[OrdinanceVersion, ...]]
    # By the versions in force, which are the same on most days; the few asked for last.
    _made: dict[frozenset[int], dict[int, Tariff]] = field(default_factory=dict, compare=False)

    @classmethod
    def of(
        cls, bindings: Iterable[TariffBinding], rows: Callable[[set[int]], Iterable[OrdinanceVersion]]
    ) -> "_Tariffs":
        bound = {one.resource_id: (one.ordinance_id, tuple(one.codes)) for one in bindings}
        versions: dict[int, tuple[OrdinanceVersion, ...]] = {}
        for row in rows({ordinance_id for ordinance_id, _codes in bound.values()}):
            versions[row.ordinance_id] = (*versions.get(row.ordinance_id, ()), row)
        return cls(bound, versions)

    def __len__(self) -> int:
        return len(self.bindings)

    def on(self, day: date) -> Mapping[int, Tariff]:
        """The tariffs of all on ``day``."""
        in_force = {ordinance_id: self._version_on(ordinance_id, day) for ordinance_id in self.versions}
        key = frozenset(version.id for version in in_force.values() if version is not None)
        tariffs = self._made.get(key)
        if tariffs is None:
            if len(self._made) >= _MOST_MADE:
                self._made.clear()
            tariffs = self._made[key] = self._all_with(in_force)
        return tariffs

    def _all_with(self, in_force: Mapping[int, StoredVersion | None]) -> dict[int, Tariff]:
        return {
            resource_id: Tariff(resource_id, ordinance_id, codes, in_force.get(ordinance_id))
            for resource_id, (ordinance_id, codes) in self.bindings.items()
        }

    def version(self, version_id: int) -> StoredVersion | None:
        """The published version with this id; None where it is none."""
        rows = (row for rows in self.versions.values() for row in rows if row.pk == version_id)
        return next((_stored(row) for row in rows), None)

    def _version_on(self, ordinance_id: int, day: date) -> StoredVersion | None:
        rows = self.versions.get(ordinance_id, ())
        row = next((row for row in rows if row.valid_from is not None and row.valid_from <= day), None)
        return None if row is None else _stored(row)


_memory: TownMemory[_Tariffs] = TownMemory(most_things=20_000)


def _all_tariffs() -> _Tariffs:
    return _Tariffs.of(TariffBinding.objects.all(), lambda _ids: _published_rows())


def _published_rows() -> QuerySet[OrdinanceVersion]:
    published = OrdinanceVersion.objects.filter(state=VersionState.PUBLISHED)
    return published.select_related("ordinance").defer("document").order_by("ordinance_id", "-valid_from")


def version_for(resource_ids: Iterable[int], on: date) -> StoredVersion | None:
    """The one version that prices all these resources together on day ``on``.

    None where a resource has no ordinance, or two resources have different ones: then a clerk names the price.
    """
    wanted = list(resource_ids)
    tariffs = tariffs_for(wanted, on)
    versions = {tariff.version.id: tariff.version for tariff in tariffs.values() if tariff.version}
    if len(versions) != 1 or any(tariffs.get(one) is None or not tariffs[one].version for one in wanted):
        return None
    return next(iter(versions.values()))


def stored_version(version_id: int) -> StoredVersion:
    """One version, draft or published. Raises NotFound. No statement where the town's tariffs are in memory."""
    known = _memory.recall("", _all_tariffs)
    published = None if known is None else known.version(version_id)
    if published is not None:
        return published
    row = OrdinanceVersion.objects.select_related("ordinance").defer("document").filter(pk=version_id).first()
    if row is None:
        raise NotFound(_("Diese Fassung gibt es nicht."))
    return _stored(row)


def document_of_version(version_id: int) -> Document:
    """The document of one version. Raises NotFound."""
    return stored_version(version_id).document


def fact_ids_of_versions(version_ids: Iterable[int]) -> dict[int, frozenset[str]]:
    """The questions each of these versions asks; one statement, and one per published document not read before."""
    rows = OrdinanceVersion.objects.filter(pk__in=version_ids).defer("document")
    return {row.pk: frozenset(fact.id for fact in _document(row).facts) for row in rows}


def resource_ids_of_ordinance(ordinance_id: int) -> list[int]:
    """The resources an ordinance prices; one statement."""
    bound = TariffBinding.objects.filter(ordinance_id=ordinance_id)
    return list(bound.values_list("resource_id", flat=True))


def ordinances_list() -> tuple[OrdinanceView, ...]:
    """All ordinances by name with their versions; three statements."""
    versions: dict[int, list[VersionRow]] = defaultdict(list)
    for row in OrdinanceVersion.objects.defer("document").select_related("published_by").order_by("-number"):
        versions[row.ordinance_id].append(version_row(row))
    bound: dict[int, list[int]] = defaultdict(list)
    for ordinance_id, resource_id in TariffBinding.objects.order_by("resource_id").values_list(
        "ordinance_id", "resource_id"
    ):
        bound[ordinance_id].append(resource_id)
    return tuple(
        OrdinanceView(one.pk, one.code, one.name, tuple(versions[one.pk]), tuple(bound[one.pk]))
        for one in Ordinance.objects.order_by("name")
    )


def price_tables(resource_id: int, on: date) -> tuple[PriceTable, ...]:
    """What a resource costs in words, one table per document id it is bound to; empty without an ordinance."""
    return tables_of(tariffs_for([resource_id], on).get(resource_id))


def tables_of(tariff: Tariff | None) -> tuple[PriceTable, ...]:
    """The same with the tariff already read, for pages with many resources."""
    if tariff is None or tariff.version is None:
        return ()
    document = tariff.version.document
    infos = {info.id: info for info in document.resources}
    return tuple(
        PriceTable(
            code=code,
            label_de=infos[code].label.de,
            label_en=infos[code].label.en,
            ordinance_name=tariff.version.ordinance_name,
            rows=price_table(document, code),
            rules=tuple(
                rule for rule in document.rules_in_words if not rule.resources or code in rule.resources
            ),
        )
        for code in tariff.codes
        if code in infos
    )


def version_row(row: OrdinanceVersion) -> VersionRow:
    """The values of one version that lists show."""
    return VersionRow(
        id=row.pk,
        number=row.number,
        state=row.state,
        state_label=str(row.get_state_display()),
        valid_from=row.valid_from,
        council_decision=row.council_decision,
        published_at=row.published_at,
        published_by=(row.published_by.name or row.published_by.email) if row.published_by else "",
        note=row.note,
        created_at=row.created_at,
    )


def _stored(row: OrdinanceVersion) -> StoredVersion:
    return StoredVersion(
        id=row.pk,
        ordinance_id=row.ordinance_id,
        ordinance_code=row.ordinance.code,
        ordinance_name=row.ordinance.name,
        number=row.number,
        state=row.state,
        valid_from=row.valid_from,
        document=_document(row),
        readings={str(key): str(value) for key, value in row.readings.items()},
        revision=row.revision,
    )


def _document(row: OrdinanceVersion) -> Document:
    """Published documents never change, so each process reads them once."""
    if row.published_at is None:
        return built_document(row.document)
    return _published_document(current_schema(), row.pk, row.published_at)


@lru_cache(maxsize=512)
def _published_document(_schema: str, version_id: int, _published_at: datetime) -> Document:
    """The key holds the schema: two towns have versions with the same id."""
    data = OrdinanceVersion.objects.values_list("document", flat=True).get(pk=version_id)
    return built_document(data)
