"""A booking being filled in: what was typed so far, kept in the session under the uuid of its hold.

Not here: the held time itself (``workflows.holding``). A draft without a session is found again by its hold.
"""

from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest

from booking_core.reservations.contracts import Contact
from booking_core.workflows.contracts import HeldWish
from booking_core.workflows.holding import give_up_hold

_KEY = "booking_drafts"
_MOST = 5


@dataclass(frozen=True, slots=True)
class Draft:
    """What one visitor typed for one held time. ``wish`` is plain JSON (``wish_to_data``).

    ``wants_repeat``: asked for a series before being known; the dates are chosen once the address is proven.
    """

    hold_uuid: str
    expires_at: str
    slug: str
    wish: dict[str, object]
    title: str = ""
    message: str = ""
    contact: dict[str, str] = field(default_factory=dict)
    wants_repeat: bool = False

    @property
    def is_about_people_too(self) -> bool:
        """Whether step two has been filled in."""
        return bool(self.title and self.contact.get("name"))

    @property
    def contact_value(self) -> Contact:
        return Contact(**self.contact)

    @property
    def until(self) -> datetime:
        return datetime.fromisoformat(self.expires_at)


def draft_of(request: HttpRequest, hold_uuid: UUID) -> Draft | None:
    """The draft of this session for this hold."""
    data = request.session.get(_KEY, {}).get(str(hold_uuid))
    return Draft(**data) if data else None


def keep_draft(request: HttpRequest, draft: Draft, *, instead_of: UUID | None = None) -> Draft:
    """Store ``draft``; where its hold is new, ``instead_of`` names the one it follows. The oldest give way,
    and their time is free again.
    """
    drafts = dict(request.session.get(_KEY, {}))
    if instead_of is not None:
        drafts.pop(str(instead_of), None)
    drafts.pop(draft.hold_uuid, None)
    drafts[draft.hold_uuid] = asdict(draft)
    for forgotten in list(drafts)[:-_MOST]:
        give_up_hold(UUID(forgotten))
    request.session[_KEY] = dict(list(drafts.items())[-_MOST:])
    return draft


def drop_draft(request: HttpRequest, hold_uuid: UUID) -> None:
    """Forget what was typed, once it is sent or given up."""
    drafts = dict(request.session.get(_KEY, {}))
    if drafts.pop(str(hold_uuid), None) is not None:
        request.session[_KEY] = drafts


def with_hold(draft: Draft, held: HeldWish) -> Draft:
    """The same draft on another hold."""
    return replace(draft, hold_uuid=str(held.hold_uuid), expires_at=held.expires_at.isoformat())
