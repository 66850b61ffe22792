"""The deployment's example names only variables the application reads, and none it needs is missing.

Not here: whether the containers build; that needs an engine no test machine promises.
"""

import re
from pathlib import Path

from config.settings.environment import Environment
from infra.embedded.postgres_binaries import EXTENSIONS

ROOT = Path(__file__).resolve().parents[3]
DEPLOY = ROOT / "infra" / "deploy"
FOR_COMPOSE_ONLY = {"POSTGRES_PASSWORD"}


def _variables() -> set[str]:
    return set(re.findall(r"^#? ?([A-Z_]+)=", (DEPLOY / "env.example").read_text(), flags=re.MULTILINE))


def test_the_example_names_only_variables_we_read() -> None:
    known = {name.upper() for name in Environment.model_fields}
    assert _variables() - known == FOR_COMPOSE_ONLY


def test_the_example_names_what_production_asks_for() -> None:
    assert {"SECRET_KEY", "DATABASE_URL", "REDIS_URL", "SCHEME", "BASE_HOST", "SMTP_HOST"} <= _variables()


def test_the_image_runs_as_nobody_in_particular() -> None:
    users = re.findall(r"^USER (\S+)", (DEPLOY / "Containerfile").read_text(), flags=re.MULTILINE)
    assert users == ["biletado"]


def test_every_extension_of_the_embedded_server_is_in_the_deployed_one() -> None:
    created = re.findall(
        r"CREATE EXTENSION IF NOT EXISTS (\w+) SCHEMA extensions", (DEPLOY / "extensions.sql").read_text()
    )
    assert sorted(created) == sorted(EXTENSIONS)
