"""Everything in a plan added, changed, copied, cancelled, deleted in a browser."""

import re
from datetime import time
from html import unescape

import pytest

from eventday.access.domain import Role
from eventday.db import db
from eventday.kernel import clock, ids
from eventday.programme import events, occurrences, queries, records
from eventday.programme.domain import Kind
from eventday.programme.drafts import EventDraft, OccurrenceDraft
from eventday.registrations import slots
from tests.checkins.statements import count_statements
from tests.desk import sign_in
from tests.factories import BEFORE, COMMUNE, FIRST_DAY, LAST_DAY, make_commune, make_event, make_slot, make_space
from tests.registrations.people import counters, registered, statuses

PLAN = f"/lam-viec/{COMMUNE}/ngay-hoi-2027/ke-hoach"
ACTIVITY = {"kind": "class", "title": "Lớp dùng VNeID", "host": "Công an xã"}
EVENT = "/lam-viec/tinh/40/ngay-hoi/ngay-hoi-2027"


@pytest.fixture
def desk(app):
    clock.shift_to(BEFORE)
    make_event()
    return sign_in(app)


def found(occurrence_id):
    db.session.rollback()
    return records.occurrence(db.session, make_event().id, COMMUNE, occurrence_id)


def form_of(desk, url, **changed):
    """What a browser would send of the form on a page, some fields typed anew."""
    page = desk.get(url).text
    sent = dict(re.findall(r'<input[^>]* name="(seen)" value="([^"]*)"', page))
    for tag in re.findall(
        r'<input [^>]*name="(?:start|end|capacity|closes_at|title|host|audience|speaker|skill|join_url|name|first_day|last_day)"[^>]*>', page
    ):
        sent[re.search(r'name="(\w+)"', tag)[1]] = re.search(r'value="([^"]*)"', tag)[1]
    for name, options in re.findall(r'<select[^>]* name="(\w+)">(.*?)</select>', page, re.DOTALL):
        sent[name] = next(iter(re.findall(r'<option selected value="([^"]*)"', options)), "")
    sent |= dict(re.findall(r'<input checked[^>]* name="(admission)"[^>]* value="(\w+)"', page))
    return {name: unescape(value) for name, value in sent.items()} | changed


def slot_url(slot_id):
    return f"{PLAN}/ca/{slot_id}"


def placed(**more):
    return make_slot(space_id=make_space(), **more)


@pytest.mark.parametrize("kind", list(Kind))
def test_an_activity_of_any_kind_and_its_first_slot_are_added(desk, kind):
    space_id = make_space(capacity=80)

    asked = desk.post(f"{PLAN}/hoat-dong/moi", {**ACTIVITY, "kind": kind})
    slot = form_of(desk, asked.location, day="2027-10-09", start="7h30", end="09:00", space_id=str(space_id))
    added = desk.post(asked.location.partition("?")[0], slot)

    (made,) = queries.slots(make_event().id, COMMUNE)
    assert (asked.status_code, added.status_code) == (303, 303)
    assert (made.title, made.kind, made.host, made.capacity, found(made.id).start) == ("Lớp dùng VNeID", kind, "Công an xã", 80, time(7, 30))
    assert "Lớp dùng VNeID" in desk.get(added.location).text


def test_what_is_not_known_yet_waits_among_the_unplaced(desk):
    asked = desk.post(f"{PLAN}/hoat-dong/moi", ACTIVITY)

    added = desk.post(asked.location.partition("?")[0], {"day": "2027-10-09", "admission": "seats"})

    assert "giờ bắt đầu, giờ kết thúc, nơi" in desk.get(added.location).text


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(desk):
    answer = desk.post(f"{PLAN}/hoat-dong/moi", {"kind": "class", "title": "", "speaker": "Bà Lê", "join_url": "meet.vn/x"})

    assert answer.status_code == 422
    assert "Còn 2 chỗ cần sửa" in answer.text
    assert 'value="Bà Lê"' in answer.text
    assert queries.activities(make_event().id, COMMUNE) == []


def test_an_equal_activity_leads_to_the_one_that_is_there(desk):
    activity_id = queries.slot(make_slot(title="Lớp A")).activity_id

    answer = desk.post(f"{PLAN}/hoat-dong/moi", {"kind": "class", "title": "lớp a", "host": "UBND xã"})

    assert answer.status_code == 422
    assert f"{PLAN}/hoat-dong/{activity_id}" in answer.text


def test_a_wish_is_placed_by_hand(desk):
    slot_id, space_id = make_slot(title="Hội thi"), make_space()
    activity_id = queries.slot(slot_id).activity_id
    wish_id = occurrences.add_occurrence(make_event().id, COMMUNE, activity_id, OccurrenceDraft(day=FIRST_DAY), now=BEFORE)

    answer = desk.post(slot_url(wish_id), form_of(desk, slot_url(wish_id), start="8:00", end="9:00", space_id=str(space_id), capacity="40"))

    assert answer.status_code == 303
    assert (found(wish_id).is_slot, found(wish_id).capacity) == (True, 40)


def test_a_slot_with_people_is_moved_after_a_look_at_whom_it_touches(desk):
    slot_id = placed(capacity=2)
    registered(slot_id, people=3)
    form = form_of(desk, slot_url(slot_id), day="2027-10-09", start="08:00", end="09:30")

    preview = desk.post(slot_url(slot_id), form)
    untouched = found(slot_id)
    saved = desk.post(slot_url(slot_id), form | {"xac-nhan": "1"})

    assert "3 người đã đăng ký (2 người có chỗ, 1 người chờ)" in preview.text
    assert re.search(r"<del>10/10/2027</del></td><td[^>]*><strong>09/10/2027</strong>", preview.text)
    assert "Kế hoạch đã công bố: lưu xong là mọi người thấy ngay." in preview.text
    assert (untouched.day, saved.status_code, found(slot_id).day) == (LAST_DAY, 303, FIRST_DAY)


def test_going_back_from_the_look_loses_nothing(desk):
    slot_id = placed()
    registered(slot_id)

    again = desk.post(slot_url(slot_id), form_of(desk, slot_url(slot_id), start="08:15") | {"sua": "1"})

    assert again.status_code == 200
    assert 'value="08:15"' in again.text
    assert found(slot_id).start == time(12)


def test_fewer_seats_than_taken_are_refused_beside_the_field(desk):
    slot_id = placed(capacity=3)
    registered(slot_id, people=3)

    answer = desk.post(slot_url(slot_id), form_of(desk, slot_url(slot_id), capacity="2"))

    assert answer.status_code == 422
    assert re.search(r'id="capacity-error".*<span>Đã có 3 người giữ chỗ', answer.text)
    assert 'name="capacity" size="8" type="text" value="2"' in answer.text
    assert found(slot_id).capacity == 3


def test_more_seats_move_the_waiting_up_and_the_page_says_so(desk):
    slot_id = placed(capacity=1)
    registered(slot_id, people=3)
    form = form_of(desk, slot_url(slot_id), capacity="2")

    preview = desk.post(slot_url(slot_id), form)
    saved = desk.get(desk.post(slot_url(slot_id), form | {"xac-nhan": "1"}).location)

    assert "1 người chờ được lên chỗ ngay" in preview.text
    assert "1 người chờ đã lên chỗ." in saved.text
    assert counters(slot_id) == (2, 1)


def test_who_saves_second_is_told_and_overwrites_with_a_second_press(desk):
    slot_id = placed()
    form = form_of(desk, slot_url(slot_id), capacity="20")
    slots.change_slot(
        make_event().id, COMMUNE, slot_id, found(slot_id).draft.__class__(**{**vars(found(slot_id).draft), "end": time(13)}), seen=None, now=BEFORE
    )

    told = desk.post(slot_url(slot_id), form)
    again = desk.post(slot_url(slot_id), form | {"seen": re.search(r'name="seen" value="([^"]*)"', told.text)[1].replace("&#34;", '"')})

    assert told.status_code == 409
    assert "<del>14:00</del> → <ins>13:00</ins>" in told.text
    assert 'value="20"' in told.text
    assert (again.status_code, found(slot_id).capacity, found(slot_id).end) == (303, 20, time(14))


def test_what_would_clash_is_told_before_it_is_saved(desk):
    space_id = make_space()
    make_slot(title="Việc có trước", space_id=space_id)
    slot_id = placed(title="Việc đến sau")
    form = form_of(desk, slot_url(slot_id), space_id=str(space_id))

    preview = desk.post(slot_url(slot_id), form)

    assert "Lưu như vậy sẽ vướng" in preview.text
    assert "Việc có trước" in preview.text
    assert desk.post(slot_url(slot_id), form | {"xac-nhan": "1"}).status_code == 303


def test_cancelling_names_whom_it_touches_and_stays(desk):
    slot_id = placed(capacity=2)
    registered(slot_id, people=3)

    asked = desk.get(f"{slot_url(slot_id)}/huy").text
    done = desk.get(desk.post(f"{slot_url(slot_id)}/huy").location).text

    assert "Hủy ca: 3 người mất chỗ" in asked
    assert "Xóa hẳn" not in asked
    assert "3 người mất chỗ" in done
    assert "Hoàn tác" not in done
    assert statuses(slot_id) == ["cancelled"] * 3
    assert desk.post(f"{slot_url(slot_id)}/mo-lai").status_code == 409


def undo(desk, page):
    return desk.post(re.search(r'<form class="inline" method="post" action="([^"]+)"', page)[1])


@pytest.mark.parametrize("act", ["huy", "xoa"])
def test_what_nobody_registered_for_is_taken_out_and_put_back(desk, act):
    slot_id = placed()
    before = found(slot_id)

    page = desk.get(desk.post(f"{slot_url(slot_id)}/{act}").location).text
    answer = undo(desk, page)

    assert answer.status_code == 303
    assert found(slot_id) == before


def test_what_people_registered_for_is_not_deleted_by_any_address(desk):
    slot_id = placed()
    registered(slot_id)

    answers = [desk.post(f"{slot_url(slot_id)}/xoa"), desk.post(f"{PLAN}/hoat-dong/{found(slot_id).activity_id}/xoa")]

    assert [answer.status_code for answer in answers] == [409, 409]
    assert counters(slot_id) == (1, 0)


def test_an_activity_goes_with_its_slots_and_comes_back(desk):
    slot_id = placed()
    url = f"{PLAN}/hoat-dong/{found(slot_id).activity_id}"

    asked = desk.get(f"{url}/xoa").text
    undo(desk, desk.get(desk.post(f"{url}/xoa").location).text)

    assert "Cùng xóa 1 ca và 0 việc chưa xếp" in asked
    assert found(slot_id).is_slot


def test_a_new_name_is_shown_to_who_registered_only_after_a_look(desk):
    slot_id = placed(title="Lớp cũ")
    registered(slot_id)
    url = f"{PLAN}/hoat-dong/{found(slot_id).activity_id}"
    form = form_of(desk, url, title="Lớp mới")

    preview = desk.post(url, form)
    desk.post(url, form | {"xac-nhan": "1"})

    assert "1 người đã đăng ký" in preview.text
    assert "<del>Lớp cũ</del>" in preview.text
    assert found(slot_id).title == "Lớp mới"


def test_the_pages_of_a_slot_name_it_as_its_excel_does(desk):
    slot_id = placed()

    pages = [desk.get(slot_url(slot_id)).text, desk.get(f"{slot_url(slot_id)}/huy").text]

    assert all("Mã HD-0001" in page for page in pages)


def test_a_province_s_organiser_finds_its_events_where_work_begins(app, desk):
    page = sign_in(app, scope="province:40").get("/lam-viec?all=1").text

    assert f'href="{EVENT}"' in page
    assert 'href="/lam-viec/tinh/40/ngay-hoi/moi"' in page
    assert "/lam-viec/tinh/" not in desk.get("/lam-viec?all=1").text


def test_copies_begin_as_what_they_are_copied_from(desk):
    slot_id = placed(title="Lớp mẫu", capacity=17)
    activity_id = found(slot_id).activity_id

    activity = desk.get(f"{PLAN}/hoat-dong/moi?tu={activity_id}").text
    slot = form_of(desk, f"{PLAN}/hoat-dong/{activity_id}/ca-moi?tu={slot_id}")

    assert 'value="Lớp mẫu (bản sao)"' in activity
    assert (slot["capacity"], slot["start"], slot["space_id"]) == ("17", "12:00", str(found(slot_id).space_id))


def test_another_commune_s_slot_is_not_here(desk):
    foreign = make_slot(commune="17230")
    activity_id = queries.slot(foreign).activity_id

    urls = [slot_url(foreign), f"{slot_url(foreign)}/huy", f"{PLAN}/hoat-dong/{activity_id}", f"{PLAN}/hoat-dong/{activity_id}/ca-moi"]

    assert {desk.get(url).status_code for url in urls} == {404}
    assert {desk.post(f"{slot_url(foreign)}/{act}").status_code for act in ("huy", "xoa", "mo-lai")} == {404}


def test_a_viewer_sees_the_plan_without_any_way_to_change_it(app, desk):
    slot_id = placed()
    viewer = sign_in(app, Role.VIEWER)

    assert "/ke-hoach/ca/" not in viewer.get(PLAN).text
    assert "Thêm hoạt động" not in viewer.get(PLAN).text
    assert viewer.get(slot_url(slot_id)).status_code == 403


def test_a_long_plan_is_paged_and_looked_through(desk):
    for number in range(105):
        make_slot(title=f"Lớp {number:03}", kind=Kind.CLASS)
    make_slot(title="Tọa đàm chuyển đổi số", kind=Kind.TALK)

    first, second = desk.get(PLAN).text, desk.get(f"{PLAN}?trang=2").text
    looked = desk.get(f"{PLAN}?q=toa+dam&loai=talk&ngay=2027-10-10").text

    assert (first.count('<tr id="ca-'), second.count('<tr id="ca-'), looked.count('<tr id="ca-')) == (100, 6, 1)
    assert "Trang 1 trong 2" in first
    assert "Thấy 1 ca" in looked


def test_the_province_changes_its_event_s_name_and_days(app, desk):
    make_slot()
    province = sign_in(app, scope="province:40")
    form = form_of(province, EVENT, name="Ngày hội số Nghệ An", last_day="11/10/2027")

    saved = province.post(EVENT, form)
    cut = province.post(EVENT, form_of(province, EVENT, last_day="09/10/2027"))

    assert saved.status_code == 303
    assert queries.event("ngay-hoi-2027").name == "Ngày hội số Nghệ An"
    assert cut.status_code == 422
    assert "Còn 1 ca hoặc việc chưa xếp của 1 xã nằm ngoài" in cut.text


def test_a_province_opens_an_event(app, desk):
    province = sign_in(app, scope="province:40")
    new = {"name": "Ngày hội 2028", "code": "ngay-hoi-2028", "first_day": "10/10/2028", "last_day": "10/10/2028"}

    answers = [province.post("/lam-viec/tinh/40/ngay-hoi/moi", sent).status_code for sent in (new, new, new | {"code": "Ngày hội"})]

    assert answers == [303, 422, 422]
    assert queries.event("ngay-hoi-2028").province_code == "40"


def test_who_changes_an_event_second_is_told(app, desk):
    province = sign_in(app, scope="province:40")
    form = form_of(province, EVENT, name="Tên của tôi")
    draft = EventDraft(name="Tên của người khác", first_day=FIRST_DAY, last_day=LAST_DAY)
    events.change_event(make_event().id, "40", draft, seen=None, now=BEFORE)

    answer = province.post(EVENT, form)

    assert answer.status_code == 409
    assert "<ins>Tên của người khác</ins>" in answer.text
    assert 'value="Tên của tôi"' in answer.text


@pytest.mark.parametrize(("scope", "role"), [("commune:17329", Role.ORGANISER), ("province:46", Role.ORGANISER)])
def test_an_event_is_its_province_s_alone(app, desk, scope, role):
    make_commune("19774", "Phường Thuận Hóa", province="46")

    assert sign_in(app, role, scope, email="a@b.vn").get(EVENT).status_code == 404


def test_a_province_s_viewer_changes_no_event(app, desk):
    assert sign_in(app, Role.VIEWER, "province:40").get(EVENT).status_code == 403


def test_what_was_deleted_is_put_back_by_nobody_else(app, desk):
    assert desk.post(f"{PLAN}/hoan-tac/{ids.new()}").status_code == 404


def test_after_a_save_one_is_back_on_the_page_one_came_from(desk):
    for number in range(101):
        make_slot(title=f"Lớp {number:03}")
    page = desk.get(f"{PLAN}?trang=2&loai=class").text
    link = re.search(rf'href="({PLAN}/ca/[^"]+)"', page)[1].replace("&amp;", "&")

    saved = desk.post(link, form_of(desk, link, capacity="20", space_id=str(make_space())) | {"xac-nhan": "1"})

    assert "?loai=class&trang=2" in link
    assert (saved.status_code, saved.location.partition("#")[0]) == (303, f"{PLAN}?loai=class&trang=2&da=luu")


def test_the_unplaced_are_paged_by_themselves(desk):
    activity_id = queries.slot(make_slot(title="Hội thi")).activity_id
    for _ in range(30):
        occurrences.add_occurrence(make_event().id, COMMUNE, activity_id, OccurrenceDraft(day=FIRST_DAY), now=BEFORE)

    first, second = desk.get(f"{PLAN}?loai=class").text, desk.get(f"{PLAN}?loai=class&viec=2").text

    assert [page.count("giờ bắt đầu, giờ kết thúc, nơi") for page in (first, second)] == [25, 5]
    assert f"{PLAN}?loai=class&amp;viec=2#chua-xep" in first


def test_of_many_clashes_the_first_stand_open_and_the_rest_behind_a_line(desk):
    for number in range(9):
        space_id = make_space()
        for title in "ab":
            make_slot(title=f"Lớp {number}{title}", kind=Kind.STATION, space_id=space_id)

    open_ones, _, rest = desk.get(PLAN).text.partition("<summary>Xem 3 chỗ nữa</summary>")

    assert [part.partition('class="looking"')[0].count('class="todo__tile') for part in (open_ones, rest)] == [6, 3]


def test_what_a_wish_would_clash_with_is_told_before_it_is_placed(desk):
    slot_id = make_slot(title="Việc có trước", space_id=make_space(capacity=10))
    activity_id = queries.slot(make_slot(title="Hội thi", kind=Kind.STATION)).activity_id
    wish_id = occurrences.add_occurrence(make_event().id, COMMUNE, activity_id, OccurrenceDraft(day=LAST_DAY), now=BEFORE)
    form = form_of(desk, slot_url(wish_id), start="13:00", end="15:00", space_id=str(found(slot_id).space_id), capacity="40")

    preview = desk.post(slot_url(wish_id), form).text
    untouched = found(wish_id)
    desk.post(slot_url(wish_id), form | {"xac-nhan": "1"})

    assert "Việc có trước" in preview
    assert (untouched.is_slot, found(wish_id).is_slot, found(wish_id).capacity) == (False, True, 40)


@pytest.mark.parametrize("page", ["", "?trang=2", "?q=lop", "/hoat-dong/moi", "/ca/{slot}", "/hoat-dong/{activity}", "/ca/{slot}/huy"])
def test_pages_of_a_plan_ask_as_often_however_long_it_is(desk, page):
    slot_id = placed(title="Lớp đầu")
    url = PLAN + page.format(slot=slot_id, activity=found(slot_id).activity_id)
    counts = []
    for _ in range(2):
        for number in range(12):
            make_slot(title=f"Lớp {number}", space_id=make_space())
        with count_statements() as asked:
            desk.get(url)
        counts.append(asked.total)

    assert counts[0] == counts[1]
