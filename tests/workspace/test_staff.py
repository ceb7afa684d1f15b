import re

import pytest
from sqlalchemy import event as sql

from eventday.access import service, staff
from eventday.access.domain import Role
from eventday.db import db
from eventday.kernel import clock
from tests.desk import open_link, sign_in
from tests.factories import BEFORE, COMMUNE, make_commune, make_event

PAGE = f"/lam-viec/{COMMUNE}/ngay-hoi-2027/nguoi-lam-viec"
HERE = f"commune:{COMMUNE}"


@pytest.fixture
def desk(app):
    clock.shift_to(BEFORE)
    make_event()
    make_commune("17230", "Xã Con Cuông")
    return sign_in(app)


def colleague(email, scope=HERE):
    return next((one for one in staff.colleagues([scope]) if one.email == email), None)


def invited(desk, email="hoa@xa.vn", role="VIEWER", page=PAGE, **more):
    return desk.post(page, {"email": email, "role": role, **more})


def test_an_invitation_shows_a_link_that_signs_in(app, desk):
    page = invited(desk, "hoa@xa.vn", "DESK", name="Nguyễn Thị Hoà")

    link = re.search(r'value="http://127.0.0.1:8000(/dang-nhap/[^"]+)"', page.text)[1]
    assert open_link(app.test_client(), link.rpartition("/")[2]).status_code == 303
    assert "/dang-nhap/" not in desk.get(PAGE).text.partition("<main")[2]
    assert (colleague("hoa@xa.vn").role, colleague("hoa@xa.vn").name) == (Role.DESK, "Nguyễn Thị Hoà")


@pytest.mark.parametrize(("email", "role"), [("", "VIEWER"), ("hoa", "VIEWER"), ("hoa@xa.vn", "KING"), ("hoa@xa.vn", "")])
def test_what_is_wrong_is_told_beside_the_field_and_nobody_is_invited(desk, email, role):
    page = invited(desk, email, role, name="Hoà ở lại")

    assert page.status_code == 422
    assert 'aria-invalid="true"' in page.text
    assert 'value="Hoà ở lại"' in page.text
    assert len(staff.colleagues([HERE])) == 1


def test_who_works_here_already_is_said(desk):
    invited(desk)

    page = invited(desk, role="ORGANISER")

    assert (page.status_code, colleague("hoa@xa.vn").role) == (409, Role.VIEWER)
    assert "đã làm việc ở nơi này" in page.text


@pytest.mark.parametrize(("tail", "data"), [("vai-tro", {"role": "DESK"}), ("bo", {}), ("khoa", {})])
def test_a_change_throws_the_person_out_with_the_next_request(app, desk, tail, data):
    hoa = sign_in(app, Role.VIEWER, HERE, "hoa@xa.vn")
    grant = colleague("hoa@xa.vn").grant_id

    answer = desk.post(f"{PAGE}/{grant}/{tail}", data)

    assert (answer.status_code, answer.location.partition("&")[0]) == (303, f"{PAGE}?da={tail}")
    assert hoa.get("/lam-viec").status_code == 302


def test_unlocked_a_person_can_be_sent_a_link(app, desk):
    invited(desk)
    grant = colleague("hoa@xa.vn").grant_id
    for tail in ("khoa", "mo-khoa"):
        desk.post(f"{PAGE}/{grant}/{tail}")

    page = desk.post(f"{PAGE}/{grant}/duong-dan")

    assert "/dang-nhap/" in page.text.partition("<main")[2]


def test_extra_fields_do_nothing(desk):
    invited(desk, scope="country", commune_id="17230", is_admin="1", password_hash="x")

    hoa = colleague("hoa@xa.vn")
    assert hoa.grants == ((Role.VIEWER, HERE),)
    assert not hoa.has_password


def test_a_province_lets_people_in_to_its_communes_and_finds_them(app, desk):
    province = sign_in(app, scope="province:40")
    page = "/lam-viec/tinh/40/nguoi-lam-viec"

    answer = invited(province, "lan@xa.vn", page=page, scope="commune:17230")

    assert answer.status_code == 200
    assert colleague("lan@xa.vn", "commune:17230")
    found = province.get(f"{page}?q=con cuong").text
    assert "lan@xa.vn" in found
    assert "organiser@commune-17329.vn" not in found


@pytest.mark.parametrize("scope", ["country", "province:46", "commune:99999", "commune:19774"])
def test_a_province_offers_its_own_places_only(app, desk, scope):
    make_commune("19774", "Phường Thuận Hóa", "46")
    province = sign_in(app, scope="province:40")

    answer = invited(province, "lan@xa.vn", page="/lam-viec/tinh/40/nguoi-lam-viec", scope=scope)

    assert answer.status_code == 422
    assert staff.account_of_address("lan@xa.vn") is None


def test_another_place_s_grant_is_not_found_here(app, desk):
    sign_in(app, Role.VIEWER, "commune:17230", "lan@xa.vn")
    grant = colleague("lan@xa.vn", "commune:17230").grant_id

    statuses = {desk.post(f"{PAGE}/{grant}/{tail}", {"role": "DESK"}).status_code for tail in ("vai-tro", "bo", "khoa", "mo-khoa", "duong-dan")}

    assert statuses == {404}
    assert colleague("lan@xa.vn", "commune:17230").role is Role.VIEWER


def test_the_list_asks_as_often_for_one_as_for_many(desk):
    def asked():
        statements = []
        sql.listen(db.engine, "before_cursor_execute", listener := lambda *args: statements.append(args[2]))
        desk.get(PAGE)
        sql.remove(db.engine, "before_cursor_execute", listener)
        return len(statements)

    few = asked()
    for number in range(12):
        service.add_person(f"nguoi{number}@xa.vn", Role.VIEWER, HERE, now=clock.now())

    assert asked() == few


def removed(desk, email="hoa@xa.vn"):
    """The key by which a removal just made is undone."""
    location = desk.post(f"{PAGE}/{colleague(email).grant_id}/bo").location
    return re.search(r'name="lai" value="([^"]+)"', desk.get(location).text)[1]


def test_a_removal_is_undone(desk):
    invited(desk, role="DESK")

    answer = desk.post(f"{PAGE}/hoan-tac", {"lai": removed(desk)})

    assert (answer.status_code, answer.location) == (303, f"{PAGE}?da=lai")
    assert colleague("hoa@xa.vn").role is Role.DESK


def test_a_removal_is_undone_once_and_where_it_was_made(app, desk):
    invited(desk)
    key = removed(desk)
    elsewhere = sign_in(app, scope="commune:17230")

    answers = [
        elsewhere.post(PAGE.replace(COMMUNE, "17230") + "/hoan-tac", {"lai": key}),
        desk.post(f"{PAGE}/hoan-tac", {"lai": key[:-1]}),
        desk.post(f"{PAGE}/hoan-tac", {"lai": key}),
        desk.post(f"{PAGE}/hoan-tac", {"lai": key}),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 303, 303]
    assert colleague("hoa@xa.vn", "commune:17230") is None


def test_who_was_removed_by_a_higher_role_s_key_gives_back_no_more_than_one_may(app, desk):
    province = sign_in(app, scope="province:40")
    page = "/lam-viec/tinh/40/nguoi-lam-viec"
    invited(province, "lan@tinh.vn", "ORGANISER", page=page, scope="province:40")
    location = province.post(f"{page}/{colleague('lan@tinh.vn', 'province:40').grant_id}/bo").location
    key = re.search(r'name="lai" value="([^"]+)"', province.get(location).text)[1]

    assert desk.post(f"{PAGE}/hoan-tac", {"lai": key}).status_code == 404


def test_who_changes_a_role_second_is_told_and_asked_again(app, desk):
    invited(desk, role="VIEWER")
    grant = colleague("hoa@xa.vn").grant_id
    seen = colleague("hoa@xa.vn").stamp
    desk.post(f"{PAGE}/{grant}/vai-tro", {"role": "DESK", "seen": seen})

    late = desk.post(f"{PAGE}/{grant}/vai-tro", {"role": "ORGANISER", "seen": seen})

    assert (late.status_code, colleague("hoa@xa.vn").role) == (409, Role.DESK)
    assert re.search(r"Vừa có người khác đổi vai trò này\. \S.* đã sửa mục này lúc \d\d:\d\d ngày \d", late.text)
    assert '<option value="ORGANISER" selected>' in late.text.partition(f"role-{grant}")[2].partition("</select>")[0]


BY = r"Người làm: \S.*, lúc \d\d:\d\d ngày \d\d/\d\d/\d{4}\."


def act_second(desk, act, *before):
    """The page after an act on somebody on whom another has just acted."""
    invited(desk)
    grant, seen = colleague("hoa@xa.vn").grant_id, colleague("hoa@xa.vn").stamp
    for other in before:
        desk.post(f"{PAGE}/{grant}/{other}")
    return desk.post(f"{PAGE}/{grant}/{act}", {"seen": seen})


def test_who_sends_a_link_second_is_told_that_there_is_one(desk):
    late = act_second(desk, "duong-dan", "khoa", "mo-khoa", "duong-dan")

    assert (late.status_code, "/dang-nhap/" in late.text.partition("<main")[2]) == (409, False)
    assert re.search(f"Vừa có người khác tạo đường dẫn mới.* {BY}", late.text)


def test_who_sends_a_link_to_somebody_just_locked_is_told_how_it_stands(desk):
    late = act_second(desk, "duong-dan", "khoa")

    assert (late.status_code, bool(re.search(f"Vừa có người khác khóa tài khoản này. {BY}", late.text))) == (409, True)
    assert "Mở khóa</button>" in late.text


def test_who_acts_on_somebody_just_removed_is_told(desk):
    late = act_second(desk, "khoa", "bo")

    assert (late.status_code, "Dòng ấy không còn ở đây." in late.text) == (404, True)


def test_who_acts_on_somebody_just_removed_is_told_by_whom(desk):
    invited(desk)
    one = colleague("hoa@xa.vn")
    desk.post(f"{PAGE}/{one.grant_id}/bo")
    late = desk.post(f"{PAGE}/{one.grant_id}/khoa", {"nguoi": str(one.person_id)})

    assert (late.status_code, bool(re.search(f"Người khác vừa bỏ người ấy khỏi nơi này.*{BY}", late.text, re.S))) == (404, True)


def test_who_sends_a_link_after_the_one_before_was_used_is_told_by_whom(app, desk):
    invited(desk)
    one = colleague("hoa@xa.vn")
    link = re.search('/dang-nhap/([^"]+)"', desk.post(f"{PAGE}/{one.grant_id}/duong-dan").text.partition("<main")[2])[1]
    seen = colleague("hoa@xa.vn").stamp
    service.sign_in(link, now=BEFORE)
    late = desk.post(f"{PAGE}/{one.grant_id}/duong-dan", {"seen": seen})

    assert re.search("Đường dẫn trước vừa được dùng hoặc vừa bị hủy. Người làm: .*lúc", late.text)


def test_nobody_throws_out_those_above_by_letting_them_in(app, desk):
    province = sign_in(app, scope="province:40", email="lan@tinh.vn")

    invited(desk, "lan@tinh.vn")
    desk.post(f"{PAGE}/{colleague('lan@tinh.vn').grant_id}/bo")

    assert province.get("/lam-viec/tinh/40").status_code == 200


def test_one_person_works_at_several_places_in_several_roles(app, desk):
    province = sign_in(app, scope="province:40")
    for scope, role in ((HERE, "DESK"), ("commune:17230", "VIEWER")):
        service.add_person("lan@xa.vn", Role[role], scope, now=clock.now())
    lan = sign_in(app, Role.VIEWER, "commune:17230", "lan@xa.vn")

    pages = [lan.get(f"/lam-viec/{code}/ngay-hoi-2027/{page}").status_code for code in (COMMUNE, "17230") for page in ("ke-hoach", "nguoi-tham-gia")]

    assert pages == [200, 200, 200, 403]
    assert {"Xã Anh Sơn", "Xã Con Cuông"} <= set(re.findall(r"Xã \w+ \w+", lan.get("/lam-viec").text))
    assert province.get("/lam-viec/tinh/40/nguoi-lam-viec?q=lan@xa.vn").text.count("cũng làm ở") == 2
