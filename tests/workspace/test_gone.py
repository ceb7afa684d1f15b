"""What somebody deletes at the very moment that another saves it: nothing typed is lost; on both databases."""

import re
from dataclasses import replace
from html import unescape
from threading import Event, Thread

import pytest

from eventday.db import db, transaction
from eventday.kernel import clock
from eventday.places import editing
from eventday.places.entries import HamletEntry, SpaceEntry, Thing, VenueEntry
from eventday.programme import events, occurrences, queries, removing
from eventday.programme.drafts import OccurrenceDraft
from eventday.registrations import merging, people, service
from eventday.registrations import queries as registrations
from eventday.registrations.domain import Source
from eventday.registrations.errors import HamletGone
from eventday.workspace import event_removal, removal, renaming
from eventday.workspace.views import activities as activity_pages
from eventday.workspace.views import occurrences as slot_pages
from tests.desk import sign_in
from tests.factories import BEFORE, COMMUNE, FIRST_DAY, make_commune, make_event, make_slot, make_space
from tests.registrations.people import a_request, person
from tests.workspace.test_programme_pages import EVENT, form_of

DESK = f"/lam-viec/{COMMUNE}/ngay-hoi-2027"


@pytest.fixture
def desk(each_app):
    clock.shift_to(BEFORE)
    make_event()
    return sign_in(each_app, scope="province:40", email="lan@xa.vn")


def just_before(monkeypatch, module, name, act):
    """Has something done once between the moment that a page has read all and the moment that it saves."""
    real, left = getattr(module, name), [act]

    def late(*args, **named):
        while left:
            left.pop()()
        return real(*args, **named)

    monkeypatch.setattr(module, name, late)


def take_out(slot_id):
    removing.remove_occurrence(make_event().id, COMMUNE, slot_id, keepers=(), now=BEFORE)


def take_out_activity(activity_id):
    removing.remove_activity(make_event().id, COMMUNE, activity_id, keepers=(), now=BEFORE)


def pressed_again(desk, url, form, told):
    """The one press that puts the thing back and saves."""
    back = re.search(r'name="dua-lai" value="([^"]+)"', told.text)[1]
    return desk.post(url, form | {"dua-lai": back, "xac-nhan": "1"})


def slot_page():
    slot = make_slot(space_id=make_space())
    return f"{DESK}/ke-hoach/ca/{slot}", {"capacity": "25", "xac-nhan": "1"}, lambda: take_out(slot), (slot_pages.slots, "change_slot")


def wish_page():
    activity = queries.slot(make_slot(space_id=make_space())).activity_id
    wish = occurrences.add_occurrence(make_event().id, COMMUNE, activity, OccurrenceDraft(day=FIRST_DAY), now=BEFORE)
    return f"{DESK}/ke-hoach/ca/{wish}", {"capacity": "25"}, lambda: take_out(wish), (occurrences, "change_wish")


def activity_page():
    activity = queries.slot(make_slot()).activity_id
    where = (activity_pages.activities, "change_activity")
    return f"{DESK}/ke-hoach/hoat-dong/{activity}", {"speaker": "Bà Lê"}, lambda: take_out_activity(activity), where


def new_slot_page():
    activity = queries.slot(make_slot()).activity_id
    typed = {"day": "2027-10-09", "start": "08:00", "end": "09:00", "capacity": "25", "space_id": str(make_space()), "xac-nhan": "1"}
    where = (occurrences, "add_occurrence")
    return f"{DESK}/ke-hoach/hoat-dong/{activity}/ca-moi", typed, lambda: take_out_activity(activity), where


PAGES = [slot_page, wish_page, activity_page, new_slot_page]


@pytest.mark.parametrize("page", PAGES)
def test_what_is_deleted_while_it_is_saved_comes_back_by_one_press(desk, monkeypatch, page):
    url, typed, delete, where = page()
    form = form_of(desk, url) | typed
    just_before(monkeypatch, *where, delete)

    told = desk.post(url, form)
    kept = {name: unescape(value) for name, value in re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', told.text)}

    assert (told.status_code, typed.items() <= kept.items()) == (409, True)
    assert pressed_again(desk, url, form, told).status_code == 303


@pytest.mark.parametrize("page", PAGES)
def test_so_does_what_was_deleted_before(desk, page):
    url, typed, delete, _ = page()
    form = form_of(desk, url) | typed
    delete()
    told = desk.post(url, form)

    assert (told.status_code, pressed_again(desk, url, form, told).status_code) == (409, 303)


def test_who_waits_for_the_one_who_deletes_is_told(postgres_app):
    clock.shift_to(BEFORE)
    url, typed, _, _ = slot_page()
    desk, held, answers = sign_in(postgres_app), Event(), []
    form, slot = form_of(desk, url) | typed, queries.slots(make_event().id)[0]

    def save():
        held.wait(10)
        with postgres_app.app_context():
            answers.append(desk.post(url, form))

    thread = Thread(target=save)
    thread.start()
    with transaction() as session:
        removing.begin_plan(session, make_event().id, COMMUNE)
        held.set()
        thread.join(1)
        parts = [(removing.models.Slot, removing.models.Slot.id == slot.id)]
        removing._take_out(session, make_event().id, COMMUNE, parts, BEFORE)
    thread.join()

    assert (answers[0].status_code, "Đưa trở lại rồi lưu" in answers[0].text) == (409, True)


def test_a_wish_that_is_placed_meanwhile_is_told_as_changed(desk, monkeypatch):
    url, typed, _, where = wish_page()
    wish = url.rpartition("/")[2]
    form, space = form_of(desk, url) | typed, str(make_space())
    placed = {"day": "2027-10-09", "start": "08:00", "end": "09:00", "space_id": space, "admission": "seats", "capacity": "9", "xac-nhan": "1"}
    just_before(monkeypatch, *where, lambda: sign_in(desk.client.application).post(url, form | placed))

    told = desk.post(url, form)

    assert (told.status_code, "chưa được lưu" in told.text) == (409, True)
    assert str(queries.slots(make_event().id, COMMUNE)[0].id) == wish


def test_a_room_that_goes_while_it_is_chosen_is_told_beside_its_field(desk, monkeypatch):
    url, typed, _, where = slot_page()
    room = make_space()
    form = form_of(desk, url) | typed | {"space_id": str(room)}
    just_before(monkeypatch, *where, lambda: removal.remove(COMMUNE, Thing.SPACE, room, now=BEFORE))

    told = desk.post(url, form)

    assert (told.status_code, "Nơi này vừa bị xóa" in told.text, 'value="25"' in told.text) == (422, True, True)


def test_a_day_that_goes_while_it_is_chosen_is_told_beside_its_field(desk, monkeypatch):
    url, typed, _, where = new_slot_page()
    short = events.EventDraft(name="Ngày hội", first_day=queries.event("ngay-hoi-2027").last_day, last_day=queries.event("ngay-hoi-2027").last_day)
    just_before(monkeypatch, *where, lambda: events.change_event(make_event().id, "40", short, seen=None, now=BEFORE))

    assert desk.post(url, form_of(desk, url) | typed).status_code == 422


def test_a_village_that_goes_while_it_is_saved_is_offered_as_a_new_one(desk, monkeypatch):
    hamlet = editing.add(COMMUNE, [HamletEntry(name="Thôn 1")], now=BEFORE)[0]
    just_before(monkeypatch, renaming, "change", lambda: removal.remove(COMMUNE, Thing.HAMLET, hamlet, now=BEFORE))

    told = desk.post(f"{DESK}/dia-phuong/thon/{hamlet}", {"name": "Thôn Vĩnh Sơn", "code": "H01"})

    assert (told.status_code, "Thôn Vĩnh Sơn" in told.text, "thêm lại thành mục mới" in told.text) == (409, True, True)


def test_a_venue_that_goes_while_a_room_is_added_is_told_beside_its_field(desk, monkeypatch):
    venue = editing.add(COMMUNE, [VenueEntry(name="Nhà văn hóa")], now=BEFORE)[0]
    just_before(monkeypatch, editing, "add", lambda: removal.remove(COMMUNE, Thing.VENUE, venue, now=BEFORE))

    told = desk.post(f"{DESK}/dia-phuong/phong/moi", {"venue_id": str(venue), "name": "Phòng 9", "kind": "room"})

    assert (told.status_code, "Địa điểm này vừa bị xóa" in told.text, "Phòng 9" in told.text) == (422, True, True)


def test_an_event_that_goes_while_it_is_saved_comes_back_by_one_press(desk, monkeypatch):
    make_slot()
    form = form_of(desk, EVENT) | {"name": "Ngày hội lớn"}
    gone = make_event().id
    just_before(monkeypatch, events, "change_event", lambda: event_removal.remove(gone, "40", seen=None, now=BEFORE))
    told = desk.post(EVENT, form)

    assert (told.status_code, "Ngày hội lớn" in told.text) == (409, True)
    assert pressed_again(desk, EVENT, form, told).status_code == 303
    assert (queries.event("ngay-hoi-2027").name, len(queries.slots(gone))) == ("Ngày hội lớn", 1)


def someone(**more):
    return service.register(a_request(person(make_slot(), **more), source=Source.DESK), now=BEFORE)[0]


def test_a_pass_that_is_merged_while_it_is_corrected_shows_what_was_typed_on_the_kept_one(desk, monkeypatch):
    kept, gone = someone(name="Lê An"), someone(name="Lê An", birth_year=1980)
    both = [kept.id, gone.id]
    just_before(monkeypatch, people, "change", lambda: merging.merge(make_event().id, COMMUNE, both, kept.id, seen=None, now=BEFORE))

    told = desk.post(f"{DESK}/nguoi-tham-gia/{gone.id}", {"name": "Lê Văn Ân", "birth_year": "1980"})

    assert (told.status_code, "Lê Văn Ân" in told.text, f"gộp thẻ này vào thẻ {kept.code}" in told.text) == (409, True, True)


def test_somebody_taken_back_while_they_are_corrected_is_offered_as_somebody_new(desk, monkeypatch):
    one = someone(name="Lê An")
    just_before(monkeypatch, people, "change", lambda: people.take_back(one.id, now=BEFORE))

    told = desk.post(f"{DESK}/nguoi-tham-gia/{one.id}", {"name": "Lê Văn Ân", "birth_year": "1980"})

    assert (told.status_code, "Lê Văn Ân" in told.text, "lan@xa.vn đã xóa mục này" in told.text) == (409, True, True)
    assert registrations.pass_by_id(one.id).name == "Lê An"


def hamlet_that_goes():
    make_commune()
    hamlet = editing.add(COMMUNE, [HamletEntry(name="Thôn 1")], now=BEFORE)[0]
    return hamlet, lambda: removal.remove(COMMUNE, Thing.HAMLET, hamlet, now=BEFORE)


def test_a_village_that_goes_while_somebody_of_it_is_written_down_is_told(each_app):
    hamlet, go = hamlet_that_goes()
    one = someone()
    details = people.details(db.session(), one.id)
    go()

    with pytest.raises(HamletGone):
        someone(hamlet_id=hamlet)
    with pytest.raises(HamletGone):
        people.change(one.id, replace(details, hamlet_id=hamlet), now=BEFORE)


def test_the_public_form_keeps_what_was_typed_when_a_village_goes(each_app, monkeypatch):
    clock.shift_to(BEFORE)
    slot, (hamlet, go) = make_slot(), hamlet_that_goes()
    url, client = f"/{COMMUNE}/dang-ky?slot={slot}", each_app.test_client()
    token = re.search(r'name="token" value="([^"]+)"', client.get(url).text)[1]
    typed = {"token": token, "people-0-name": "Lê An", "phone": "0912345678", "hamlet": str(hamlet), "consent": "y"}
    just_before(monkeypatch, service, "register", go)

    told = client.post(url, data=typed)

    assert (told.status_code, "Lê An" in told.text, "Hãy chọn lại" in told.text) == (409, True, True)


def test_a_space_entry_moves_to_no_venue_that_goes(desk, monkeypatch):
    old, new = editing.add(COMMUNE, [VenueEntry(name="Trường"), VenueEntry(name="Chợ")], now=BEFORE)
    room = editing.add(COMMUNE, [SpaceEntry(venue_id=old, name="Sân", kind="yard")], now=BEFORE)[0]
    just_before(monkeypatch, renaming, "change", lambda: removal.remove(COMMUNE, Thing.VENUE, new, now=BEFORE))

    url = f"{DESK}/dia-phuong/phong/{room}"
    told = desk.post(url, form_of(desk, url) | {"venue_id": str(new), "name": "Sân lớn"})

    assert (told.status_code, "Địa điểm này vừa bị xóa" in told.text, "Sân lớn" in told.text) == (422, True, True)
