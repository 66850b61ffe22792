"""``make bench-pages``: how long starting takes, how quick the main pages are, and what one costs on a phone.

Into ``var/bench``. Not here: limits; a number that must hold is a test. Compare times of one machine only.
"""

import http.client
import json
import os
import platform
import shutil
import statistics
import sys
import time
from datetime import UTC, datetime
from urllib.parse import urlsplit

from infra.benchmarks.phone import phone_row
from infra.benchmarks.rows import table
from infra.demo_process import VAR, running_demo
from infra.screenshot_pages import PAGES

WARM_UP_REQUESTS = 5
REQUESTS = 100


def main() -> int:
    """Measure, print and store; return the exit status."""
    shutil.rmtree(VAR / "bench-demo", ignore_errors=True)  # a first start is one without data
    with running_demo("bench-demo") as demo:
        first_start = demo.start_seconds
    with running_demo("bench-demo") as demo:
        result: dict[str, object] = {
            "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
            "first_start_seconds": round(first_start, 2),
            "next_start_seconds": round(demo.start_seconds, 2),
        }
        addresses = {"main": demo.main_address, "town": demo.town_addresses[0]}
        pages = {
            page.name: addresses[page.host].rstrip("/") + page.path for page in PAGES if not page.signed_in
        }
        result["pages"] = {name: _measured(address) for name, address in pages.items()}
        on_a_phone = phone_row(demo, PAGES)
        result["phone"] = on_a_phone.to_data()
    folder = VAR / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(result, indent=2)
    (folder / f"{datetime.now(UTC):%Y%m%d-%H%M%S}.json").write_text(text + "\n")
    print(f"{text}\n{table([on_a_phone])}")
    return 0


def _measured(address: str) -> dict[str, float]:
    """Return median and 95th percentile of one page in milliseconds, over one connection."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection("127.0.0.1", parts.port or 80, timeout=30)
    times, status = [], 0
    for _ in range(WARM_UP_REQUESTS + REQUESTS):
        start = time.perf_counter()
        connection.request("GET", parts.path, headers={"Host": parts.netloc})
        answer = connection.getresponse()
        answer.read()
        times.append((time.perf_counter() - start) * 1000)
        status = answer.status
    connection.close()
    kept = times[WARM_UP_REQUESTS:]
    return {
        "status": status,
        "median_ms": round(statistics.median(kept), 1),
        "p95_ms": round(statistics.quantiles(kept, n=20)[18], 1),
    }


if __name__ == "__main__":
    sys.exit(main())
