"""What the services note: each act that an organiser sees, once, and nothing of what residents do."""

import pytest

from eventday.access import service as access
from eventday.access.actor import Actor, acting_as
from eventday.access.domain import Role
from eventday.imports import service as imports
from eventday.places.domain import Profile
from eventday.places.entries import HamletEntry
from eventday.places.service import PlacesOf, save_places
from eventday.programme import service as programme
from eventday.registrations import service as registrations
from eventday.reports import service as reports
from eventday.reports.letter import Letter
from tests.audit.chain import entries, told
from tests.conftest import MORNING
from tests.desk import sign_in
from tests.factories import BEFORE, COMMUNE, make_commune, make_event, make_slot
from tests.imports.samples import DATA
from tests.places.samples import enter_sample_places
from tests.registrations.people import registered

NGAN = Actor("person", "p1", "Ngân")


def test_a_new_slot_and_a_published_plan(app):
    slot_id = make_slot(title="Lớp học số", capacity=30, published=False)
    programme.publish(make_event().id, COMMUNE, now=BEFORE)
    programme.publish(make_event().id, COMMUNE, now=BEFORE)

    added, published = entries()
    assert (added.action, added.subject_kind, added.subject_id) == ("added", "slot", str(slot_id))
    assert (added.after["title"], added.after["capacity"], added.after["starts_at"]) == ("Lớp học số", 30, "2027-10-10T12:00+07:00")
    assert (published.action, published.subject_kind, published.subject_id) == ("published", "plan", str(make_event().id))


def test_an_import_and_what_it_changes(app):
    event, data = make_event(), (DATA / "ke-hoach-01-chuan.xlsx").read_bytes()
    enter_sample_places(COMMUNE)
    known = len(entries())

    imports.import_file(data, event, COMMUNE, now=BEFORE)
    imports.import_file(data, event, COMMUNE, now=BEFORE)

    assert told()[known:] == [("imported", "plan", None, {"new_rows": 24, "changed_rows": 0})]


def test_places_that_are_new_or_differ(app):
    make_commune()
    for name in ("Thôn Đông", "Thôn Đông Tiến", "Thôn Đông Tiến"):
        save_places(COMMUNE, PlacesOf(hamlets=(HamletEntry(code="H01", name=name),), profile=Profile("", "0238 3000 000", "")), now=MORNING)

    added, profile, changed = told()
    assert (added[:2], added[3]["name"]) == (("added", "hamlet"), "Thôn Đông")
    assert profile == ("added", "profile", None, {"text": "", "phone": "0238 3000 000", "desk": ""})
    assert changed == ("changed", "hamlet", {"name": "Thôn Đông"}, {"name": "Thôn Đông Tiến"})


def test_a_device_from_its_code_to_its_end(each_app):
    event = make_event()
    device = access.enrol(access.open_enrolment(event.id, COMMUNE, [], manual=False, now=MORNING), "Cổng", now=MORNING)
    access.revoke_device(device.id, now=MORNING)
    access.revoke_device(device.id, now=MORNING)

    assert told() == [
        ("added", "enrolment", None, {"slot_ids": [], "manual": False}),
        ("enrolled", "device", None, {"name": "Cổng", "slot_ids": [], "manual": False}),
        ("revoked", "device", {"name": "Cổng"}, None),
    ]


@pytest.mark.parametrize(("scope", "chain"), [(f"commune:{COMMUNE}", COMMUNE), ("province:40", "40"), ("country", "country")])
def test_a_person_and_a_token_are_noted_where_they_may_work(app, scope, chain):
    make_commune()
    access.add_person("ngan@xa.vn", Role.VIEWER, scope, now=MORNING)
    access.add_person("ngan@xa.vn", Role.ORGANISER, scope, now=MORNING)
    access.add_api_token(Role.VIEWER, scope, now=MORNING)

    assert told(chain) == [
        ("invited", "person", None, {"email": "n•••@xa.vn", "role": "viewer"}),
        ("changed", "person", {"role": "viewer"}, {"role": "organiser"}),
        ("added", "token", None, {"role": "viewer"}),
    ]


def test_a_letter_with_its_signer_masked(app):
    event = make_event()
    for signer in ("Trần Thị Bích", "Lê Văn Cường"):
        letter = Letter(place="Anh Sơn", signer=signer, texts={"lessons": "Cần thêm máy."})
        reports.save_letter(event.id, COMMUNE, letter, now=MORNING)

    first, second = told()
    assert first == ("changed", "report", first[2], {"place": "Anh Sơn", "deputy": False, "signer": "T. T. B.", "lessons": "Cần thêm máy."})
    assert second == ("changed", "report", {"signer": "T. T. B."}, {"signer": "L. V. C."})


def test_a_cancellation_at_the_desk_but_not_a_resident_s(each_app):
    slot = make_slot()
    known = len(entries())
    (mine,), (yours,) = registered(slot), registered(slot)

    registrations.cancel(mine.placed[0].id, now=BEFORE)
    with acting_as(NGAN):
        registrations.cancel(yours.placed[0].id, now=BEFORE)
        registrations.cancel(yours.placed[0].id, now=BEFORE)

    assert told()[known:] == [("cancelled", "registration", {"slot_id": str(slot)}, None)]


def test_a_withdrawn_pass(app):
    (one,) = registered(make_slot())
    known = len(entries())

    for _ in range(2):
        registrations.revoke(one.id, now=BEFORE)

    assert told()[known:] == [("revoked", "pass", None, None)]


def test_a_page_s_act_is_the_person_s_and_a_command_s_is_its_own(app):
    make_slot(published=False)
    desk = sign_in(app)
    desk.post(f"/lam-viec/{COMMUNE}/ngay-hoi-2027/ke-hoach/cong-bo")
    app.test_cli_runner().invoke(args=["user", "add", "ngan@xa.vn", "--role", "desk", "--scope", f"commune:{COMMUNE}"])

    person, command = entries()[-2:]
    assert (person.action, person.actor_kind, len(person.actor_id)) == ("published", "person", 36)
    assert (command.action, command.actor_kind, command.actor_id) == ("invited", "command", "user add")
