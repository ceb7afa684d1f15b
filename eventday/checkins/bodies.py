"""What the scanners' API takes and gives. Records are read one by one (`records`), so that a bad one holds nobody up."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal
from uuid import UUID

from flask import current_app
from pydantic import BaseModel, Field

from eventday.checkins.domain import Settled, Verdict
from eventday.checkins.faults import Fault
from eventday.checkins.figures import LiveDevice, LiveSlot
from eventday.checkins.messages import DETAILS, FAULTS
from eventday.checkins.records import id_as_sent
from eventday.checkins.service import MALFORMED, Answer
from eventday.checkins.walk_ins import WalkedIn
from eventday.kernel.clock import local
from eventday.registrations.domain import IssuedPass
from eventday.web.api import Body

OutcomeName = Literal[
    "invalid",
    "unknown",
    "revoked",
    "recorded",
    "undone",
    "admitted",
    "already_admitted",
    "waiting",
    "wrong_slot",
    "cancelled",
    "not_registered",
]


class DeviceBody(Body):
    """`enrolment` is the organiser's code, `name` is how the scanner is called in lists."""

    enrolment: str
    name: Annotated[str, Field(json_schema_extra={"minLength": 1})]


class DeviceAnswer(BaseModel):
    device: str
    token: str


Unsent = Annotated[int, Field(ge=0, le=1_000_000)]
Moment = Annotated[str, Field(json_schema_extra={"format": "date-time"})]


class CheckinsBody(Body):
    """Each record: {id, sequence, pass, slot (null: the gate), at, kind: entry|exit|stamp|undo, of?, by?: scan|typed|search}; at most 500.

    `unsent`: how many scans and walk-ins still lie in the phone once these are kept.
    """

    sent_at: Moment | None = None
    unsent: Unsent | None = None
    checkins: list[Any]


class ResultAnswer(BaseModel):
    """`at` and `device` are of the entry that admitted; `slot` is where to go; `reason` says by a word why it is invalid or unknown."""

    id: str | None
    outcome: OutcomeName
    early: bool = False
    late: bool = False
    at: str | None = None
    slot: str | None = None
    device: str | None = None
    reason: str | None = None
    detail: str | None = None


class ResultsAnswer(BaseModel):
    """`cursor` is that of the device's last list (for `since`); `clock_off` by how many seconds its clock is ahead, if over two minutes."""

    results: list[ResultAnswer]
    cursor: str
    clock_off: int | None = None


class CheckinAnswer(BaseModel):
    """A fact. `pass` is the pass's id, `code` its typed code."""

    id: str
    device: str
    sequence: int
    pass_: Annotated[str | None, Field(alias="pass")]
    code: str | None
    slot: str | None
    at: str
    received_at: str
    kind: Literal["entry", "exit", "stamp", "undo"]
    by: Literal["scan", "typed", "search"]
    outcome: OutcomeName


class CheckinsAnswer(BaseModel):
    checkins: list[CheckinAnswer]
    next: str | None


class WalkInsBody(Body):
    """Each walk-in: {id, pass_id, checkin: {id, sequence}, name, birth_year?, gender?, hamlet?, group?, phone?, slot, spare?, at}; at most 500."""

    unsent: Unsent | None = None
    walk_ins: list[Any]


class WalkInPassAnswer(BaseModel):
    id: str
    code: str
    token: str
    url: str


class WalkInAnswer(BaseModel):
    id: str | None
    outcome: Literal["admitted", "full", "invalid"]
    pass_: Annotated[WalkInPassAnswer | None, Field(alias="pass")] = None
    reason: str | None = None
    detail: str | None = None


class WalkInsAnswer(BaseModel):
    results: list[WalkInAnswer]


class BundleAnswer(BaseModel):
    """`since` gives what changed: replace by id. `elsewhere` are slots outside the device's place, to name them only.

    Of somebody in the roster `also` (where there are any) are the codes of passes that were merged into theirs.
    """

    device: dict[str, Any]
    keys: list[dict[str, Any]]
    slots: list[dict[str, Any]]
    elsewhere: list[dict[str, Any]]
    roster: list[dict[str, Any]]
    revoked: list[str]
    cursor: str
    now: str


class LiveAnswer(BaseModel):
    """`registered`, `admitted`, `inside`, `walk_ins` count passes; `online` counts presences at online slots, and stands apart."""

    event: str
    registered: int
    admitted: int
    inside: int
    walk_ins: int
    online: int
    slots: list[dict[str, Any]]
    devices: list[dict[str, Any]]


def result(raw: object, answer: Answer) -> dict[str, object]:
    """One answer; what does not apply is left out."""
    if answer is MALFORMED:
        return {"id": id_as_sent(raw), "outcome": "invalid", "reason": "malformed", "detail": str(FAULTS[Fault.MALFORMED])}
    sent: Mapping[str, object] = raw if isinstance(raw, dict) else {}
    return {"id": sent["id"], **outcome(answer.settled, answer.verdict)}


def outcome(settled: Settled, verdict: Verdict | None) -> dict[str, object]:
    told: dict[str, object] = {
        "early": settled.early,
        "late": settled.late,
        "at": local(settled.at).isoformat() if settled.at else None,
        "slot": _text(settled.slot),
        "device": _text(settled.device),
        "reason": verdict.value if verdict else None,
        "detail": str(DETAILS[verdict]) if verdict else None,
    }
    return {"outcome": settled.outcome.value, **{name: value for name, value in told.items() if value}}


def walked_in(raw: object, walk_in: WalkedIn) -> dict[str, object]:
    sent: Mapping[str, object] = raw if isinstance(raw, dict) else {}
    told: dict[str, object] = {"id": id_as_sent(sent), "outcome": walk_in.outcome.value}
    if walk_in.issued:
        told["pass"] = _issued(walk_in.issued)
    if walk_in.fault:
        told |= {"reason": walk_in.fault.value, "detail": str(FAULTS[walk_in.fault])}
    return told


def _issued(one: IssuedPass) -> dict[str, object]:
    url = f"{current_app.config['SETTINGS'].public_url}/p/{one.secret}"
    return {"id": str(one.id), "code": one.code, "token": one.token, "url": url}


def live_slot(one: LiveSlot) -> dict[str, object]:
    slot = one.slot
    return {
        "id": str(slot.id),
        "title": slot.title,
        "kind": slot.kind.value,
        "commune": slot.commune_code,
        "start": local(slot.starts_at).isoformat(),
        "end": local(slot.ends_at).isoformat(),
        "place": slot.place or None,
        "capacity": slot.capacity,
        "admission": slot.admission.value,
        "cancelled": slot.cancelled_at is not None,
        "confirmed": one.confirmed,
        "waiting": one.waiting,
        "admitted": one.admitted,
        "online": one.online,
        "stamps": one.stamps,
    }


def live_device(one: LiveDevice) -> dict[str, object]:
    return {
        "id": str(one.id),
        "name": one.name,
        "commune": one.commune,
        "seen_at": local(one.seen_at).isoformat() if one.seen_at else None,
        "clock_off": one.clock_off,
        "unsent": one.unsent,
        "revoked": one.revoked_at is not None,
    }


def _text(value: UUID | None) -> str | None:
    return str(value) if value else None
