"""One person: who they are, what they are registered for; correct, cancel, move, add."""

from uuid import UUID

from flask import Response, make_response, redirect, render_template, request, url_for

from eventday.access.domain import Role
from eventday.access.guards import needs
from eventday.audit.editors import who, who_removed
from eventday.checkins.keeping import refuse_where_seen_since
from eventday.db import db
from eventday.kernel import clock
from eventday.kernel.errors import NotFound, Refusal
from eventday.kernel.ids import parse
from eventday.places import queries as places
from eventday.programme import queries as programme
from eventday.registrations import finding, moving, parting, people, service
from eventday.registrations.domain import RegistrationView, Source, Status, age, missing_of_child
from eventday.registrations.errors import HamletGone, SamePerson
from eventday.registrations.finding import Person
from eventday.web.edits import Stale, stamp
from eventday.web.messages import sentence_of
from eventday.web.translation import translated as _
from eventday.workspace import people as gathered
from eventday.workspace import people_words, queries
from eventday.workspace.forms.people import DetailsForm
from eventday.workspace.queries import Desk
from eventday.workspace.views.enlist import enlist_again
from eventday.workspace.views.frame import PAGE, blueprint, commune_of

_PERSON = f"{PAGE}/nguoi-tham-gia/<uuid:pass_id>"


@blueprint.get(_PERSON)
@needs(Role.DESK, of=commune_of)
def show_person(code: str, event: str, pass_id: UUID) -> Response:
    """`?chuyen=` (a registration) asks where to move it; `?da=` says what was just done."""
    at = queries.desk(code, event)
    return _page(at, finding.person(at.event.id, code, pass_id))


@blueprint.post(_PERSON)
@needs(Role.DESK, of=commune_of)
def change_person(code: str, event: str, pass_id: UUID) -> Response:
    at = queries.desk(code, event)
    person = finding.person(at.event.id, code, pass_id)
    form = _form(at, sent=True)
    if not form.validate():
        return _page(at, person, form, status=422)
    try:
        people.change(person.view.id, form.to_details(), seen=form.seen.data or "", now=clock.now())
    except Stale as stale:
        form.seen.data = stale.now
        return _page(at, person, form, status=409, stale=stale, who=who(code, person.view.id, stale))
    except NotFound:
        return _gone(at, pass_id, form)
    except (SamePerson, HamletGone) as refusal:
        return _page(at, person, form, status=409, refused=sentence_of(refusal))
    return _back(code, event, pass_id, da="sua")


def _gone(at: Desk, pass_id: UUID, form: DetailsForm) -> Response:
    """What was typed, on the page of the pass that somebody has just kept for this person, or in the form for somebody new."""
    person = finding.person(at.event.id, at.commune.code, pass_id)
    if told := who_removed(at.commune.code, person.view.id):
        return enlist_again(at, told)
    form.seen.data = stamp(people.details(db.session(), person.view.id))
    told = _(
        "Trong lúc bạn sửa, có người đã gộp thẻ này vào thẻ %(code)s của cùng người. Hãy xem lại rồi bấm “Lưu” để ghi vào thẻ ấy.",
        code=person.view.code,
    )
    return _page(at, person, form, status=409, refused=told)


@blueprint.post(f"{_PERSON}/huy")
@needs(Role.DESK, of=commune_of)
def cancel_registration(code: str, event: str, pass_id: UUID) -> Response:
    found = _own(_person(code, event, pass_id), code)
    service.cancel(found.id, now=clock.now())
    return _back(code, event, pass_id, da="huy", ca=found.slot_id)


@blueprint.post(f"{_PERSON}/chuyen")
@needs(Role.DESK, of=commune_of)
def move_registration(code: str, event: str, pass_id: UUID) -> Response:
    at, person = queries.desk(code, event), _person(code, event, pass_id)
    found, slot_id = _own(person, code), queries.own_slots(at, [parse(request.form.get("slot"))])[0]
    try:
        moving.move(found.id, slot_id, now=clock.now())
    except Refusal as refusal:
        return _page(at, person, status=refusal.status, refused=sentence_of(refusal))
    return _back(code, event, pass_id, da="chuyen")


@blueprint.post(f"{_PERSON}/them-ca")
@needs(Role.DESK, of=commune_of)
def add_registration(code: str, event: str, pass_id: UUID) -> Response:
    at, person = queries.desk(code, event), _person(code, event, pass_id)
    slot_id = queries.own_slots(at, [parse(request.form.get("slot"))])[0]
    try:
        moving.add(person.view.id, slot_id, now=clock.now())
    except Refusal as refusal:
        return _page(at, person, status=refusal.status, refused=sentence_of(refusal))
    return _back(code, event, pass_id, da="them")


@blueprint.post(f"{_PERSON}/tach")
@needs(Role.DESK, of=commune_of)
def part_person(code: str, event: str, pass_id: UUID) -> Response:
    """Take the last merging into the person back."""
    at, person = queries.desk(code, event), _person(code, event, pass_id)
    try:
        parting.part(at.event.id, code, person.view.id, keepers=[refuse_where_seen_since], now=clock.now())
    except Refusal as refusal:
        return _page(at, person, status=refusal.status, refused=sentence_of(refusal))
    return _back(code, event, person.view.id, da="tach")


def _person(code: str, event: str, pass_id: UUID) -> Person:
    return finding.person(queries.desk(code, event).event.id, code, pass_id)


def _own(person: Person, code: str) -> RegistrationView:
    """The person's registration that is meant, at a slot of this commune. Raises: NotFound."""
    wanted = parse(request.form.get("dk"))
    for found in person.view.registrations:
        if found.id == wanted and found.commune_code == code:
            return found
    raise NotFound


def _back(code: str, event: str, pass_id: UUID, **told: object) -> Response:
    return make_response(redirect(url_for("workspace.show_person", code=code, event=event, pass_id=pass_id, **told), 303))  # type: ignore[arg-type]


def _form(at: Desk, person: Person | None = None, *, sent: bool = False) -> DetailsForm:
    hamlets, year = places.hamlets(at.commune.code), at.event.first_day.year
    if sent or person is None:
        return DetailsForm(request.form, event_year=year, hamlets=hamlets)
    known = people.details(db.session(), person.view.id)
    return DetailsForm(None, event_year=year, hamlets=hamlets, data=DetailsForm.shown(known) | {"seen": stamp(known)})


def _missing(at: Desk, person: Person) -> tuple[str, ...]:
    """What is to be asked of a child who came by a list."""
    if person.view.source is not Source.IMPORT:
        return ()
    known = people.details(db.session(), person.view.id)
    return missing_of_child(age(known.birth_year, at.event.first_day.year), known.guardian, known.child_agrees)


def _page(at: Desk, person: Person, form: DetailsForm | None = None, *, status: int = 200, **told: object) -> Response:
    now = clock.now()
    slots = programme.slots_by_id({one.slot_id for one in person.view.registrations})
    standing = {one.slot_id for one in person.view.registrations if one.status is not Status.CANCELLED}
    offered = gathered.choosable(gathered.slots_with_seats(at), now)
    page = render_template(
        "workspace/person.html",
        **vars(at),
        tab="people",
        person=person,
        form=form or _form(at, person),
        family=finding.household(person.view),
        codes=parting.codes_merged_into(person.view.id),
        missing=_missing(at, person),
        joined=parting.ended_by_merging(person.view.id),
        slots=slots,
        offered=[slot for slot in offered if slot.id not in standing],
        moving=request.args.get("chuyen", "") or request.form.get("dk", ""),
        done=request.args.get("da", ""),
        undo=slots.get(parse(request.args.get("ca")) or UUID(int=0)),
        words=people_words.details_words(gathered.hamlet_names(at.commune.code)),
        label=people_words.slot_label,
        **told,
    )
    return make_response(page, status)
