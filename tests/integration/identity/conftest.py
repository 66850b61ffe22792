"""A real OpenID Connect provider in its own process."""

from tests.login_provider import oidc_provider

__all__ = ["oidc_provider"]
