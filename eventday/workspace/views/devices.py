"""Volunteers' phones: the list, a code that makes one more a scanner, and taking the right away."""

from typing import Any
from uuid import UUID

from flask import Response, current_app, make_response, redirect, render_template, request, url_for

from eventday.access import service as access
from eventday.access.domain import Role
from eventday.access.guards import needs
from eventday.audit.editors import who
from eventday.kernel import clock
from eventday.kernel.ids import parse
from eventday.paper import qr
from eventday.programme import queries as programme
from eventday.programme.domain import Kind
from eventday.web.edits import Stale, stamp
from eventday.web.translation import lazily as _l
from eventday.workspace import domain, messages, queries
from eventday.workspace.forms.devices import DeviceForm
from eventday.workspace.queries import Desk
from eventday.workspace.views.frame import PAGE, blueprint, commune_of


@blueprint.get(f"{PAGE}/may-quet")
@needs(Role.VIEWER, of=commune_of)
def show_devices(code: str, event: str) -> str:
    return _page(queries.desk(code, event))


@blueprint.post(f"{PAGE}/may-quet")
@needs(Role.ORGANISER, of=commune_of)
def open_enrolment(code: str, event: str) -> str:
    """Shows a code once: it is kept as a hash only, so the answer to this POST is the one place where it stands."""
    at = queries.desk(code, event)
    slot_ids = queries.own_slots(at, [parse(text) for text in request.form.getlist("slot")])
    manual = "manual" in request.form
    enrolment = access.open_enrolment(at.event.id, code, slot_ids, manual=manual, now=clock.now())
    address = f"{current_app.config['SETTINGS'].public_url}/quet/{enrolment}"
    drawn = qr.svg(address, str(_l("Mã ghép máy quét")))
    return _page(at, enrolment=enrolment, address=address, qr=drawn, slot_ids=slot_ids, manual=manual)


@blueprint.get(f"{PAGE}/may-quet/<uuid:device_id>/ten")
@needs(Role.ORGANISER, of=commune_of)
def show_device_name(code: str, event: str, device_id: UUID) -> Response:
    return _name_page(queries.desk(code, event), device_id)


@blueprint.post(f"{PAGE}/may-quet/<uuid:device_id>/ten")
@needs(Role.ORGANISER, of=commune_of)
def rename_device(code: str, event: str, device_id: UUID) -> Response:
    at, form, seen = queries.desk(code, event), DeviceForm(request.form), request.form.get("seen", "")
    device = queries.device(at, device_id)
    if not form.validate():
        return _name_page(at, device_id, form, seen=seen, status=422)
    try:
        access.rename_device(device.id, form.name.data or "", seen=seen, now=clock.now())
    except Stale as stale:
        return _name_page(at, device_id, form, seen=stale.now, stale=stale, who=who(code, device_id, stale), status=409)
    return make_response(redirect(url_for("workspace.show_devices", code=code, event=event, da="ten"), 303))


@blueprint.post(f"{PAGE}/may-quet/<uuid:device_id>/thu-hoi")
@needs(Role.ORGANISER, of=commune_of)
def revoke_device(code: str, event: str, device_id: UUID) -> Response:
    at = queries.desk(code, event)
    device = queries.device(at, device_id)
    access.revoke_device(device.id, now=clock.now())
    return make_response(redirect(url_for("workspace.show_devices", code=code, event=event, da="thu-hoi"), 303))


def _name_page(at: Desk, device_id: UUID, form: DeviceForm | None = None, *, seen: str | None = None, status: int = 200, **context: Any) -> Response:
    called = {"name": queries.device(at, device_id).name}
    page = render_template(
        "workspace/device.html",
        **vars(at),
        tab="devices",
        form=form or DeviceForm(data=called),
        seen=stamp(called) if seen is None else seen,
        called=called["name"],
        **context,
    )
    return make_response(page, status)


def _page(at: Desk, **enrolment: object) -> str:
    now = clock.now()
    slots = programme.slots(at.event.id, at.commune.code)
    return render_template(
        "workspace/devices.html",
        **vars(at),
        tab="devices",
        devices=queries.devices(at, now=now),
        slots={slot.id: slot for slot in slots},
        days=domain.by_day(slot for slot in slots if slot.kind is not Kind.ONLINE),  # what is online has no gate
        ago=messages.ago,
        clock_told=messages.clock_told,
        life=access.ENROLMENT_LIFE,
        until=now + access.ENROLMENT_LIFE,
        done=request.args.get("da", ""),
        **enrolment,
    )
