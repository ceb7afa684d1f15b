"""Volunteers' phones: the list, a code that makes one more a scanner, and taking the right away."""

from uuid import UUID

from flask import Response, current_app, make_response, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l

from eventday.access import service as access
from eventday.access.domain import Role
from eventday.access.guards import needs
from eventday.kernel import clock
from eventday.kernel.ids import parse
from eventday.paper import qr
from eventday.programme import queries as programme
from eventday.programme.domain import Kind
from eventday.workspace import domain, messages, queries
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
    enrolment = access.open_enrolment(at.event.id, code, slot_ids, manual="manual" in request.form, now=clock.now())
    address = f"{current_app.config['SETTINGS'].public_url}/quet/{enrolment}"
    return _page(at, enrolment=enrolment, address=address, qr=qr.svg(address, str(_l("Mã ghép máy quét"))))


@blueprint.post(f"{PAGE}/may-quet/<uuid:device_id>/thu-hoi")
@needs(Role.ORGANISER, of=commune_of)
def revoke_device(code: str, event: str, device_id: UUID) -> Response:
    at = queries.desk(code, event)
    device = queries.device(at, device_id)
    access.revoke_device(device.id, now=clock.now())
    return make_response(redirect(url_for("workspace.show_devices", code=code, event=event), 303))


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
        **enrolment,
    )
