"""`python -m proofs.sync sqlite|postgresql [--forgetful]`: phones that scanned offline send it all through a bad network, at once.

Their clocks are wrong, they saw the same passes and forged ones, two scans have the same id; connections are cut, requests doubled and
repeated late. `--forgetful` is the control: phones that give a scan another id each time they send it; the proof must find that out.
"""

import argparse
import random
import sys
import threading
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from benchmarks.server import place
from proofs.claims import Claim, report
from proofs.network import Network, bad_network
from proofs.phone import OPENED, Phone
from proofs.scans import ONCE, Known, judge
from proofs.site import COMMUNE, EVENT, Site, site

_PEOPLE, _PHONES, _FAMILY, _SEED = 120, 6, 8, 7
_CLOCKS = (0, 86_400, -3 * 3_600, 37, -5, 7 * 3_600)  # seconds by which each phone's clock is wrong


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database", choices=["sqlite", "postgresql"])
    parser.add_argument("--forgetful", action="store_true")
    asked = parser.parse_args()
    with place(asked.database) as at, site(at, "--no-plan") as server:
        claims = prove(server, forgetful=asked.forgetful)
    if asked.forgetful:
        found_out = any(claim.text == ONCE and not claim.holds for claim in claims)
        claims = [Claim("the control: phones that forget a scan's id double it, and the proof says so", found_out)]
    return report(claims)


def prove(server: Site, *, forgetful: bool = False) -> list[Claim]:
    slot = server.new_slot(_PEOPLE + 5)
    server.start()
    phones = _phones(server, slot, _passes(server, slot), forgetful)
    with bad_network(server.at.port, _SEED) as network:
        _all_at_once(phones, network)
    scans = [scan for phone in phones for scan in phone.scans]
    first = _facts(server, slot)
    told = [phone.send_all(server.url) for phone in phones]
    again = _facts(server, slot)
    told = [phone.send_all(server.url) for phone in phones]
    truth = {fact.key: fact.outcome for fact in again}
    return [
        Claim("the run means something: each kind of harm was done", len(network.deeds) == 6, f"{dict(network.deeds)}"),
        Claim("every phone has an answer to each scan in the end", all(not phone.unanswered for phone in phones)),
        *judge(scans, first),
        Claim("sending all of it again changes nothing", sorted(again, key=_key) == sorted(first, key=_key)),
        Claim("each phone is told what the server knows", forgetful or all(truth[key] == outcome for one in told for key, outcome in one.items())),
        _live_agrees(server, again),
        _lost_phone_sends_nothing(server, slot, phones[0]),
        server.counters_agree(),
        server.said_no_traceback(),
    ]


def _key(fact: Known) -> tuple[str, str]:
    return fact.key


def _passes(server: Site, slot: str) -> list[tuple[str, str]]:
    """Codes and tokens of so many people with a seat."""
    made: list[tuple[str, str]] = []
    with httpx.Client(base_url=server.url, headers=server.bearer, timeout=30) as http:
        for family in range(_PEOPLE // _FAMILY):
            people = [{"name": f"Nguyễn Văn {family} {n}", "birth_year": 1980, "slots": [slot]} for n in range(_FAMILY)]
            body = {"event": EVENT, "phone": f"+84912{family:06}", "consent": True, "people": people}
            answer = http.post("/api/v1/registrations", json=body).raise_for_status().json()
            made += [(one["code"], one["token"]) for one in answer["passes"]]
    return made


def _phones(server: Site, slot: str, passes: Sequence[tuple[str, str]], forgetful: bool) -> list[Phone]:
    """Each saw two thirds of the passes in an order of its own, and three forged ones; the second has an id of the first."""
    chance = random.Random(_SEED)
    phones = [Phone(server.enrol(f"Máy {n}"), slot, chance, forgetful=forgetful) for n in range(_PHONES)]
    for phone, wrong in zip(phones, _CLOCKS, strict=True):
        seen: list[tuple[str | None, str]] = [*chance.sample(passes, len(passes) * 2 // 3), *((None, _forged(token)) for _, token in passes[:3])]
        chance.shuffle(seen)
        for n, (code, token) in enumerate(seen):
            phone.see(code, token, OPENED + timedelta(seconds=wrong + 11 * n))
    phones[1].take_id_of(phones[0])
    return phones


def _forged(token: str) -> str:
    return token[:40] + ("A" if token[40] != "A" else "B") + token[41:]


def _all_at_once(phones: Sequence[Phone], network: Network) -> None:
    threads = [threading.Thread(target=phone.send_through, args=(network.port,)) for phone in phones]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _facts(server: Site, slot: str) -> list[Known]:
    return [Known(row["device"], row["id"], row["code"], row["outcome"]) for row in server.checkins(slot)]


def _live_agrees(server: Site, facts: Sequence[Known]) -> Claim:
    live = httpx.get(f"{server.url}/api/v1/live", params={"scope": f"commune:{COMMUNE}"}, headers=server.bearer, timeout=30).json()
    came = {fact.code for fact in facts if fact.outcome == "admitted"}
    return Claim("the live figures equal the facts", live["admitted"] == len(came), f"{live['admitted']} of {len(came)}")


def _lost_phone_sends_nothing(server: Site, slot: str, phone: Phone) -> Claim:
    """What somebody sends with a phone that was lost and revoked is refused."""
    server.at.flask("device", "revoke", phone.device)
    before = len(_facts(server, slot))
    record: dict[str, Any] = phone.record(uuid.uuid4(), 10_000, phone.tokens[0], datetime.now(UTC))
    status = httpx.post(f"{server.url}/api/v1/checkins", json={"checkins": [record]}, headers=phone.bearer, timeout=30).status_code
    return Claim("a revoked phone can send nothing", status == 401 and len(_facts(server, slot)) == before, f"{status}")


if __name__ == "__main__":
    sys.exit(main())
