"""`make bench`: what requests cost beside a bare view, whether that grows, memory at rest, a resident's way, lists; and the aims.

`python -m benchmarks.run [--parts costs growth rest way lists] [--databases sqlite postgresql] [--requests N]`. Prints, and writes what it
measured into benchmarks/latest.json, where the parts that were not asked for stay as they are.

Closed loops; CPU is user+system time of every server process, worker and database included, until half a second after the last answer.
"""

import argparse
import json
import platform
import signal
import sys
from collections.abc import Callable
from dataclasses import asdict, is_dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks import aims, costs, growth, lists, rest, way

_RESULTS = Path(__file__).parent / "latest.json"
_PARTS = ("costs", "growth", "rest", "way", "lists")


def main() -> None:
    wanted = _asked()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that servers and databases are ended
    measures: dict[str, Callable[[str], Any]] = {
        "costs": lambda database: costs.measure(database, wanted.requests),
        "growth": lambda database: growth.measure(database, wanted.requests, wanted.sizes),
        "rest": rest.measure,
        "lists": lists.measure,
    }
    found = json.loads(_RESULTS.read_text())
    for part in wanted.parts:
        made = way.measure() if part == "way" else {database: measures[part](database) for database in wanted.databases}
        found[part] = found.get(part, {}) | _plain(made)
        found["about"][part] = _about(wanted)
        found["aims"] = [asdict(aim) | {"reached": aim.reached} for aim in aims.judged(found)]
        _RESULTS.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n")
    print("\nAims, and the worst that was found\n" + aims.told(aims.judged({part: found[part] for part in wanted.parts})))


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--parts", nargs="+", default=_PARTS, choices=_PARTS)
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgresql"], choices=["sqlite", "postgresql"])
    parser.add_argument("--requests", type=int, default=1200, help="of each kind at each number of clients, in 6 rounds")
    parser.add_argument("--sizes", type=int, nargs="+", default=growth.SIZES, help="registrations in the tables, for growth")
    return parser.parse_args()


def _about(wanted: argparse.Namespace) -> dict[str, Any]:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return {"at": now, "python": platform.python_version(), "machine": platform.machine(), "requests": wanted.requests}


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list) else value


if __name__ == "__main__":
    main()
