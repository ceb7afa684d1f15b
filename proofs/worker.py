"""`python -m proofs.worker sqlite|postgresql`: the worker is killed (kill -9) in the midst of a report; the job is taken up again."""

import argparse
import sys
import time

from benchmarks.server import place
from proofs.claims import Claim, report
from proofs.desk import Desk
from proofs.site import Site, site

_WITHIN = 120.0  # a silent worker's job is given to another after 20 seconds


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database", choices=["sqlite", "postgresql"])
    with place(parser.parse_args().database) as at:
        at.environ["EVENTDAY_NOW"] = "2027-10-12T08:00+07:00"
        with site(at, "--day-passed") as server:
            server.start()
            return report(prove(server))


def prove(server: Site) -> list[Claim]:
    desk = Desk(server)
    desk.ask_for_report()
    began_at = _wait_for_progress(desk)
    was_killed = server.kill_one("wsgi worker")
    asked = time.monotonic()
    pdf = desk.report(within=_WITHIN)
    return [
        Claim("the worker was killed while the report was being made", was_killed and began_at is not None, f"at {began_at} %"),
        Claim("the report is made all the same", bool(pdf and pdf.startswith(b"%PDF")), f"after {time.monotonic() - asked:.0f} s"),
        server.said_no_traceback(),
    ]


def _wait_for_progress(desk: Desk) -> int | None:
    """The per cent that were done when somebody was first at work."""
    ends = time.monotonic() + _WITHIN
    while time.monotonic() < ends:
        done = desk.progress()
        if done:
            return done
    return None


if __name__ == "__main__":
    sys.exit(main())
