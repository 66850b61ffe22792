"""What can go wrong with ordinances.

Not here: what an ordinance refuses (that is a quote's outcome, not an error of this room).
"""

from booking_core.kernel.errors import BookingError, InvalidInput


class DocumentFaulty(InvalidInput):
    """The text is not an ordinance document. ``context["problems"]`` lists line, column, path and message."""

    code = "ordinance-document-faulty"


class CodeTaken(InvalidInput):
    """Another ordinance of the town has this short name. ``context["code"]`` is the name."""

    code = "ordinance-code-taken"


class ExamplesFail(BookingError):
    """A version whose own worked examples do not come out may not be published."""

    code = "ordinance-examples-fail"


class AlreadyPublished(BookingError):
    """Published versions never change."""

    code = "ordinance-already-published"


class StartDateTaken(BookingError):
    """Another published version of the ordinance starts on the same day."""

    code = "ordinance-start-date-taken"


class CodeUnknown(InvalidInput):
    """The document has no resource with this id."""

    code = "ordinance-code-unknown"


class ChangeCollides(BookingError):
    """The same entry was changed here and at the origin, or is not there any more."""

    code = "ordinance-change-collides"


class ChangeNeedsOthers(BookingError):
    """A change of the origin names something that only another change brings."""

    code = "ordinance-change-needs-others"


class DraftChanged(BookingError):
    """Somebody else changed the draft since it was read. ``context`` holds who, when and the revision now."""

    code = "ordinance-draft-changed"


class EntryGone(BookingError):
    """The entry to be changed is no longer in the draft."""

    code = "ordinance-entry-gone"


class EntryStillUsed(BookingError):
    """Other places of the document name the entry. ``context["paths"]`` lists them as steps."""

    code = "ordinance-entry-still-used"
