import re
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import event

from eventday.access import queries as access_queries
from eventday.access import service as access
from eventday.access.domain import Role
from eventday.db import db, transaction
from eventday.kernel import clock, ids
from eventday.programme import models, queries
from eventday.programme.domain import Admission, Kind
from eventday.registrations import service as registrations
from eventday.registrations.domain import PersonRequest, RegistrationRequest, Source
from tests.desk import sign_in
from tests.factories import BEFORE, COMMUNE, make_commune, make_event, make_slot

HOME = f"/lam-viec/{COMMUNE}/ngay-hoi-2027"


@pytest.fixture
def desk(app):
    clock.shift_to(BEFORE)
    make_event()
    return sign_in(app)


def register(slot_id, *names):
    people = tuple(PersonRequest(name=name, birth_year=1970, slot_ids=(slot_id,)) for name in names)
    request = RegistrationRequest(event_id=make_event().id, commune_code=COMMUNE, phone="+84912345678", people=people, source=Source.DESK)
    return registrations.register(request, now=BEFORE)


def add_wish(slot_id, **known):
    slot = queries.slot(slot_id)
    with transaction() as session:
        session.add(models.Wish(id=ids.new(), number=900, activity_id=slot.activity_id, event_id=slot.event_id, commune_code=COMMUNE, **known))


def test_with_one_commune_work_begins_at_its_home(desk):
    assert desk.get("/lam-viec").location == HOME


def test_a_province_s_person_chooses_among_its_communes(app, desk):
    make_commune("17230", "Xã Con Cuông")
    make_commune("19774", "Phường Thuận Hóa", province="46")

    page = sign_in(app, scope="province:40").get("/lam-viec")

    assert page.status_code == 200
    assert "Xã Anh Sơn" in page.text
    assert "Xã Con Cuông" in page.text
    assert "Thuận Hóa" not in page.text


def test_the_country_finds_a_commune_without_diacritics(app, desk):
    page = sign_in(app, scope="country").get("/lam-viec?all=1&q=anh son").text

    assert f'href="{HOME}"' in page
    assert "Không thấy nơi nào" in sign_in(app, scope="country", email="x@y.vn").get("/lam-viec?q=zzz").text


def test_an_empty_plan_asks_for_the_excel_file(desk):
    home, plan = desk.get(HOME).text, desk.get(f"{HOME}/ke-hoach").text

    assert "Kế hoạch chưa có hoạt động nào" in home
    assert f'href="{HOME}/ke-hoach/nhap"' in home
    assert "Chưa có hoạt động nào" in plan
    assert "Công bố 0 ca" not in plan


def test_publishing_tells_beforehand_how_many_and_is_one_post(desk):
    slot_id = make_slot(published=False)
    add_wish(slot_id)
    before = desk.get(f"{HOME}/ke-hoach").text

    answer = desk.post(f"{HOME}/ke-hoach/cong-bo")

    assert "1 ca hiện ra cho mọi người ngay" in before
    assert "1 việc chưa xếp không hiện ra" in before
    assert answer.status_code == 303
    assert queries.is_published(make_event().id, COMMUNE)
    after = desk.get(answer.location).text
    assert "Đã công bố 1 ca." in after
    assert "Công bố 1 ca</button>" not in after


def test_an_empty_plan_is_not_published(desk):
    answer = desk.post(f"{HOME}/ke-hoach/cong-bo")

    assert answer.status_code == 409
    assert not queries.is_published(make_event().id, COMMUNE)


def test_publishing_without_the_form_token_changes_nothing(desk):
    make_slot(published=False)

    answer = desk.client.post(f"{HOME}/ke-hoach/cong-bo")

    assert answer.status_code == 403
    assert not queries.is_published(make_event().id, COMMUNE)


def test_the_plan_lists_what_a_wish_lacks(desk):
    add_wish(make_slot(title="Hội thi Tin học"), day=make_event().first_day)

    page = desk.get(f"{HOME}/ke-hoach").text

    assert "giờ bắt đầu, giờ kết thúc, nơi" in page


def test_full_slots_with_people_waiting_lead_to_their_list(desk):
    slot_id = make_slot(title="Dịch vụ công trực tuyến", capacity=1)
    register(slot_id, "Vi Thị Mai", "Lê Văn An")

    page = desk.get(HOME).text

    assert "1 ca đã hết chỗ, 1 người đang chờ" in page
    assert f"{HOME}/nguoi-tham-gia?slot={slot_id}" in page


def test_people_stand_by_given_name_and_who_waits_with_the_reason(desk):
    slot_id = make_slot(capacity=3)
    register(slot_id, "Trần Văn Ý", "Đặng Thị Ánh", "Lê Thị An", "Cao Văn Âu")

    page = desk.get(f"{HOME}/nguoi-tham-gia?slot={slot_id}").text

    waiting = desk.get(f"{HOME}/nguoi-tham-gia?slot={slot_id}&loai=cho").text

    assert re.findall(r'<tr><th scope="row"><a [^>]+>([^<]+)</a>', page) == ["Lê Thị An", "Đặng Thị Ánh", "Trần Văn Ý"]
    assert "Cao Văn Âu" in waiting
    assert "Thứ 1: đăng ký lúc 08:00 ngày 28/09 tại bàn đăng ký" in waiting
    assert "0912 345 678" in page


def test_a_name_is_found_without_diacritics(desk):
    register(make_slot(title="Lớp học số A"), "Đặng Thị Ánh", "Lê Văn Tú")

    page = desk.get(f"{HOME}/nguoi-tham-gia?q=dang anh").text

    assert "Đặng Thị Ánh" in page
    assert "Lê Văn Tú" not in page
    assert "Lớp học số A" in page


def test_a_slot_of_another_commune_has_no_list_here(desk):
    other = make_slot(commune="17230")

    assert desk.get(f"{HOME}/nguoi-tham-gia?slot={other}").status_code == 404


def test_names_are_written_as_text(desk):
    slot_id = make_slot(title="<b>Lớp</b>")
    register(slot_id, "<script>alert(1)</script>")

    page = desk.get(f"{HOME}/nguoi-tham-gia?slot={slot_id}").text

    assert "<script>alert" not in page.casefold()
    assert "&lt;b&gt;Lớp" in page


def test_a_viewer_is_offered_nothing_that_only_others_may(app, desk):
    make_slot(published=False)
    viewer = sign_in(app, Role.VIEWER)

    pages = [viewer.get(f"{HOME}{part}").text for part in ("", "/ke-hoach", "/ngay-hoi", "/may-quet")]

    assert "Công bố 1 ca</button>" not in pages[1]
    assert "Tạo mã ghép" not in pages[3]
    assert all("nguoi-tham-gia" not in page for page in pages)


def test_an_enrolment_code_is_shown_once_with_its_address_and_qr(desk):
    slot_id = make_slot()

    page = desk.post(f"{HOME}/may-quet", {"slot": str(slot_id), "manual": "1"}).text

    code = re.search(r">http://127.0.0.1:8000/quet/(\w+)<", page).group(1)
    assert f"<span>{code[:4]}</span><span>{code[4:8]}</span><span>{code[8:]}</span>" in page
    assert '<svg class="qr"' in page
    device = access.enrol(code, "Cổng chính", now=clock.now())
    known = access_queries.device_of_token(device.token)
    assert (known.commune, known.slot_ids, known.manual) == (COMMUNE, frozenset({slot_id}), True)
    assert code not in desk.get(f"{HOME}/may-quet").text


@pytest.mark.parametrize("slot", ["not-an-id", "01a20f15-a680-7fe8-acf9-e0c419a2edc7"])
def test_no_code_is_made_for_slots_that_are_not_ours(desk, slot):
    assert desk.post(f"{HOME}/may-quet", {"slot": slot}).status_code == 404


def enrolled(name="Cổng chính", commune=COMMUNE):
    code = access.open_enrolment(make_event().id, commune, [], manual=False, now=clock.now())
    return access.enrol(code, name, now=clock.now())


def test_a_device_is_listed_and_can_be_revoked(desk):
    device = enrolled()

    listed = desk.get(f"{HOME}/may-quet").text
    answer = desk.post(f"{HOME}/may-quet/{device.id}/thu-hoi")

    assert "Cổng chính" in listed
    assert "chưa mở lần nào" in listed
    assert answer.status_code == 303
    assert access_queries.device_of_token(device.token) is None
    assert "đã thu hồi" in desk.get(answer.location).text


@pytest.mark.parametrize(
    ("ahead", "told"),
    [
        (timedelta(hours=3), "đồng hồ chạy nhanh 3 giờ"),
        (timedelta(minutes=-7), "đồng hồ chạy chậm 7 phút"),
        (timedelta(days=-400), "đồng hồ chạy chậm 400 ngày"),
        (timedelta(seconds=90), None),
    ],
)
def test_a_phone_with_a_wrong_clock_is_shown(app, desk, ahead, told):
    device = enrolled()
    body = {"sent_at": (clock.now() + ahead).isoformat(), "checkins": []}

    answer = app.test_client().post("/api/v1/checkins", json=body, headers={"Authorization": f"Bearer {device.token}"})

    assert answer.status_code == 200
    for page in (desk.get(f"{HOME}/may-quet").text, desk.get(f"{HOME}/ngay-hoi").text):
        assert (told in page) if told else ("đồng hồ" not in page)


def test_another_commune_s_device_is_not_there(desk):
    make_commune("17230", "Xã Con Cuông")
    device = enrolled(commune="17230")

    assert desk.post(f"{HOME}/may-quet/{device.id}/thu-hoi").status_code == 404
    assert access_queries.device_of_token(device.token)


def test_the_live_board_says_who_is_in_and_renews_itself(desk):
    make_slot(title="Cài đặt VNeID", kind=Kind.STATION, admission=Admission.OPEN, starts_at=datetime(2027, 10, 9, 1, tzinfo=UTC))
    clock.shift_to(datetime(2027, 10, 9, 2, 10, tzinfo=UTC))
    desk = sign_in(desk.client.application, email="sau@xa.vn")

    page, board = desk.get(f"{HOME}/ngay-hoi").text, desk.get(f"{HOME}/ngay-hoi?phan=bang").text

    assert "Ngày hội đang diễn ra" in page
    assert '<noscript><meta http-equiv="refresh"' in page
    assert "<html" not in board
    assert "Cài đặt VNeID" in board
    assert "đang diễn ra" in board


def test_another_province_s_event_is_not_worked_on_here(desk):
    make_commune("19774", "Phường Thuận Hóa", province="46")
    make_event(code="ngay-hoi-hue", province="46")

    assert desk.get(f"/lam-viec/{COMMUNE}/ngay-hoi-hue").status_code == 404
    assert desk.get(f"/lam-viec/{COMMUNE}/khong-co").status_code == 404


@pytest.mark.parametrize("part", ["", "/ke-hoach", "/nguoi-tham-gia", "/ngay-hoi", "/may-quet"])
def test_a_page_asks_the_database_as_often_whatever_the_length(desk, part):
    desk.get(HOME + part)  # the day is counted whole at the first look
    asked = []
    for number in (2, 30):
        for index in range(number):
            make_slot(title=f"Lớp {number}/{index}", starts_at=BEFORE + timedelta(days=11, minutes=index))
            enrolled(f"Máy {number}/{index}")
        with counted_statements() as statements:
            assert desk.get(HOME + part).status_code == 200
        asked.append(len(statements))

    assert asked[0] == asked[1] <= 18


@contextmanager
def counted_statements():
    statements = []

    def note(_connection, _cursor, statement, *_):
        statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def test_ids_in_pages_are_of_this_commune_only(desk):
    make_slot(commune="17230", title="Việc của xã khác")
    make_slot(title="Việc của xã mình")

    pages = [desk.get(f"{HOME}{part}").text for part in ("", "/ke-hoach", "/nguoi-tham-gia", "/ngay-hoi", "/may-quet")]

    assert all("Việc của xã khác" not in page for page in pages)
    assert "Việc của xã mình" in pages[1]


@pytest.mark.parametrize(
    ("days", "asks"),
    [
        pytest.param(0, True, id="while it runs"),
        pytest.param(3, False, id="when it is over"),
    ],
)
def test_the_board_asks_for_silent_scanners_while_the_event_runs(app, days, asks):
    event = make_event()
    start = datetime.combine(event.first_day, time(2), tzinfo=UTC)
    access.enrol(access.open_enrolment(event.id, COMMUNE, (), manual=False, now=start), "Cổng chính", now=start)
    clock.shift_to(start + timedelta(days=days, hours=2))

    page = sign_in(app).get(f"{HOME}/ngay-hoi").text

    assert "Cổng chính" in page
    assert ("Số liệu chưa đủ" in page, "người đang ở trong" in page) == (asks, asks)
