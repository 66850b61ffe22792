"""How a page of the back office is declared: below /verwaltung/, in the tenant's schema, with the roles it is for.

Not here: the pages themselves (``urls`` and ``routes``).
"""

from typing import Any

from django.urls import URLPattern

from tenants.access import door

ROOT = "verwaltung/"


def office_door(route: str, view: Any, name: str, who: frozenset[str]) -> URLPattern:
    """One route below /verwaltung/ in the tenant's schema."""
    return door(f"{ROOT}{route}", view, name=f"backoffice_{name}", schema="tenant", roles=who)
