"""`python -m proofs.away`: PostgreSQL is away for 20 seconds while people register. They read 503 with words and come again; nothing is lost.

The server is not restarted: it finds the database again by itself.
"""

import argparse
import sys
import threading
import time
from dataclasses import dataclass, field

import httpx

from benchmarks.server import place
from proofs.claims import Claim, report
from proofs.history import Said, judge
from proofs.site import COMMUNE, Site, site
from proofs.stampede import Stampede
from tests.postgres import Cluster

_PEOPLE, _SEATS, _AWAY = 120, 200, 20.0


@dataclass
class Seen:
    """Answers to who only looked while the database was away."""

    answers: list[httpx.Response] = field(default_factory=list)

    def look(self, server: Site) -> None:
        for path in (f"/{COMMUNE}", "/api/v1/events"):
            self.answers.append(httpx.get(server.url + path, timeout=30))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=_AWAY)
    seconds = parser.parse_args().seconds
    with place("postgresql") as at, site(at, "--no-plan") as server:
        assert at.cluster
        return report(prove(server, at.cluster, seconds))


def prove(server: Site, cluster: Cluster, seconds: float) -> list[Claim]:
    slot = server.new_slot(_SEATS)
    server.start()
    stampede = Stampede(server, slot, _PEOPLE, spread=seconds + 4)
    people = threading.Thread(target=stampede.run)
    people.start()
    time.sleep(2)
    cluster.halt()
    went, seen = time.monotonic(), Seen()
    while time.monotonic() < went + seconds:
        seen.look(server)
        time.sleep(1)
    cluster.start()
    back = time.monotonic()
    people.join()
    first = min((one.answered for one in stampede.history if one.said is Said.SEAT and one.answered > back), default=None)
    told = {one.told for one in stampede.history if one.said is Said.UNKNOWN}
    return [
        Claim("while it was away people were told to come again", bool(told) and told <= {"503"}, f"{sorted(told)}"),
        Claim("pages say 503 in words, with Retry-After, and no stack of text", all(_is_kind(one) for one in seen.answers), _first_wrong(seen)),
        Claim(
            "it works again without a restart within 10 seconds", first is not None and first - back < 10, f"{first - back:.1f} s" if first else ""
        ),
        *judge(stampede.history, server.seats(slot), _SEATS),
        server.counters_agree(),
        server.said_no_traceback(),
    ]


def _is_kind(answer: httpx.Response) -> bool:
    return answer.status_code == 503 and "Retry-After" in answer.headers and "Traceback" not in answer.text and "lại" in answer.text


def _first_wrong(seen: Seen) -> str:
    wrong = [one for one in seen.answers if not _is_kind(one)]
    return f"{len(wrong)} of {len(seen.answers)}: {wrong[0].status_code} {wrong[0].text[:200]}" if wrong else f"{len(seen.answers)} looked"


if __name__ == "__main__":
    sys.exit(main())
