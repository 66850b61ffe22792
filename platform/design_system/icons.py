"""Our own small icons: strokes on a 24 × 24 grid.

Not here: how they are printed (``components/actions.py``). An unknown name is an error, never a gap.
"""

from typing import Final

PATHS: Final[dict[str, str]] = {
    "account": "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4 20.5c.8-3.6 4-5.5 8-5.5s7.2 1.9 8 5.5",
    "accessible": (
        "M12 5.5a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3ZM11 8v6h5l2.5 5.5M11 10.5h5M9 12.5a4.8 4.8 0 1 0 6 6"
    ),
    "alert": "M12 4 2.5 20h19L12 4ZM12 10v4.5M12 17.2v.3",
    "arrow-left": "M19 12H5M11 6l-6 6 6 6",
    "arrow-right": "M5 12h14M13 6l6 6-6 6",
    "bell": "M6 16.5V11a6 6 0 1 1 12 0v5.5l1.5 2h-15l1.5-2ZM10 21h4",
    "building": "M4 21V8l8-5 8 5v13M2.5 21h19M9 21v-6h6v6M9 11h.01M15 11h.01",
    "calendar": "M4.5 5.5h15v15h-15zM4.5 10h15M8.5 3v4M15.5 3v4",
    "chart": "M4 20V10M10 20V4M16 20v-7M21 20H3",
    "check": "M4.5 12.5 10 18 20 6.5",
    "check-circle": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM8 12.3l2.8 2.8L16 9.5",
    "chevron-down": "M5 9l7 7 7-7",
    "chevron-left": "M15 5l-7 7 7 7",
    "chevron-right": "M9 5l7 7-7 7",
    "clock": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7v5l3.5 2",
    "close": "M6 6l12 12M18 6 6 18",
    "copy": "M8.5 8.5h11v12h-11zM15.5 8.5v-5h-11v12h4",
    "danger": "M8 3h8l5 5v8l-5 5H8l-5-5V8l5-5ZM12 7.5v5.5M12 16.2v.3",
    "desk": "M3 8h18M5 8v12M19 8v12M13 8v6h6",
    "device": "M3.5 5h17v11h-17zM9 20h6M12 16v4",
    "document": "M6 3h8l4.5 4.5V21H6V3ZM14 3v4.5h4.5M9 12h6.5M9 16h6.5",
    "download": "M12 4v11M7 10.5l5 5 5-5M4.5 20h15",
    "edit": "M4 20l1-4L16.5 4.5l3 3L8 19l-4 1ZM14 7l3 3",
    "euro": "M18.5 6.2A7.5 7.5 0 1 0 18.5 17.8M3.5 10.3h9.5M3.5 13.7h8.5",
    "external": "M13.5 4H20v6.5M20 4l-9 9M17.5 14v6H4V6.5h6",
    "filter": "M3.5 6h17M7 12h10M10.5 18h3",
    "hammer": "M14 6l4 4M9.5 10.5 3.5 16.5l4 4 6-6M9 5.5l4-2 7.5 7.5-3 3L9 5.5Z",
    "heart": "M12 20.5C5 15.5 3 12.3 3 9a4.8 4.8 0 0 1 9-2.3A4.8 4.8 0 0 1 21 9c0 3.3-2 6.5-9 11.5Z",
    "help": (
        "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM9.5 9.5a2.6 2.6 0 1 1 3.7 2.3c-.8.4-1.2.9-1.2 1.9M12 16.7v.3"
    ),
    "home": "M3 11.5 12 4l9 7.5M5.5 9.5V20h13V9.5M10 20v-5.5h4V20",
    "info": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 11v6M12 7.2v.3",
    "inbox": "M3.5 13.5 6 5h12l2.5 8.5V19h-17v-5.5ZM3.5 13.5h5l1.5 2.5h4l1.5-2.5h5",
    "key": "M8 18.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM11.2 10.8 19.5 3M16 6.3l3 3",
    "kitchen": (
        "M7 3v7M4.5 3v4.5A2.5 2.5 0 0 0 7 10a2.5 2.5 0 0 0 2.5-2.5V3M7 10v11"
        "M17.5 21v-7h-3V8c0-2.5 1-4.5 3-5v18Z"
    ),
    "language": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM3 12h18M12 3c5 5 5 13 0 18M12 3c-5 5-5 13 0 18",
    "list": "M8.5 6h12M8.5 12h12M8.5 18h12M4 6h.01M4 12h.01M4 18h.01",
    "lock": "M5.5 11h13v9.5h-13zM8 11V8a4 4 0 1 1 8 0v3",
    "logout": "M14 4H5v16h9M10.5 12H21M17 8l4 4-4 4",
    "mail": "M3.5 5.5h17v13h-17zM4 6l8 7 8-7",
    "menu": "M4 7h16M4 12h16M4 17h16",
    "minus": "M5 12h14",
    "moon": "M20 14.5A8.5 8.5 0 1 1 9.5 4a7 7 0 0 0 10.5 10.5Z",
    "people": (
        "M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.5 19.5c.5-3.3 3-5 6.5-5s6 1.7 6.5 5"
        "M15.5 4.8a3.5 3.5 0 0 1 0 6.4M18 14.9c2 .7 3.2 2.2 3.5 4.6"
    ),
    "phone": (
        "M5 3.5h4l2 5-2.5 2a12 12 0 0 0 5 5l2-2.5 5 2v4c0 1-1 1.5-2 1.5A16 16 0 0 1 3.5 5.5c0-1 .5-2 1.5-2Z"
    ),
    "photo": "M3.5 5h17v14h-17zM3.5 16l5-5 4.5 4.5 2.5-2.5 5 5M15.5 9.5h.01",
    "pin": (
        "M12 21.5c5-5.5 7-8.8 7-12a7 7 0 1 0-14 0c0 3.2 2 6.5 7 12Z"
        "M12 12a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z"
    ),
    "plus": "M12 5v14M5 12h14",
    "print": "M7 9V3.5h10V9M7 17H3.5V9h17v8H17M7 14h10v6.5H7V14Z",
    "refresh": "M19.5 5v5h-5M4.5 19v-5h5M5.5 9.5A7 7 0 0 1 18 8l1.5 2M18.5 14.5A7 7 0 0 1 6 16l-1.5-2",
    "search": "M10.5 17.5a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM15.5 15.5 21 21",
    "settings": (
        "M4 7h9M17 7h3M4 17h3M11 17h9M15 9.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4Z"
        "M9 19.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4Z"
    ),
    "shield": "M12 3l7.5 3v5.5c0 4.5-3 8-7.5 9.5-4.5-1.5-7.5-5-7.5-9.5V6L12 3Z",
    "stage": "M3 4h18M4 4v9c2.5 0 4-2 4-5M20 4v9c-2.5 0-4-2-4-5M3 20h18M5 16.5h14V20H5z",
    "success": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM8 12.3l2.8 2.8L16 9.5",
    "sun": (
        "M12 16.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4"
        "M17.6 17.6 19 19M19 5l-1.4 1.4M6.4 17.6 5 19"
    ),
    "table": "M3.5 9.5h17M6 9.5 4.5 20M18 9.5 19.5 20M3.5 9.5 5 6h14l1.5 3.5",
    "ticket": "M3.5 6.5h17v3.7a2 2 0 0 0 0 3.6v3.7h-17v-3.7a2 2 0 0 0 0-3.6V6.5ZM14 7v2M14 11v2M14 15v2",
    "trash": "M4.5 6.5h15M9 6.5V4h6v2.5M6.5 6.5 7.5 20.5h9l1-14M10 10.5v6M14 10.5v6",
    "vehicle": "M3 16v-4l2.5-6h13L21 12v4M3 16h18v2.5h-3V16M3 16v2.5h3V16M4 12h16M7 14h.01M17 14h.01",
    "warning": "M12 4 2.5 20h19L12 4ZM12 10v4.5M12 17.2v.3",
    "wifi": "M2.5 9.5a14 14 0 0 1 19 0M6 13a9 9 0 0 1 12 0M9.3 16.3a4.2 4.2 0 0 1 5.4 0M12 19.5h.01",
}


class UnknownIconError(LookupError):
    """A template asked for an icon that does not exist."""


def icon_path(name: str) -> str:
    """Return the path data of ``name``.

    >>> icon_path("minus")
    'M5 12h14'
    """
    try:
        return PATHS[name]
    except KeyError:
        raise UnknownIconError(f"no icon is called {name!r}; known: {', '.join(sorted(PATHS))}") from None
