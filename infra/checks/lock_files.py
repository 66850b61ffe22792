"""Look into the lock files: every package with a hash, no address of any registry, no path of any machine.

Not here: writing them (``infra.lock``).
"""

import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REQUIREMENTS = (
    "requirements.txt",
    "requirements-demo.txt",
    "requirements-dev.txt",
    "infra/setup/uv.txt",
)
NODE_LOCKS = ("package-lock.json", "infra/setup/browser/package-lock.json")
ADDRESS = re.compile(
    r"\b(?:https?|file|git\+\w+|ftp)://|(?:^|\s)--(?:index-url|extra-index-url|find-links|trusted-host)"
)
PINNED = re.compile(r"^[A-Za-z0-9._-]+(?:\[[^\]]+\])?==[^\s;]+")
ADVICE = {"funding"}  # where to give money: an address, but not one packages come from


def faults_of_requirements(text: str) -> list[str]:
    """Return what is wrong with a pip lock file."""
    faults = [f"an address: {line.strip()}" for line in text.splitlines() if ADDRESS.search(line)]
    for entry in re.split(r"\n(?=\S)", text.replace("\\\n", " ")):
        line = entry.partition("\n")[0].strip()
        if not line or line.startswith(("#", "-")):
            continue
        if not PINNED.match(line):
            faults.append(f"not pinned: {line[:80]}")
        elif "--hash=sha256:" not in line:
            faults.append(f"no hash: {line[:80]}")
    return faults


def faults_of_node_lock(text: str) -> list[str]:
    """Return what is wrong with a Node lock file."""
    faults = []
    for name, package in json.loads(text)["packages"].items():
        if not name:
            continue
        if "integrity" not in package:
            faults.append(f"no hash: {name}")
        without_advice = {key: value for key, value in package.items() if key not in ADVICE}
        if ADDRESS.search(json.dumps(without_advice)):
            faults.append(f"an address: {name}")
    return faults


def main() -> int:
    """Print every fault; return 1 if there is one."""
    faults = [
        f"{name}: {fault}"
        for name in REQUIREMENTS
        for fault in faults_of_requirements((ROOT / name).read_text())
    ]
    faults += [
        f"{name}: {fault}" for name in NODE_LOCKS for fault in faults_of_node_lock((ROOT / name).read_text())
    ]
    print("\n".join(faults) or "lock files clean")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
