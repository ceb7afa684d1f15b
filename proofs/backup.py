"""`python -m proofs.backup sqlite|postgresql`: backups while people register; each is put back into a fresh instance and holds what it must.

What was acknowledged before a backup began is in it; nothing is in it that the server does not have; its counters equal its facts, and it serves.
"""

import argparse
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from benchmarks.server import PROJECT, place
from proofs.claims import Claim, of_all_rounds, report
from proofs.history import Kept, Said
from proofs.site import EVENT, FLASK, Site, site
from proofs.stampede import Stampede

_PEOPLE, _SEATS, _BACKUPS = 200, 300, 3
_SPREAD, _PAUSE = 40.0, 2.0  # seconds over which people come, and between backups


@dataclass(frozen=True)
class Taken:
    """A backup, and the seats that were acknowledged before it began."""

    file: Path
    acknowledged: frozenset[Kept]
    seconds: float


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database", choices=["sqlite", "postgresql"])
    database = parser.parse_args().database
    with place(database) as at, site(at, "--no-plan") as server:
        return report(prove(server, database))


def prove(server: Site, database: str) -> list[Claim]:
    slot = server.new_slot(_SEATS)
    server.start()
    token = _a_pass(server, server.new_slot(1, title="Hội nghị"))
    stampede = Stampede(server, slot, _PEOPLE, spread=_SPREAD)
    people = threading.Thread(target=stampede.run)
    people.start()
    taken = [_take(server, stampede, number) for number in range(_BACKUPS)]
    people.join()
    live = frozenset(server.seats(slot))
    met = [len(one.acknowledged) for one in taken]
    return [
        Claim("the run means something: people registered before, between and after the backups", 0 < met[-1] < len(live), f"{met} of {len(live)}"),
        *of_all_rounds([_put_back(server, database, one, slot, live, token) for one in taken]),
        Claim("it is not put over an instance in use", _refused(server, taken[0].file)),
        Claim("a damaged one is found out", _damage_is_found(server, taken[0].file)),
        server.counters_agree(),
        server.said_no_traceback(),
    ]


def _take(server: Site, stampede: Stampede, number: int) -> Taken:
    time.sleep(_PAUSE)
    acknowledged = frozenset(Kept(one.phone, one.told) for one in list(stampede.history) if one.said is Said.SEAT)
    file, began = server.told.with_name(f"backup-{number}"), time.monotonic()
    server.at.flask("backup", "create", str(file))
    return Taken(file, acknowledged, time.monotonic() - began)


@contextmanager
def _restored(server: Site, database: str, backup: Path) -> Iterator[Site]:
    """A site of its own, on the same kind of database."""
    with place(database) as at:
        other = Site(at, Path(at.environ["EVENTDAY_INSTANCE"]).parent / "server.log")
        other.at.flask("backup", "restore", str(backup))
        other.organiser = server.organiser
        try:
            yield other
        finally:
            other.kill()


def _put_back(server: Site, database: str, taken: Taken, slot: str, live: frozenset[Kept], token: str) -> list[Claim]:
    with _restored(server, database, taken.file) as other:
        other.start()
        kept = frozenset(other.seats(slot))
        lost, strange = taken.acknowledged - kept, kept - live
        return [
            Claim(
                "each backup is put back into a fresh instance, which serves and knows the tokens of before", True, f"made in {taken.seconds:.1f} s"
            ),
            Claim("all that was acknowledged before a backup began is in it", not lost, f"{len(lost)} of {len(taken.acknowledged)} missing"),
            Claim("nothing is in it that the server does not have", not strange, f"{len(strange)}"),
            Claim("its counters equal its facts (`flask --app wsgi check`)", other.counters_agree().holds),
            Claim("a pass shown at its address is known there too", _opens(other, token)),
        ]


def _a_pass(server: Site, slot: str) -> str:
    """The token of somebody who registered before all backups."""
    person = {"name": "Lê Văn An", "birth_year": 1980, "slots": [slot]}
    body = {"event": EVENT, "phone": "+84987654321", "consent": True, "people": [person]}
    answer = httpx.post(f"{server.url}/api/v1/registrations", json=body, headers=server.bearer, timeout=30)
    return str(answer.raise_for_status().json()["passes"][0]["token"])


def _opens(other: Site, token: str) -> bool:
    """What a QR of before the backup leads to: the pass, by the keys that were put back."""
    return httpx.get(f"{other.url}/T/{token}", timeout=30).status_code == 200


def _refused(server: Site, backup: Path) -> bool:
    return _run(server, "backup", "restore", str(backup)) == 1


def _damage_is_found(server: Site, backup: Path) -> bool:
    sound = _run(server, "backup", "verify", str(backup)) == 0
    content = bytearray(backup.read_bytes())
    content[len(content) // 2] ^= 0xFF
    damaged = backup.with_name("damaged")
    damaged.write_bytes(content)
    return sound and _run(server, "backup", "verify", str(damaged)) == 1


def _run(server: Site, *words: str) -> int:
    return subprocess.run([*FLASK, *words], env=server.at.environ, cwd=PROJECT, capture_output=True, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
