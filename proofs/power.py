"""`python -m proofs.power sqlite|postgresql`: a power cut in the midst of a stampede, three times. What was acknowledged is on disk.

Everything of the server lies on an ext4 of its own, which is shut down at once (nothing that was not fsynced reaches it), mounted
again and read. `--lying`: the control, a disk that says “written” and does not write (libeatmydata): then the proof must fail, and
the exit code says so (0 where it did fail). Needs root.
"""

import argparse
import os
import random
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.server import place
from proofs.claims import Claim, of_all_rounds, report
from proofs.disk import Disk, disk
from proofs.history import NOTHING_LOST, Attempt, Said, judge, told_by
from proofs.site import Site, site
from proofs.stampede import Stampede

_PEOPLE, _SEATS, _MEGABYTES = 400, 1000, 300
_MEANS_SOMETHING, _PATIENCE = 20, 30.0
_LYING = "libeatmydata.so"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database", choices=["sqlite", "postgresql"])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--lying", action="store_true")
    asked = parser.parse_args()
    with TemporaryDirectory(prefix="eventday-power-") as folder, disk(Path(folder) / "disk", _MEGABYTES) as own:
        claims = _prove(own, asked.database, 1 if asked.lying else asked.rounds, lying=asked.lying)
    if not asked.lying:
        return report(claims)
    lost = next(claim for claim in claims if claim.text == NOTHING_LOST)
    return report([Claim("a disk that lies is found out: acknowledged seats are missing", not lost.holds, lost.detail)])


def _prove(own: Disk, database: str, rounds: int, *, lying: bool) -> list[Claim]:
    with place(database, own.folder) as at, site(at, "--no-plan") as server:
        if lying:
            at.environ["LD_PRELOAD"] = _LYING
        return of_all_rounds([_round(server, own, number) for number in range(rounds)])


def _round(server: Site, own: Disk, number: int) -> list[Claim]:
    slot = server.new_slot(_SEATS, title=f"Lớp học số {number}")
    server.start()
    os.sync()  # what was set up is on disk; from here on only fsync counts
    stampede = Stampede(server, slot, _PEOPLE, spread=12.0, attempts=1, patience=3.0, first_phone=number * _PEOPLE)
    people = threading.Thread(target=stampede.run)
    people.start()
    _wait_for_seats(stampede)
    began = time.monotonic()
    own.cut()
    cut = time.monotonic()
    stampede.stopped.set()
    people.join()
    server.kill()
    if server.at.cluster:
        server.at.cluster.kill()
    own.unmount()
    own.mount()
    if server.at.cluster:
        server.at.cluster.start()
    took = server.start()
    claims = _judge(stampede.history, server, slot, began, cut)
    server.kill()
    return [*claims, Claim("it starts again by itself after the cut", took < 60, f"{took:.1f} s")]


def _wait_for_seats(stampede: Stampede) -> None:
    """Until so many were acknowledged that a loss would show; somewhere in the midst of the next."""
    ends = time.monotonic() + _PATIENCE
    while time.monotonic() < ends and sum(one.said is Said.SEAT for one in stampede.history) < 2 * _MEANS_SOMETHING:
        time.sleep(0.05)
    time.sleep(random.uniform(0.0, 0.5))


def _judge(history: Sequence[Attempt], server: Site, slot: str, began: float, cut: float) -> list[Claim]:
    """Acknowledged is what a client held before the cut began: an fsync under way while the power goes may still return."""
    during = [one for one in history if one.said is Said.SEAT and one.answered >= began]
    late = [one for one in during if one.asked > cut + 0.01]
    certain = [replace(one, said=Said.UNKNOWN) if one in during else one for one in history]
    held = sum(one.said is Said.SEAT for one in certain)
    judged = [claim for claim in judge(certain, server.seats(slot), _SEATS) if "certain answer" not in claim.text]
    return [
        Claim("the run means something: many seats were acknowledged before the cut", held >= _MEANS_SOMETHING, f"{held}; {told_by(history)}"),
        Claim("nothing was acknowledged after the power was gone", not late, f"{len(late)}" if late else ""),
        *judged,
        server.counters_agree(),
    ]


if __name__ == "__main__":
    sys.exit(main())
