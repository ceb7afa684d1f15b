"""Does what the server knows of scans agree with what phones saw? Pure: scans against facts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from proofs.claims import Claim

_VIETNAM = timezone(timedelta(hours=7))
ONCE = "every scan is on the server exactly once"
Key = tuple[str, str]


@dataclass(frozen=True)
class Scan:
    """What a phone saw: `code` of the pass, None for one that was forged; `at` by the phone's own clock, right or wrong."""

    device: str
    id: str
    code: str | None
    at: datetime

    @property
    def key(self) -> Key:
        return self.device, self.id


@dataclass(frozen=True)
class Known:
    """A fact as the server lists it."""

    device: str
    id: str
    code: str | None
    outcome: str

    @property
    def key(self) -> Key:
        return self.device, self.id


def judge(scans: Sequence[Scan], facts: Sequence[Known]) -> list[Claim]:
    """Nothing is lost, nothing doubled, nothing made up; of a pass's scans of a day the earliest counts, whoever sent it first."""
    wanted, found = Counter(scan.key for scan in scans), Counter(fact.key for fact in facts)
    admitted, earliest = {fact.key for fact in facts if fact.outcome == "admitted"}, _earliest(scans)
    wrong = admitted ^ earliest
    known, came = {scan.code for scan in scans if scan.code}, {fact.code for fact in facts if fact.outcome == "admitted"}
    return [
        Claim(ONCE, wanted == found, f"missing {(wanted - found).total()}, too many {(found - wanted).total()}, of {len(scans)}"),
        Claim("everybody whose pass was scanned is admitted", came == known, f"{len(came)} of {len(known)}"),
        Claim("once a day, by the earliest scan as the phones' clocks say, in whatever order they came", not wrong, f"{len(wrong)} differ"),
        Claim("no forged pass is admitted", not admitted & {scan.key for scan in scans if scan.code is None}),
    ]


def _earliest(scans: Sequence[Scan]) -> set[Key]:
    """Of each pass and Vietnamese day: by the time as sent, then by the id."""
    ordered = sorted((scan for scan in scans if scan.code), key=lambda scan: (scan.at, scan.id), reverse=True)
    return set({(scan.code, scan.at.astimezone(_VIETNAM).date()): scan.key for scan in ordered}.values())
