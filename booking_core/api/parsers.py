"""JSON bodies: bounded in size and depth, wrong ones refused with a sentence.

Not here: what a body may contain (``v1.serializers``).
"""

from collections.abc import Mapping
from io import BytesIO
from typing import IO, Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import JSONParser

MOST_BYTES = 256 * 1024


class BodyTooLarge(APIException):
    """More than any booking needs."""

    status_code = 413
    default_code = "body-too-large"


class BoundedJSONParser(JSONParser):
    """Reads at most ``MOST_BYTES``; the framework's own parser would read any amount and fail on deep nesting."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        content = stream.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise BodyTooLarge(_("Die Anfrage ist größer als 256 KB."))
        try:
            return super().parse(BytesIO(content), media_type, parser_context)
        except (ParseError, RecursionError) as fault:
            raise ParseError(_("Der Inhalt ist kein gültiges JSON.")) from fault
