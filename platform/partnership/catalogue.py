"""Reads of the exchange: the catalogue of shared ordinances and of the platform's collection, single entries.

Not here: what a town shares (``sharing``). Works from any schema; the exchange is always read in public.
"""

from collections.abc import Iterable
from functools import lru_cache

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from booking_core.engines.ordinance import (
    Document,
    LocalizedText,
    document_from_data,
    document_to_data,
)
from booking_core.kernel.errors import NotFound
from booking_core.ordinances.library import library_document, library_entries
from booking_core.ordinances.origins import document_digest
from partnership.contracts import COLLECTION, CatalogueFilter, Entry, EntryPage, EntryVersion, Sharing
from partnership.models import SharedOrdinance, SharedVersion, SharingState
from partnership.sharing import search_text
from tenants.context import in_public
from tenants.models import Tenant, TenantState

COLLECTION_PREFIX = "sammlung-"


def entries(wanted: CatalogueFilter = CatalogueFilter()) -> tuple[Entry, ...]:  # noqa: B008 — frozen, without state
    """Everything that fits, towns first, then the collection, each by municipality; one statement.

    What a town shares unchanged from the collection is listed once, as the town's.
    """
    shared = {} if wanted.publisher == "collection" else _shared(wanted)
    collected = () if wanted.publisher == "towns" else _collected(wanted)
    known = set(shared.values())
    return (*shared, *(entry for entry in collected if _collected_digests()[entry.slug] not in known))


def states() -> tuple[str, ...]:
    """The federal states something comes from."""
    return tuple(sorted({one.state for one in entries()}))


def entry_page(slug: str) -> EntryPage:
    """One entry with its newest document. Raises NotFound, also for what is withdrawn or taken down."""
    if slug.startswith(COLLECTION_PREFIX):
        return _collected_page(slug)
    with in_public():
        shared = _visible().filter(slug=slug).first()
        rows = list(shared.versions.defer("document")) if shared is not None else []
        if shared is None or not rows:
            raise NotFound(_("Diesen Eintrag gibt es nicht oder nicht mehr."))
        document = _shared_document(rows[0].pk, rows[0].sha256)
    versions = tuple(_version(row) for row in rows)
    return EntryPage(_entry(shared), versions[0], document, dict(rows[0].readings), versions)


def newest_digests(slugs: Iterable[str]) -> dict[str, str]:
    """The digest of the newest document of each entry that is (still) there; one statement."""
    wanted = set(slugs)
    found = {slug: digest for slug, digest in _collected_digests().items() if slug in wanted}
    with in_public():
        rows = (
            SharedVersion.objects.filter(ordinance__in=_visible().filter(slug__in=wanted))
            .order_by("ordinance_id", "-number")
            .distinct("ordinance_id")
            .values_list("ordinance__slug", "sha256")
        )
        return {**found, **dict(rows)}


def sharing_of(tenant: Tenant, ordinance_code: str) -> Sharing | None:
    """How a town shares one of its ordinances; None where it never did."""
    with in_public():
        shared = SharedOrdinance.objects.filter(tenant=tenant, ordinance_code=ordinance_code).first()
        return _sharing(shared) if shared is not None else None


def read_collection() -> None:
    """Read the collection now, so that no visitor waits for it; touches no database."""
    _collected_digests()


def all_sharings() -> tuple[Sharing, ...]:
    """Everything towns shared, withdrawn and taken down included, for operators; two statements."""
    with in_public():
        found = SharedOrdinance.objects.prefetch_related("versions").order_by("municipality", "name_de", "pk")
        return tuple(_sharing(one) for one in found)


def sharing(shared_id: int) -> Sharing:
    """One of them, for operators. Raises NotFound."""
    with in_public():
        shared = SharedOrdinance.objects.filter(pk=shared_id).first()
        if shared is None:
            raise NotFound(_("Diesen Eintrag gibt es nicht."))
        return _sharing(shared)


def _visible() -> QuerySet[SharedOrdinance]:
    """What everyone may see: shared, and the town is in operation."""
    return SharedOrdinance.objects.filter(
        state=SharingState.SHARED, tenant__state=TenantState.LIVE
    ).select_related("tenant")


def _shared(wanted: CatalogueFilter) -> dict[Entry, str]:
    """What towns share, with the digest of the newest version."""
    newest = SharedVersion.objects.filter(ordinance=OuterRef("pk")).order_by("-number").values("sha256")[:1]
    with in_public():
        found = _visible()
        if wanted.state:
            found = found.filter(federal_state=wanted.state)
        if wanted.kind:
            found = found.filter(kinds__contains=[wanted.kind])
        for word in wanted.text.lower().split():
            found = found.filter(search_text__contains=word)
        found = found.annotate(newest_digest=Subquery(newest)).order_by("municipality", "name_de", "pk")
        return {_entry(one): str(one.newest_digest) for one in found}


def _entry(shared: SharedOrdinance) -> Entry:
    return Entry(
        slug=shared.slug,
        publisher=str(shared.tenant.uuid),
        municipality=shared.municipality,
        state=shared.federal_state,
        name=LocalizedText(shared.name_de, shared.name_en),
        kinds=tuple(shared.kinds),
        resource_count=shared.resource_count,
        shared_at=shared.shared_at,
    )


def _version(row: SharedVersion) -> EntryVersion:
    return EntryVersion(row.number, row.valid_from, row.council_decision, row.published_at, row.sha256)


def _sharing(shared: SharedOrdinance) -> Sharing:
    return Sharing(
        id=shared.pk,
        slug=shared.slug,
        municipality=shared.municipality,
        name=LocalizedText(shared.name_de, shared.name_en),
        state=shared.state,
        state_label=str(shared.get_state_display()),
        reason=shared.taken_down_reason,
        shared_at=shared.shared_at,
        versions=tuple(_version(row) for row in shared.versions.all()),
    )


@lru_cache(maxsize=256)
def _shared_document(version_id: int, _sha256: str) -> Document:
    """Copies never change, so each process builds them once; the digest keeps a number used again apart."""
    return document_from_data(SharedVersion.objects.values_list("document", flat=True).get(pk=version_id))


@lru_cache(maxsize=1)
def _collection() -> tuple[tuple[Entry, Document, str], ...]:
    """The platform's own documents with the words they are searched by, built once per process."""
    found = []
    for one in library_entries():
        document = library_document(one.slug)
        entry = Entry(
            slug=f"{COLLECTION_PREFIX}{one.slug}",
            publisher=COLLECTION,
            municipality=document.municipality,
            state=document.info.state,
            name=document.name,
            kinds=tuple(sorted({resource.kind for resource in document.resources})),
            resource_count=len(document.resources),
        )
        found.append((entry, document, search_text(document, document.municipality)))
    return tuple(found)


@lru_cache(maxsize=1)
def _collected_digests() -> dict[str, str]:
    return {
        entry.slug: document_digest(document_to_data(document)) for entry, document, _text in _collection()
    }


def _collected(wanted: CatalogueFilter) -> tuple[Entry, ...]:
    words = wanted.text.lower().split()
    return tuple(
        entry
        for entry, _document, text in _collection()
        if (not wanted.state or entry.state == wanted.state)
        and (not wanted.kind or wanted.kind in entry.kinds)
        and all(word in text for word in words)
    )


def _collected_page(slug: str) -> EntryPage:
    for entry, document, _text in _collection():
        if entry.slug == slug:
            version = EntryVersion(1, None, "", None, document_digest(document_to_data(document)))
            return EntryPage(entry, version, document, {one.id: one.default for one in document.ambiguities})
    raise NotFound(_("Diesen Eintrag gibt es nicht oder nicht mehr."))
