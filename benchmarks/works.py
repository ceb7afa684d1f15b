"""What is asked of a server to see what it costs: registrations, check-ins, pages, in a commune with the demo's plan; and the floor."""

import time
import uuid
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from benchmarks.load import Ask, Call, Cost, FormWay, Look, drive
from benchmarks.server import Place, Server

COMMUNE, EVENT = "17329", "ngay-hoi-2027"
FLOOR, ORM = "bare view, one row", "the same by the ORM"
API, FORM = "registration, API", "registration, form"
CHECK_IN, BATCH = "check-in", "check-in in a batch"
PAGE, LIVE, PDF = "commune page", "live board", "pass as PDF"
READ, WRITTEN = (FLOOR, PAGE, LIVE, PDF), (FLOOR, ORM, API, FORM, CHECK_IN, BATCH)
SCANS = 100  # of a batch
_FAMILY = 8  # people of one request
_WARM = 800
_BATCHES = 6  # in a round, where there are not more clients
_FEWER = {PDF: 10}  # so many times fewer requests: they take longer
_CAME = 5  # people who came in within the ten seconds before a live board is looked at
_WINDOW = 10.5  # seconds; a board reads again whom it saw come within ten
_FIRST_GATE = date(2027, 10, 9)


class Works:
    """One server and what the requests need: a slot, an organiser's token, scanners' tokens, passes. `clients`: the most there will be."""

    def __init__(self, at: Place, server: Server, floor: Server, clients: int) -> None:
        self._server, self._floor = server, floor
        times = ("--start", "2027-10-10T19:00", "--end", "2027-10-10T21:00")
        where = ("--event", EVENT, "--commune", COMMUNE)
        self._slot = at.flask("slot", "add", *where, "--title", "Lớp học số", "--capacity", "100000", *times)
        self._organiser = at.flask("api-token", "add", "--scope", f"commune:{COMMUNE}")
        self._devices = [self._enrol(at, number) for number in range(clients)]
        self._sequence, self._people, self._gates = 0, 0, 0
        self._tokens: list[str] = []  # of those that are scanned in batches
        self._fresh: list[str] = []  # of those that nobody has scanned at the slot
        self._homes: list[str] = []  # addresses of holders whose pass nobody has printed
        self._warm(clients)

    def _enrol(self, at: Place, number: int) -> str:
        code = at.flask("device", "enrol", "--scope", f"commune:{COMMUNE}").rpartition("/")[2]
        enrolled = drive(self._server, [Call("/api/v1/devices", {"enrolment": code, "name": f"Máy {number}"})], 1).answers[0]
        return str(enrolled["token"])

    def _warm(self, clients: int) -> None:
        """Passes for all batches; every thread of both processes has its connection and has seen each statement."""
        families = max(_BATCHES, clients) * SCANS // _FAMILY
        self._learn(API, drive(self._server, [self._registration(_FAMILY) for _ in range(families)], clients).answers)
        for what in WRITTEN[:-1]:
            self.cost(what, _WARM if what in (FLOOR, ORM) else 8 * clients, clients)
        self.settle(clients)

    def settle(self, clients: int) -> None:
        """Let what a live board has to catch up with be over, so that the next looks cost what they do on a day when a few people come."""
        time.sleep(_WINDOW)
        for what in READ[1:]:
            self.cost(what, 4 * clients, clients)

    def cost(self, what: str, requests: int, clients: int) -> Cost:
        """Of one request, over about so many of them."""
        if what == LIVE:
            drive(self._server, [self._ask(CHECK_IN, 0) for _ in range(_CAME)], 1)
        count = max(clients, _BATCHES if what == BATCH else requests // _FEWER.get(what, 1))
        asks = [self._ask(what, number % clients) for number in range(count)]
        found = drive(self._floor if what in (FLOOR, ORM) else self._server, asks, clients)
        self._learn(what, found.answers)
        return found

    def _ask(self, what: str, client: int) -> Ask:
        """The next one of the kind, by this client."""
        if what in (FLOOR, ORM):
            return Call("/rows" if what == FLOOR else "/rows/orm", {"name": f"Nguyễn Văn {client}"})
        if what == API:
            return self._registration(1)
        if what == FORM:
            return self._form()
        if what == CHECK_IN:
            return self._scans([self._fresh.pop()], client, self._slot, "2027-10-10T19:05:00+07:00")
        if what == BATCH:
            return self._batch(client)
        if what == PDF:
            return Look(f"{self._homes.pop()}/the.pdf")
        return Look(f"/{COMMUNE}") if what == PAGE else Look(f"/api/v1/live?scope=commune:{COMMUNE}", self._organiser)

    def _registration(self, people: int) -> Call:
        """New people at one slot under a phone number of their own."""
        wanted = [{"name": f"Nguyễn Thị Hoa {self._number()}", "birth_year": 1980, "gender": "female", "slots": [self._slot]} for _ in range(people)]
        return Call("/api/v1/registrations", {"event": EVENT, "phone": self._phone(), "consent": True, "people": wanted}, self._organiser)

    def _form(self) -> FormWay:
        person = {"people-0-name": f"Nguyễn Thị Hoa {self._number()}", "people-0-birth_year": "1980", "people-0-gender": "female"}
        return FormWay(f"/{COMMUNE}/dang-ky?slot={self._slot}", person | {"phone": self._phone(), "consent": "y"})

    def _number(self) -> int:
        self._people += 1
        return self._people

    def _phone(self) -> str:
        return f"09120{self._people:05}"

    def _batch(self, client: int) -> Call:
        """Passes at a gate where they have not been that day, as a phone sends them after hours without a network; then the next day's."""
        batches = len(self._tokens) // SCANS
        day, number = divmod(self._gates, batches)
        self._gates += 1
        at = f"{_FIRST_GATE + timedelta(days=day)}T08:05:00+07:00"
        return self._scans(self._tokens[number * SCANS : (number + 1) * SCANS], client, None, at)

    def _scans(self, tokens: Sequence[str], client: int, slot: str | None, at: str) -> Call:
        """Each client is a phone of its own, which waits for its answer."""
        records = []
        for token in tokens:
            self._sequence += 1
            record: dict[str, Any] = {"id": str(uuid.uuid4()), "sequence": self._sequence, "pass": token, "kind": "entry", "by": "scan"}
            records.append(record | {"slot": slot, "at": at})
        return Call("/api/v1/checkins", {"checkins": records}, self._devices[client])

    def _learn(self, what: str, answers: Sequence[Any]) -> None:
        """Keep the passes that were made. Raises: RuntimeError where a scan was not admitted or a file is no PDF."""
        if what == API:
            made = [issued for answer in answers for issued in answer["passes"]]
            self._tokens = self._tokens or [issued["token"] for issued in made]
            self._fresh += [issued["token"] for issued in made]
        elif what in (CHECK_IN, BATCH):
            outcomes = {result["outcome"] for answer in answers for result in answer["results"]}
            if outcomes != {"admitted"}:
                raise RuntimeError(f"every scan should be admitted, not {outcomes}")
        elif what == PDF and not all(answer.startswith(b"%PDF") for answer in answers):
            raise RuntimeError("every pass should be a PDF")
        elif what == FORM:
            self._homes += answers
