"""Many people who want the same seats at the same moment, each with a key of their own; who has no certain answer asks again with it."""

import asyncio
import random
import threading
import time
import uuid
from dataclasses import dataclass, field

import httpx

from proofs.history import Attempt, Said
from proofs.site import EVENT, Site

_TOLD = "passes"


@dataclass
class Stampede:
    """`spread`: seconds over which the people come. `attempts`: how often each asks. `patience`: seconds for one answer, `deadline` for all."""

    site: Site
    slot: str
    people: int
    spread: float = 2.0
    attempts: int = 200
    patience: float = 10.0
    deadline: float = 90.0
    first_phone: int = 0
    history: list[Attempt] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)

    def run(self) -> list[Attempt]:
        asyncio.run(self._run())
        return self.history

    async def _run(self) -> None:
        self._ends = time.monotonic() + self.deadline
        limits = httpx.Limits(max_connections=self.people, max_keepalive_connections=self.people)
        headers = self.site.bearer
        async with httpx.AsyncClient(base_url=self.site.url, limits=limits, timeout=self.patience, headers=headers) as http:
            await asyncio.gather(*(self._come(http, self.first_phone + n) for n in range(self.people)))

    async def _come(self, http: httpx.AsyncClient, number: int) -> None:
        phone, key = f"+84912{number:06}", str(uuid.uuid4())
        await asyncio.sleep(random.random() * self.spread)
        for _ in range(self.attempts):
            if self.stopped.is_set() or time.monotonic() > self._ends:
                return
            asked = time.monotonic()
            said, told = await self._ask(http, phone, key)
            self.history.append(Attempt(phone, key, asked, time.monotonic(), said, told))
            if said is not Said.UNKNOWN:
                return
            await asyncio.sleep(random.uniform(0.02, 0.3))

    async def _ask(self, http: httpx.AsyncClient, phone: str, key: str) -> tuple[Said, str]:
        person = {"name": "Nguyễn Thị Thử", "birth_year": 1980, "slots": [self.slot]}
        body = {"event": EVENT, "phone": phone, "consent": True, "people": [person]}
        try:
            answer = await http.post("/api/v1/registrations", json=body, headers={"Idempotency-Key": key})
            return _read(answer)
        except (httpx.HTTPError, ValueError) as problem:
            return Said.UNKNOWN, type(problem).__name__


def _read(answer: httpx.Response) -> tuple[Said, str]:
    """A server that cannot answer now says 5xx or 429. Raises: ValueError where the body was cut."""
    if answer.status_code == 201:
        return Said.SEAT, str(answer.json()[_TOLD][0]["code"])
    if answer.status_code >= 500 or answer.status_code == 429:
        return Said.UNKNOWN, str(answer.status_code)
    code = str(answer.json().get("code"))
    return (Said.FULL if code == "waiting_list_full" else Said.REFUSED), code
