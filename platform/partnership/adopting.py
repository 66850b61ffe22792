"""Adopt an entry as an own draft, and see what its origin changed since then.

Not here: storing drafts and origins (``booking_core.ordinances.origins``), the catalogue (``catalogue``).
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from booking_core.engines.ordinance import Change, Standing, Update, own_changes, updates
from booking_core.identity.contracts import Actor
from booking_core.kernel.errors import NotFound
from booking_core.ordinances.contracts import Adopted, Origin, StoredVersion
from booking_core.ordinances.origins import adopt_as_draft, adopted, move_origin, origins, take_over
from partnership.catalogue import entry_page, newest_digests
from partnership.contracts import EntryPage
from tenants.context import current_tenant


@dataclass(frozen=True, slots=True)
class OriginPage:
    """The three-way view. ``there`` is None where the origin is withdrawn; then only the own changes are known."""

    adopted: Adopted
    there: EntryPage | None
    updates: tuple[Update, ...]
    own: tuple[Change, ...]

    @property
    def is_newer(self) -> bool:
        """Whether the origin has another text than the one that was taken."""
        return self.there is not None and self.there.version.sha256 != self.adopted.origin.sha256

    def standing(self, standing: Standing) -> tuple[Update, ...]:
        """The updates that stand like this."""
        return tuple(one for one in self.updates if one.standing is standing)


def adopt_entry(slug: str, *, code: str, actor: Actor) -> StoredVersion:
    """Make a draft of the own ordinance ``code`` from an entry. Call standing in the town. Raises NotFound."""
    page, town = entry_page(slug), current_tenant()
    return adopt_as_draft(
        page.document,
        origin_of(page),
        code=code,
        municipality=str(town.short_name),
        state=str(town.federal_state),
        actor=actor,
    )


def origin_page(ordinance_id: int) -> OriginPage:
    """What changed at the origin and here since it was taken. Raises NotFound where it was written here."""
    known = _adopted(ordinance_id)
    try:
        there = entry_page(known.origin.entry)
    except NotFound:
        there = None
    return OriginPage(
        adopted=known,
        there=there,
        updates=updates(known.base, origin=there.document, own=known.own.document) if there else (),
        own=own_changes(known.base, own=known.own.document),
    )


def newer_origins() -> tuple[tuple[int, Origin], ...]:
    """The own ordinances whose origin has another text by now, by the ordinance's id; two statements."""
    known = origins()
    digests = newest_digests(origin.entry for origin in known.values()) if known else {}
    return tuple(
        (ordinance_id, origin)
        for ordinance_id, origin in known.items()
        if digests.get(origin.entry, origin.sha256) != origin.sha256
    )


def take_over_changes(
    ordinance_id: int, *, only: tuple[str, str] | None = None, is_forced: bool = False, actor: Actor
) -> StoredVersion:
    """Take one change of the origin, or all open ones, into the own draft; ``take_over`` says what it raises."""
    there = entry_page(_adopted(ordinance_id).origin.entry)
    return take_over(ordinance_id, there.document, only=only, is_forced=is_forced, actor=actor)


def keep_as_is(ordinance_id: int, *, actor: Actor) -> None:
    """Settle the origin's changes so far: from now on the present text of the origin is the one to compare with."""
    there = entry_page(_adopted(ordinance_id).origin.entry)
    move_origin(ordinance_id, there.document, origin_of(there), actor=actor)


def origin_of(page: EntryPage) -> Origin:
    """The entry as an origin to remember."""
    return Origin(
        entry=page.entry.slug,
        publisher=page.entry.publisher,
        municipality=page.entry.municipality,
        name=page.entry.name.de,
        number=page.version.number,
        sha256=page.version.sha256,
    )


def _adopted(ordinance_id: int) -> Adopted:
    known = adopted(ordinance_id)
    if known is None:
        raise NotFound(_("Diese Ordnung wurde nicht von anderen übernommen."))
    return known
