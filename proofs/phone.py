"""A scanner that was offline: what it saw lies in it until the server has said what became of it."""

import random
import time
import uuid
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import httpx

from proofs.scans import Key, Scan
from tools.run import HOST

OPENED = datetime(2027, 10, 10, 1, 5, tzinfo=UTC)
_PATIENCE, _DEADLINE = 10.0, 90.0  # seconds for one answer, and for all
_BATCHES = (1, 3, 7, 50)


class Phone:
    """`forgetful`: it gives each scan another id whenever it sends it, as no phone may."""

    def __init__(self, enrolled: dict[str, Any], slot: str, chance: random.Random, *, forgetful: bool) -> None:
        self.device, self.bearer = str(enrolled["device"]), {"Authorization": f"Bearer {enrolled['token']}"}
        self._slot, self._forgetful = slot, forgetful
        self._chance = random.Random(chance.random())
        self.scans: list[Scan] = []
        self.tokens: list[str] = []
        self.unanswered: list[int] = []

    def see(self, code: str | None, token: str, at: datetime) -> None:
        self.scans.append(Scan(self.device, str(uuid.UUID(int=self._chance.getrandbits(128), version=4)), code, at))
        self.tokens.append(token)

    def take_id_of(self, other: "Phone") -> None:
        """Two phones may draw the same: these are two scans all the same."""
        self.scans[0] = replace(self.scans[0], id=other.scans[0].id)

    def record(self, record_id: uuid.UUID | str, sequence: int, token: str, at: datetime) -> dict[str, Any]:
        fact = {"id": str(record_id), "sequence": sequence, "pass": token, "kind": "entry", "by": "scan"}
        return fact | {"slot": self._slot, "at": at.isoformat()}

    def send_through(self, port: int) -> None:
        """In batches of any size, each again until it is answered whole."""
        ends = time.monotonic() + _DEADLINE
        self.unanswered = list(range(len(self.scans)))
        while self.unanswered and time.monotonic() < ends:
            batch = self.unanswered[: self._chance.choice(_BATCHES)]
            try:
                self._send(f"http://{HOST}:{port}", batch)
            except (httpx.HTTPError, ValueError):
                time.sleep(self._chance.uniform(0.01, 0.1))
                continue
            self.unanswered = [number for number in self.unanswered if number not in batch]

    def send_all(self, url: str) -> dict[Key, str]:
        """Everything once more, over a good line. Returns what each scan is said to be."""
        return self._send(url, range(len(self.scans)))

    def _send(self, url: str, numbers: "list[int] | range") -> dict[Key, str]:
        """Raises: HTTPError or ValueError where there is no whole answer."""
        if self._forgetful and not isinstance(numbers, range):
            for number in numbers:
                self.scans[number] = replace(self.scans[number], id=str(uuid.uuid4()))
        records = [self.record(self.scans[number].id, number + 1, self.tokens[number], self.scans[number].at) for number in numbers]
        answer = httpx.post(f"{url}/api/v1/checkins", json={"checkins": records}, headers=self.bearer, timeout=_PATIENCE)
        results = answer.raise_for_status().json()["results"]
        return {(self.device, result["id"]): str(result["outcome"]) for result in results}
