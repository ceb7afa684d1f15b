"""`python -m proofs.kill sqlite|postgresql`: kill -9 of web and worker, again and again, in the midst of a stampede for seats.

Every seat that was acknowledged is there after each cold start, none was given twice, and the counters equal the facts.
"""

import argparse
import random
import sys
import threading

from benchmarks.server import place
from proofs.claims import Claim, report
from proofs.history import Said, judge
from proofs.site import Site, site
from proofs.stampede import Stampede


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database", choices=["sqlite", "postgresql"])
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--seats", type=int, default=120)
    parser.add_argument("--kills", type=int, default=4)
    asked = parser.parse_args()
    with place(asked.database) as at, site(at, "--no-plan") as server:
        return report(prove(server, asked.people, asked.seats, asked.kills))


def prove(server: Site, people: int, seats: int, kills: int) -> list[Claim]:
    """People come over the seconds in which the server is killed so often, and once more at rest."""
    slot = server.new_slot(seats)
    server.start()
    stampede = Stampede(server, slot, people, spread=2.0 * kills)
    over = threading.Event()
    restarts: list[float] = []
    killer = threading.Thread(target=_kill, args=(server, kills, over, restarts))
    killer.start()
    history = stampede.run()
    over.set()
    killer.join()
    server.kill()
    restarts.append(server.start())
    unknown = sum(one.said is Said.UNKNOWN for one in history)
    return [
        Claim("the run means something: the server was killed while people asked", len(restarts) > 1 and unknown > 0, f"{unknown} without an answer"),
        *judge(history, server.seats(slot), seats),
        server.counters_agree(),
        server.said_no_traceback(),
        Claim("it answers again after each kill", True, "s, ".join(f"{took:.1f}" for took in restarts) + " s"),
    ]


def _kill(server: Site, kills: int, over: threading.Event, restarts: list[float]) -> None:
    for _ in range(kills):
        if over.wait(random.uniform(0.3, 1.2)):
            return
        server.kill()
        restarts.append(server.start())


if __name__ == "__main__":
    sys.exit(main())
