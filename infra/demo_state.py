"""Where the demo keeps things, and the environment it gives to its processes.

Not here: starting them (``demo``).
"""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BASE_HOST = "biletado.localhost"
MARK = "BILETADO_DEMO_STATE"


def state_directory() -> Path:
    """Return the folder of everything the demo stores."""
    return Path(os.environ.get("BILETADO_VAR", ROOT / "var")).resolve() / "demo"


def wanted_port() -> int:
    """Return the port people asked for with ``PORT``. Raises ValueError with a sentence for people."""
    text = os.environ.get("PORT", "8000")
    if not text.isdigit() or not 0 < int(text) < 2**16:
        raise ValueError(f"PORT muss eine Zahl zwischen 1 und 65535 sein, nicht „{text}“.")
    return int(text)


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the parts listen; all on the loopback address."""

    web_port: int
    smtp_port: int
    mail_port: int
    database_url: str
    redis_url: str
    stripe_port: int = 0  # 0: no payments online


def process_environment(state: Path, addresses: Addresses) -> dict[str, str]:
    """Return the environment of web, worker, scheduler and management commands."""
    return {
        **os.environ,
        **_stripe_environment(addresses),
        MARK: str(state),
        "PYTHONUNBUFFERED": "1",
        "DJANGO_SETTINGS_MODULE": "config.settings.local",
        "DATABASE_URL": addresses.database_url,
        "REDIS_URL": addresses.redis_url,
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(addresses.smtp_port),
        "BASE_HOST": BASE_HOST,
        "PORT": str(addresses.web_port),
        "SCHEME": "http",
        "SECRET_KEY": secret_key(state),
        "MEDIA_ROOT": str(state / "media"),
        "STATIC_ROOT": str(state / "static"),
    }


STRIPE_KEY = "sk_test_stand_in"
STRIPE_SECRETS = {"connect": "whsec_stand_in_connect", "platform": "whsec_stand_in_platform"}


def _stripe_environment(addresses: Addresses) -> dict[str, str]:
    if not addresses.stripe_port:
        return {}
    return {
        "STRIPE_SECRET_KEY": STRIPE_KEY,
        "STRIPE_WEBHOOK_SECRET": STRIPE_SECRETS["connect"],
        "STRIPE_PLATFORM_WEBHOOK_SECRET": STRIPE_SECRETS["platform"],
        "STRIPE_API_BASE": f"http://127.0.0.1:{addresses.stripe_port}",
    }


def stripe_stand_in_command(state: Path, addresses: Addresses) -> list[str]:
    """The module and options with which the Stripe stand-in runs beside the application."""
    words = ["infra.stripe_stand_in", "--port", str(addresses.stripe_port), "--key", STRIPE_KEY,
             "--folder", str(state / "stripe"), "--host", f"{BASE_HOST}:{addresses.web_port}"]  # fmt: skip
    paths = {"connect": "stripe/webhook/", "platform": "stripe/plattform/"}
    for name, path in paths.items():
        words += [f"--{name}-url", f"http://127.0.0.1:{addresses.web_port}/{path}"]
        words += [f"--{name}-secret", STRIPE_SECRETS[name]]
    return words


def secret_key(state: Path) -> str:
    """Return the demo's own key, made at its first start and readable for its owner only."""
    path = state / "secret_key"
    if not path.exists():
        draft = path.with_suffix(".draft")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as stream:
            stream.write(secrets.token_urlsafe(48))
        draft.replace(path)
    return path.read_text()


def left_over_processes(state: Path) -> list[int]:
    """Return the demo's processes that outlived it after kill -9, recognised by their environment."""
    mark = f"{MARK}={state}".encode()
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            try:
                if mark in (entry / "environ").read_bytes().split(b"\0"):
                    found.append(int(entry.name))
            except OSError:
                continue  # ended meanwhile, or somebody else's
    return found
