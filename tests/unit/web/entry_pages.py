"""A form as a browser sends it back: what its HTML shows, unchanged.

Not here: tests.
"""

from html.parser import HTMLParser

from django.http import QueryDict


class _Reader(HTMLParser):
    """Collects what a browser would send."""

    def __init__(self) -> None:
        super().__init__()
        self.data = QueryDict(mutable=True)
        self.select = ""
        self.chosen: list[str] = []
        self.first: str | None = None
        self.area = ""
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "input" and (found.get("type") not in ("checkbox", "radio") or "checked" in found):
            self.data.appendlist(
                str(found["name"]), found.get("value") or ("on" if "checked" in found else "")
            )
        elif tag == "select":
            self.select, self.chosen, self.first = str(found["name"]), [], None
        elif tag == "option" and self.select:
            self.first = str(found.get("value") or "") if self.first is None else self.first
            if "selected" in found:
                self.chosen.append(str(found.get("value") or ""))
        elif tag == "textarea":
            self.area, self.text = str(found["name"]), ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.data.setlist(self.select, self.chosen or [self.first or ""])
            self.select = ""
        elif tag == "textarea":
            self.data.appendlist(self.area, self.text.lstrip("\n").replace("\n", "\r\n"))
            self.area = ""

    def handle_data(self, data: str) -> None:
        if self.area:
            self.text += data


def sent_back(html: str) -> QueryDict:
    """What a browser sends for the fields in ``html`` when nothing is touched."""
    reader = _Reader()
    reader.feed(html)
    return reader.data
