"""Events and their published slots, for everybody; nothing of a person."""

from typing import Literal

from flask import Blueprint, Response, jsonify, request
from pydantic import BaseModel

from eventday.catalogue import queries as catalogue
from eventday.kernel import clock
from eventday.kernel.errors import NotFound
from eventday.programme import queries
from eventday.programme.domain import Event, Slot
from eventday.web.openapi import operation
from eventday.web.rules import public

blueprint = Blueprint("programme_api", __name__, url_prefix="/api/v1")


class EventBody(BaseModel):
    """`cancelled`: its province called it off; then all its slots are, and nobody registers."""

    id: str
    code: str
    name: str
    province: str
    first_day: str
    last_day: str
    cancelled: bool


class EventsBody(BaseModel):
    events: list[EventBody]


class SlotActivityBody(BaseModel):
    id: str
    title: str
    kind: str
    host: str


class SlotBody(BaseModel):
    id: str
    activity: SlotActivityBody
    commune: str
    venue: str | None
    space: str | None
    start: str
    end: str
    admission: Literal["seats", "open"]
    capacity: int
    taken: int
    waiting: int
    left: int | None
    status: Literal["open", "full", "closed", "cancelled"]


class SlotsBody(BaseModel):
    slots: list[SlotBody]


@blueprint.get("/events")
@operation("Events", answers={200: EventsBody})
@public
def list_events() -> Response:
    return jsonify(events=[_event(event) for event in queries.events()])


@blueprint.get("/events/<event>/slots")
@operation(
    "Published slots of an event",
    answers={200: SlotsBody},
    query={
        "commune": {
            "type": "string",
            "pattern": r"^\d{5}$",
            "description": "Only this commune's. It must lie in the event's province; while it has published no plan, there are no slots.",
        }
    },
    problems={404: "No such event, or `commune` is none of its province (then `errors` points at /commune)"},
)
@public
def list_slots(event: str) -> Response:
    """Raises: NotFound for an unknown event, or a commune that is none of the event's province."""
    found = queries.event(event)
    commune = request.args.get("commune")
    if commune is not None and not _takes_part(commune, found):
        raise NotFound("/commune")
    return jsonify(slots=[slot_body(slot) for slot in queries.slots(found.id, commune, published_only=True)])


def _takes_part(code: str, event: Event) -> bool:
    commune = catalogue.commune(code)
    return commune is not None and commune.province_code == event.province_code


def _event(event: Event) -> dict[str, object]:
    return {
        "id": str(event.id),
        "code": event.code,
        "name": event.name,
        "province": event.province_code,
        "first_day": event.first_day.isoformat(),
        "last_day": event.last_day.isoformat(),
        "cancelled": event.cancelled_at is not None,
    }


def slot_body(slot: Slot) -> dict[str, object]:
    """A slot as the API tells it."""
    return {
        "id": str(slot.id),
        "activity": {"id": str(slot.activity_id), "title": slot.title, "kind": slot.kind, "host": slot.host},
        "commune": slot.commune_code,
        "venue": slot.venue or None,
        "space": slot.space or None,
        "start": clock.local(slot.starts_at).isoformat(),
        "end": clock.local(slot.ends_at).isoformat(),
        "admission": slot.admission,
        "capacity": slot.capacity,
        "taken": slot.taken,
        "waiting": slot.waiting,
        "left": slot.left,
        "status": slot.status(clock.now()),
    }
