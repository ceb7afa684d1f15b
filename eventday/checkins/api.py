"""The scanners' API, and the day for programs that watch it."""

import base64
import binascii
import json
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, jsonify, request

from eventday.access import queries as access_queries
from eventday.access import service as access
from eventday.access.domain import Device, Place, Role
from eventday.access.guards import bearer, require, this_device
from eventday.checkins import bodies, cursors, listing, queries, service, walk_ins, watch
from eventday.checkins.bundle import bundle
from eventday.checkins.errors import NoEvent
from eventday.checkins.listing import After, Listed
from eventday.checkins.records import read_moment, read_record, read_walk_in
from eventday.kernel import clock
from eventday.kernel.errors import Unauthorized
from eventday.kernel.ids import parse
from eventday.kernel.text import tidy
from eventday.programme import queries as programme
from eventday.programme.domain import Event
from eventday.web import api
from eventday.web.openapi import operation
from eventday.web.rules import public

blueprint = Blueprint("checkins_api", __name__, url_prefix="/api/v1")
MOST_RECORDS = 500
CHECKINS_LIMIT = 1024 * 1024
_DEVICE_NAME = 60


@blueprint.post("/devices")
@operation("Make a phone a scanner by the organiser's code", body=bodies.DeviceBody, answers={201: bodies.DeviceAnswer})
@public
def create_device() -> tuple[Response, int]:
    body = api.read(bodies.DeviceBody)
    name = tidy(body.name)
    if not name or len(name) > _DEVICE_NAME:
        raise api.ValidationFailed([("/name", "invalid" if name else "required", {})])
    enrolled = access.enrol(body.enrolment, name, now=clock.now())
    return jsonify(device=str(enrolled.id), token=enrolled.token), 201


@blueprint.get("/devices/me/bundle")
@operation(
    "What a scanner must know; with a cursor, what changed since",
    answers={200: bodies.BundleAnswer},
    query={
        "since": {"type": "string"},
        "unsent": {"type": "string", "description": "How many scans still lie in the phone; what is no number says nothing."},
    },
)
@bearer(device=True)
def show_bundle() -> Response:
    device, now = _device(), clock.now()
    found = bundle(device, request.args.get("since"), now=now)
    access.give_list(device.id, unsent=_unsent(), now=now)
    return jsonify(
        device=found.device,
        keys=found.keys,
        slots=found.slots,
        elsewhere=found.elsewhere,
        roster=found.roster,
        revoked=found.revoked,
        cursor=found.cursor,
        now=clock.local(now).isoformat(),
    )


@blueprint.post("/checkins")
@operation("Keep what a scanner saw, and say what it means", body=bodies.CheckinsBody, answers={200: bodies.ResultsAnswer})
@bearer(device=True, heard=True)
def create_checkins() -> Response:
    body = api.validated(bodies.CheckinsBody, api.read_json(CHECKINS_LIMIT, any_text=True))
    sent_at = _sent_at(body)
    records = [read_record(raw) for raw in _at_most(body.checkins)]
    recorded = service.record(records, _device(), sent_at=sent_at, unsent=body.unsent, now=clock.now())
    told: dict[str, Any] = {
        "results": [bodies.result(raw, answer) for raw, answer in zip(body.checkins, recorded.answers, strict=True)],
        "cursor": cursors.write(recorded.listed_at or _NEVER, ()),
    }
    if recorded.clock_off is not None:
        told["clock_off"] = recorded.clock_off
    return jsonify(told)


_NEVER = datetime(1970, 1, 2, tzinfo=clock.VIETNAM)


@blueprint.get("/checkins")
@operation(
    "Every fact at a slot with its outcome as it stands, in order of arrival",
    answers={200: bodies.CheckinsAnswer},
    query={"slot": {"type": "string", "format": "uuid"}, "cursor": {"type": "string"}},
    required_query=("slot",),
)
@bearer(role=Role.ORGANISER)
def list_checkins() -> Response:
    slot_id = parse(request.args.get("slot"))
    if slot_id is None:
        raise api.ValidationFailed([("/slot", "invalid" if request.args.get("slot") else "required", {})])
    slot = programme.slot(slot_id)
    require(Role.ORGANISER, slot.commune_code)
    cursor = request.args.get("cursor")
    found = listing.facts_at(slot, after=_after(cursor) if cursor else None, limit=listing.PAGE + 1)
    page = found[: listing.PAGE]
    return jsonify(checkins=[_listed(one) for one in page], next=_cursor(page[-1].place) if len(found) > len(page) else None)


@blueprint.post("/walk-ins")
@operation("Give a pass to who comes without, and let them in", body=bodies.WalkInsBody, answers={200: bodies.WalkInsAnswer})
@bearer(device=True, heard=True)
def create_walk_ins() -> Response:
    body = api.validated(bodies.WalkInsBody, api.read_json(any_text=True))
    records = [read_walk_in(raw) for raw in _at_most(body.walk_ins)]
    walked_in = walk_ins.walk_in(records, _device(), unsent=body.unsent, now=clock.now())
    return jsonify(results=[bodies.walked_in(raw, one) for raw, one in zip(body.walk_ins, walked_in, strict=True)])


@blueprint.get("/live")
@operation(
    "The day as it stands in a commune or a province",
    answers={200: bodies.LiveAnswer, 304: None},
    query={"scope": {"type": "string"}, "event": {"type": "string"}},
    required_query=("scope",),
    headers=("If-None-Match",),
)
@bearer(role=Role.VIEWER)
def show_live() -> Response:
    """Without `event` it is the one that the place's page shows. The body has no clock, so that its ETag stays while nothing changes."""
    place = _scope()
    require(Role.VIEWER, place)
    event = _event(place)
    live = watch.watched(event.id, place.commune).live if place.commune else queries.live(place, event.id)
    response = jsonify(
        event=str(event.id),
        registered=live.registered,
        admitted=live.admitted,
        inside=live.inside,
        walk_ins=live.walk_ins,
        online=live.online,
        slots=[bodies.live_slot(one) for one in live.slots],
        devices=[bodies.live_device(one) for one in live.devices],
    )
    response.cache_control.private = True
    response.cache_control.no_cache = True
    response.add_etag()
    return response.make_conditional(request)  # type: ignore[return-value]


def _device() -> Device:
    device = this_device()
    if device is None:
        raise Unauthorized
    return device


def _at_most(records: list[Any]) -> list[Any]:
    if len(records) > MOST_RECORDS:
        raise api.TooLarge
    return records


def _sent_at(body: bodies.CheckinsBody) -> datetime | None:
    sent_at = None if body.sent_at is None else read_moment(body.sent_at)
    if body.sent_at is not None and sent_at is None:
        raise api.ValidationFailed([("/sent_at", "invalid", {})])
    return sent_at


def _unsent() -> int | None:
    """What the address says of scans that still lie in the phone; what cannot be read says nothing, so that the list is given all the same."""
    text = request.args.get("unsent", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else None


def _scope() -> Place:
    """Raises: ValidationFailed; UnknownScope (404)."""
    scope = request.args.get("scope", "")
    if not scope.startswith(("commune:", "province:")):
        raise api.ValidationFailed([("/scope", "invalid" if scope else "required", {})])
    return access_queries.place(scope)


def _event(place: Place) -> Event:
    """Raises: NotFound, NoEvent."""
    key, now = request.args.get("event"), clock.now()
    if key:
        event: Event | None = programme.event(key)
    else:
        event = programme.event_shown(place.commune, now) if place.commune else programme.event_of_province(place.province or "", now)
    if event is None or event.province_code != place.province:
        raise NoEvent
    return event


def _listed(one: Listed) -> dict[str, object]:
    return {
        "id": str(one.id),
        "device": str(one.device_id),
        "sequence": one.sequence,
        "pass": str(one.pass_id) if one.pass_id else None,
        "code": one.code,
        "slot": str(one.slot_id) if one.slot_id else None,
        "at": clock.local(one.at).isoformat(),
        "received_at": clock.local(one.received_at).isoformat(),
        "kind": one.kind,
        "by": one.by,
        "outcome": one.settled.outcome.value,
    }


def _cursor(place: After) -> str:
    text = json.dumps([place[0].isoformat(), place[1].hex, place[2].hex])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _after(cursor: str) -> After:
    """Raises: ValidationFailed."""
    try:
        moment, device, fact = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
        received_at = read_moment(moment)
        if received_at is not None:
            return (received_at, UUID(device), UUID(fact))
    except (ValueError, TypeError, AttributeError, RecursionError, binascii.Error):
        pass
    raise api.ValidationFailed([("/cursor", "invalid", {})])
