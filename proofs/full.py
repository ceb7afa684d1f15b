"""`python -m proofs.full sqlite|postgresql`: the disk is full to the last byte for three seconds in the midst of a stampede. Needs root.

The server refuses with 503, loses nothing that it acknowledged, and works again without a restart once there is room.
"""

import argparse
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.server import place
from proofs.claims import Claim, report
from proofs.disk import Disk, disk
from proofs.history import Attempt, Said, judge, told_by
from proofs.site import Site, site
from proofs.stampede import Stampede

_PEOPLE, _SEATS, _FULL = 300, 1000, 3.0
_MEGABYTES = {"sqlite": 60, "postgresql": 120}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database", choices=["sqlite", "postgresql"])
    database = parser.parse_args().database
    with (
        TemporaryDirectory(prefix="eventday-full-") as folder,
        disk(Path(folder) / "disk", _MEGABYTES[database]) as own,
        place(database, own.folder) as at,
        site(at, "--no-plan") as server,
    ):
        return report(prove(server, own))


def prove(server: Site, own: Disk) -> list[Claim]:
    slot = server.new_slot(_SEATS)
    server.start()
    stampede = Stampede(server, slot, _PEOPLE, spread=10.0)
    people = threading.Thread(target=stampede.run)
    people.start()
    time.sleep(2)
    own.fill()
    full = time.monotonic()
    time.sleep(_FULL)
    own.free()
    room = time.monotonic()
    people.join()
    return [
        *_about_refusals(stampede.history, full, room),
        *judge(stampede.history, server.seats(slot), _SEATS),
        server.counters_agree(),
        server.said_no_traceback(),
    ]


def _about_refusals(history: Sequence[Attempt], full: float, room: float) -> list[Claim]:
    during = [one for one in history if one.said is Said.UNKNOWN and full < one.answered < room]
    told = {one.told for one in history if one.said is Said.UNKNOWN}
    slow = [f"{one.told} {one.asked - full:.1f}…{one.answered - full:.1f}" for one in history if one.told.startswith("Read")]
    back = min((one.answered - room for one in history if one.said is Said.SEAT and one.answered > room), default=None)
    return [
        Claim("the run means something: requests failed while the disk was full", bool(during), f"{len(during)}"),
        Claim("a full disk is a 503, nothing else", told <= {"503"}, f"{told_by(history)} {slow[:5]}"),
        Claim("it works again without a restart within 5 seconds", back is not None and back < 5, "" if back is None else f"{back:.1f} s"),
    ]


if __name__ == "__main__":
    sys.exit(main())
