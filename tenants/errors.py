"""What can go wrong with towns as such. Sentences for people, in German.

Not here: errors inside a town (``booking_core.kernel.errors``).
"""


class TenantError(Exception):
    """Refuse something about a town, with a sentence for people."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NameTaken(TenantError):
    """Another town already answers on this sub-domain."""


class BirthFailed(TenantError):
    """A town could not be built; the cause is kept with the job."""


class DomainRefused(TenantError):
    """A town may not have this domain, or not yet."""


class ClaimUnknown(TenantError):
    """The town has no such claim."""
