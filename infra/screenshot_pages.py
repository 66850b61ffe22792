"""The pages ``make screenshots`` takes pictures of; the only list of them.

Not here: taking them (``screenshots``).
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """One page: the picture's name, on which host, its path, and the first link to follow from there, if any.

    ``follow`` is the beginning of a link's path on that page: pages whose address holds an id are reached as people do.
    """

    name: str
    path: str
    host: str = "town"
    follow: str = ""
    signed_in: bool = False


PAGES = (
    Page("main", "/", host="main"),
    Page("sign-up", "/anmelden/", host="main"),
    Page("components", "/komponenten/", host="main"),
    Page("town", "/"),
    Page("search", "/suche/"),
    Page("resource", "/", follow="/raum/"),
    Page("sign-in", "/konto/login/"),
    Page("back-office-today", "/verwaltung/", signed_in=True),
    Page("back-office-inbox", "/verwaltung/eingang/", signed_in=True),
    Page("back-office-request", "/verwaltung/eingang/", follow="/verwaltung/eingang/", signed_in=True),
    Page("back-office-bookings", "/verwaltung/buchungen/", signed_in=True),
    Page("back-office-offers", "/verwaltung/angebote/", signed_in=True),
    Page("back-office-ordinances", "/verwaltung/ordnungen/", signed_in=True),
)
