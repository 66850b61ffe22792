"""Who wants to know when a version is published: rooms above this one register here when the process starts.

Not here: publishing (``services``). A follower runs inside the transaction of the publication, in the town's schema.
"""

from collections.abc import Callable

from booking_core.identity.contracts import Actor
from booking_core.ordinances.contracts import StoredVersion

Follower = Callable[[StoredVersion, Actor], None]
_followers: dict[str, Follower] = {}


def follow_publications(name: str, follower: Follower) -> None:
    """Call ``follower`` with every version published from now on; registering a name again replaces it."""
    _followers[name] = follower


def tell_followers(version: StoredVersion, *, actor: Actor) -> None:
    """Tell everyone who follows. Call inside the transaction that publishes."""
    for follower in _followers.values():
        follower(version, actor)
