"""The environment, read once and typed; a wrong value stops the start with a clear sentence.

Not here: what the values mean for Django (``base``).
"""

import re
import sys
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

ROOT = Path(__file__).resolve().parents[2]
_FAULT = "Biletado cannot start, the environment is wrong:\n"


class Environment(BaseSettings):
    """Every variable the project reads. Names are the field names in upper case."""

    model_config = SettingsConfigDict(case_sensitive=False, extra="ignore")

    database_url: str = Field("", description="postgres://user:password@host:port/name")
    pg_dump: str = Field("", description="Path of pg_dump; empty: the installed one that fits the server")
    redis_url: str = Field("", description="redis://host:port/0; holds cache, throttles and the task queue")
    secret_key: str = Field("", min_length=0, description="At least 40 random characters")
    secret_key_fallbacks: list[str] = Field(default=[], description="Older keys, still accepted for links")
    base_host: str = Field("biletado.localhost", description="The main host; towns live one label below it")
    dns_resolvers: list[str] = Field(
        default=[], description="Name servers to ask, host or host:port; empty: ours"
    )
    port: int = Field(8000, ge=1, le=65535, description="Port in the addresses people see")
    scheme: Literal["http", "https"] = Field("http", description="Scheme in the addresses people see")
    smtp_host: str = "127.0.0.1"
    smtp_port: int = Field(25, ge=1, le=65535)
    smtp_user: str = ""
    smtp_password: str = ""
    smtp_tls: bool = False
    mail_from: str = Field("noreply@biletado.example", description="Envelope sender of the platform")
    media_root: Path = ROOT / "var" / "media"
    static_root: Path = ROOT / "var" / "static"
    stripe_secret_key: str = Field("", description="The platform's key; empty: no town can take cards")
    stripe_webhook_secret: str = Field("", description="whsec_… of the endpoint for connected accounts")
    stripe_platform_webhook_secret: str = Field("", description="whsec_… of the endpoint for our own account")
    stripe_api_base: str = Field("", description="Empty: Stripe itself; else a stand-in's address")
    sentry_dsn: str = ""
    sentry_environment: str = "local"
    release: str = "dev"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["json", "console"] = "json"
    trusted_proxies: int = Field(0, ge=0, le=5, description="Reverse proxies in front of the web process")
    connection_max_age_seconds: int = Field(600, ge=0, le=3600)

    @field_validator("database_url")
    @classmethod
    def _postgres_only(cls, value: str) -> str:
        if value and not value.startswith(("postgres://", "postgresql://")):
            raise ValueError("must start with postgres://")
        return value

    @field_validator("redis_url")
    @classmethod
    def _redis_only(cls, value: str) -> str:
        if value and not value.startswith(("redis://", "rediss://", "unix://")):
            raise ValueError("must start with redis:// or rediss://")
        return value

    @field_validator("sentry_dsn")
    @classmethod
    def _web_address(cls, value: str) -> str:
        if value and not value.startswith(("https://", "http://")):
            raise ValueError("must be the DSN that Sentry shows, starting with https://")
        return value

    @field_validator("stripe_api_base")
    @classmethod
    def _bare_address(cls, value: str) -> str:
        if value and not re.fullmatch(r"https?://[a-z0-9.:-]+", value):
            raise ValueError("must be scheme, host and port, such as http://127.0.0.1:12111")
        return value

    @field_validator("mail_from")
    @classmethod
    def _address(cls, value: str) -> str:
        if not re.fullmatch(r"(?:.* <)?[^@\s<>]+@[^@\s<>]+>?", value):
            raise ValueError("must be an e-mail address")
        return value

    @field_validator("base_host")
    @classmethod
    def _bare_host(cls, value: str) -> str:
        if "/" in value or ":" in value or "." not in value:
            raise ValueError("must be a host name without scheme and port, such as biletado.localhost")
        return value.lower()


def read_environment() -> Environment:
    """Read and check the environment; stop the process with one line per wrong variable."""
    try:
        return Environment()
    except ValidationError as error:
        lines = [
            f"  {'.'.join(str(part) for part in problem['loc']).upper()}: {problem['msg']}"
            for problem in error.errors()
        ]
        sys.exit(_FAULT + "\n".join(lines))
    except SettingsError as error:
        variable = str(error).split('"')[1].upper()
        sys.exit(f'{_FAULT}  {variable}: must be a JSON list of texts, such as ["old key"]')


ENV = read_environment()
