"""Law: lock files name no registry and hash every package; nothing in git names a registry or a machine's folder.

Not here: the rules themselves (``infra.checks.lock_files``); here they are applied, and proven able to fail.
"""

import re
import subprocess
from pathlib import Path

import pytest

from infra.checks.lock_files import NODE_LOCKS, REQUIREMENTS, faults_of_node_lock, faults_of_requirements

ROOT = Path(__file__).resolve().parents[2]
HASH = "--hash=sha256:" + "0" * 64
# Put together here, so that this file does not name what it forbids.
HOSTS = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("registry", "npmjs", "org"),
        ("registry", "yarnpkg", "com"),
        ("deb", "debian", "org"),
        ("proxy", "golang", "org"),
    )
]
FOLDERS = [
    "/".join(("", *parts, ""))
    for parts in (("work", "main"), ("opt", "pypi"), ("opt", "wheels"), ("root", ""))
]
FORBIDDEN = re.compile("|".join(re.escape(word.replace("//", "/")) for word in (*HOSTS, *FOLDERS)))


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_python_lock_files_are_clean(name: str) -> None:
    assert faults_of_requirements((ROOT / name).read_text()) == []


@pytest.mark.parametrize("name", NODE_LOCKS)
def test_node_lock_files_are_clean(name: str) -> None:
    assert faults_of_node_lock((ROOT / name).read_text()) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        pytest.param("django==5.2\n    # via x\n", "no hash", id="without a hash"),
        pytest.param(f"django>=5.2 \\\n    {HASH}\n", "not pinned", id="not pinned"),
        pytest.param(
            f"--index-url https://example.org/simple\ndjango==5.2 {HASH}\n", "an address", id="an index"
        ),
        pytest.param(f"django @ file:///home/me/django {HASH}\n", "an address", id="a path"),
        pytest.param(f"--find-links wheels\ndjango==5.2 {HASH}\n", "an address", id="a folder of wheels"),
    ],
)
def test_a_bad_python_lock_file_is_noticed(text: str, fault: str) -> None:
    assert any(found.startswith(fault) for found in faults_of_requirements(text))


@pytest.mark.parametrize(
    ("package", "fault"),
    [
        pytest.param('{"version": "1"}', "no hash", id="without a hash"),
        pytest.param(
            '{"integrity": "x", "resolved": "https://example.org/a.tgz"}', "an address", id="resolved"
        ),
    ],
)
def test_a_bad_node_lock_file_is_noticed(package: str, fault: str) -> None:
    assert faults_of_node_lock(f'{{"packages": {{"": {{}}, "node_modules/a": {package}}}}}') == [
        f"{fault}: node_modules/a"
    ]


def test_no_file_names_a_registry_or_a_folder_of_one_machine() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    files = [ROOT / name for name in listed.split("\0") if name]
    assert len(files) > 100
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in files
        if path.is_file()
        for match in [FORBIDDEN.search(path.read_text("utf-8", errors="ignore"))]
        if match
    ]
    assert found == []
    assert FORBIDDEN.search("https://" + HOSTS[0] + "/simple")
