"""Registering by program, looking at passes and lists, cancelling."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, current_app, jsonify, request

from eventday.access.domain import Place, Role, may
from eventday.access.guards import bearer, check_stands, require, this_device, this_person
from eventday.access.queries import commune_place
from eventday.kernel import clock
from eventday.kernel.errors import NotFound
from eventday.kernel.ids import parse
from eventday.registrations import bodies, passes, queries, service
from eventday.registrations.domain import IssuedPass, PassView, Placed, RegistrationRequest, RegistrationView
from eventday.web import api
from eventday.web.idempotency import IdempotentCall
from eventday.web.openapi import operation

blueprint = Blueprint("registrations_api", __name__, url_prefix="/api/v1")
_UUID = {"type": "string", "format": "uuid"}


@blueprint.post("/registrations")
@operation(
    "Register people: a pass each, a seat or a place in the queue at each of their slots",
    body=bodies.RegistrationsBody,
    answers={201: bodies.PassesAnswer},
    headers=("Idempotency-Key",),
    problems={
        409: "`slot_closed`, `slot_cancelled` (also where the whole event was called off), `waiting_list_full`, `no_registration_needed`, "
        "or `event_cancelled` for a pass alone; then nothing of the request happened"
    },
)
@bearer(role=Role.ORGANISER, heard=True)
def create_registrations() -> tuple[Response, int]:
    data = api.read_json()
    call = _call(data)
    issued = service.registered_before(call) if call else None
    if issued is None:
        issued = service.register(_request(data), now=clock.now(), key=call, token_id=this_person().id)
    else:
        check_stands()
    return jsonify(passes=[_issued(one) for one in issued]), 201


def _call(data: Any) -> IdempotentCall | None:
    key = request.headers.get("Idempotency-Key")
    return IdempotentCall.of(str(this_person().id), key, data) if key else None


def _request(data: Any) -> RegistrationRequest:
    """Raises: ValidationFailed; NotFound and Forbidden for slots that are somebody else's."""
    body = api.validated(bodies.RegistrationsBody, data)
    slot_ids = bodies.slot_ids_of(body)
    placed = queries.placements({one for ids in slot_ids for one in ids})
    for commune in {commune for _, commune in placed.values()}:
        require(Role.ORGANISER, commune)
    if any(one not in placed for ids in slot_ids for one in ids):
        raise NotFound
    return bodies.to_request(body, slot_ids, placed, this_person())


@blueprint.delete("/registrations/<registration>")
@operation("Cancel a registration; again is the same", answers={204: None})
@bearer(role=Role.ORGANISER)
def delete_registration(registration: str) -> tuple[str, int]:
    found_id = parse(registration)
    found = queries.registration(found_id) if found_id else None
    if found is None:
        raise NotFound
    require(Role.ORGANISER, found.commune_code)
    service.cancel(found.id, now=clock.now())
    return "", 204


@blueprint.get("/registrations")
@operation(
    "Registrations at a slot, in order of id",
    answers={200: bodies.ListAnswer},
    query={"slot": _UUID, "cursor": {"type": "string"}},
    required_query=("slot",),
)
@bearer(role=Role.ORGANISER)
def list_registrations() -> Response:
    slot_id = _uuid_argument("slot", required=True)
    after = _uuid_argument("cursor")
    placed = queries.placements([slot_id] if slot_id else [])
    if slot_id not in placed:
        raise NotFound
    require(Role.ORGANISER, placed[slot_id][1])
    found = queries.listed(slot_id, after=after, limit=queries.PAGE + 1)
    page = found[: queries.PAGE]
    return jsonify(
        registrations=[
            {"id": str(one.registration.id), "pass": str(one.registration.pass_id), "code": one.code, "name": one.name, "phone": one.phone}
            | _registered(one.registration)
            for one in page
        ],
        next=str(page[-1].registration.id) if len(found) > len(page) else None,
    )


def _uuid_argument(name: str, *, required: bool = False) -> UUID | None:
    text = request.args.get(name)
    value = parse(text)
    if value is None and (text or required):
        raise api.ValidationFailed([(f"/{name}", "invalid" if text else "required", {})])
    return value


@blueprint.get("/passes/<key>")
@operation("A pass, by its id or its typed code", answers={200: bodies.PassAnswer})
@bearer(role=Role.VIEWER, device=True)
def show_pass(key: str) -> Response:
    found = next((view for view in _passes(key) if _may_see(view)), None)
    if found is None:
        raise NotFound
    return jsonify(_pass(found.id, found.code, queries.token_of(found), found.name, found.registrations))


def _passes(key: str) -> list[PassView]:
    """A typed code is unique within an event only: a device asks for its own."""
    pass_id, typed, device = parse(key), passes.check(key), this_device()
    if pass_id:
        found = queries.pass_by_id(pass_id)
    elif typed and device is None:
        return queries.passes_by_typed(typed)
    else:
        found = queries.pass_by_typed(device.event_id, typed) if typed and device else None
    return [found] if found else []


def _may_see(view: PassView) -> bool:
    """The commune where it was made sees it, and those of its slots."""
    places = [commune_place(code) for code in {view.commune_code, *(one.commune_code for one in view.registrations)}]
    device = this_device()
    if device:
        return view.event_id == device.event_id and any(place.commune == device.commune for place in places)
    return _may_one(places)


def _may_one(places: Collection[Place]) -> bool:
    return any(may(this_person(), Role.VIEWER, place) for place in places)


def _issued(one: IssuedPass) -> dict[str, object]:
    url = f"{current_app.config['SETTINGS'].public_url}/p/{one.secret}"
    return _pass(one.id, one.code, one.token, one.name, one.placed, url)


def _pass(
    pass_id: UUID, code: str, token: str, name: str, registrations: Iterable[Placed | RegistrationView], url: str | None = None
) -> dict[str, object]:
    told: dict[str, object] = {"id": str(pass_id), "code": code, "token": token}
    if url:
        told["url"] = url
    return told | {"name": name, "registrations": [{"id": str(one.id)} | _registered(one) for one in registrations]}


def _registered(one: Placed | RegistrationView) -> dict[str, object]:
    told: dict[str, object] = {"slot": str(one.slot_id), "status": one.status}
    return told if one.position is None else told | {"position": one.position}
