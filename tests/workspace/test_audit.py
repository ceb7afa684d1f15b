from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import update

from eventday.access.actor import Actor, acting_as
from eventday.access.domain import Role
from eventday.audit.models import Entry
from eventday.audit.service import note
from eventday.db import transaction
from eventday.kernel import clock
from tests.audit.chain import unguard
from tests.checkins.statements import count_statements
from tests.desk import sign_in
from tests.factories import BEFORE, COMMUNE, make_commune, make_event, make_slot
from tests.registrations.people import registered

LOG = f"/lam-viec/{COMMUNE}/ngay-hoi-2027/nhat-ky"


@pytest.fixture
def desk(app):
    clock.shift_to(BEFORE)
    make_event()
    return sign_in(app, email="ngan@xa.vn")


def noted(before, after, *, action="changed", kind="hamlet", subject=None, now=BEFORE, commune=COMMUNE):
    with transaction() as session:
        note(session, commune, action, (kind, str(subject or uuid4())), before, after, now)


def test_an_act_is_read_with_who_what_and_the_values_before_and_after(desk):
    slot_id = make_slot(title="Lớp học số", published=False)
    desk.post(f"{LOG.removesuffix('nhat-ky')}ke-hoach/cong-bo")
    noted({"name": "Thôn Đông", "population": 120}, {"name": "Thôn Đông", "population": 130})

    page = desk.get(LOG).text

    assert "<b>ngan@xa.vn</b> <span>Công bố kế hoạch</span>" in page
    assert f'<span>Sửa thôn, bản</span> <a href="{LOG}?cua=' in page
    assert '<del><span class="log__value">120</span></del>' in page
    assert '<ins><span class="log__value">130</span></ins>' in page
    assert f'{LOG}?cua={slot_id}">Lớp học số</a>' in page


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        ("starts_at", "2027-10-10T12:00+07:00", "12:00, 10/10/2027"),
        ("day", "2027-10-09", "09/10/2027"),
        ("opens", "07:30:00", "07:30"),
        ("manual", True, "có"),
        ("role", "viewer", "chỉ xem"),
        ("aliases", ["NVH", "Nhà VH"], "NVH; Nhà VH"),
        ("text", "Xã\nmiền núi", "Xã\nmiền núi"),
        ("note", "<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
    ],
)
def test_values_read_as_an_officer_reads_them(desk, field, value, shown):
    noted(None, {field: value}, action="added")

    assert f'<span class="log__value">{shown}</span>' in desk.get(LOG).text


def test_ids_of_slots_are_told_by_title_and_unknown_ones_not_at_all(desk):
    known, gone = make_slot(title="Lớp học số"), uuid4()
    noted(None, {"slot_ids": [known, gone]}, action="enrolled", kind="device")

    page = desk.get(LOG).text

    assert '<span class="log__value">Lớp học số</span>' in page
    assert str(gone) not in page.replace(f"cua={gone}", "")


def test_personal_data_is_masked_and_what_differs_only_there_is_said(desk):
    noted({"name": "Nguyễn Văn An", "phone": "0912345678"}, {"name": "Nguyễn Văn Ân", "phone": "0912345679"}, kind="pass")

    page = desk.get(LOG).text

    assert "N. V. A." in page
    assert "•••679" in page
    assert not {"Nguyễn Văn", "0912345"} & {text for text in ("Nguyễn Văn", "0912345") if text in page}
    noted({"name": "Nguyễn Văn An"}, {"name": "Nguyễn Văn Anh"}, kind="pass")
    assert "phần khác nhau là dữ liệu cá nhân" in desk.get(LOG).text


def test_people_are_called_as_today_and_by_nothing_once_they_are_gone(desk):
    slot = make_slot(title="Lớp học số")
    (one,) = registered(slot)
    noted({"slot_id": slot}, None, action="cancelled", kind="registration", subject=one.placed[0].id)
    noted({"name": "Nguyễn Văn An"}, None, action="removed", kind="pass")

    page = desk.get(LOG).text

    assert f'<span>Hủy lượt đăng ký</span> <a href="{LOG}?cua={one.placed[0].id}">Nguyễn Văn ' in page
    assert '<span>Xóa thẻ</span> <small class="muted">' in page


def numbers(page):
    return [int(part.split("<")[0]) for part in page.split("dòng ")[1:] if part.split("<")[0].isdigit()]


def test_it_is_filtered_by_who_what_thing_and_day(desk):
    thing = uuid4()
    with acting_as(Actor("command", "plan import")):
        noted(None, {"name": "A"}, action="added", subject=thing)
    noted(None, {"name": "B"}, action="added", kind="venue", now=BEFORE + timedelta(days=1))
    _, _, first, second = sorted(numbers(desk.get(LOG).text))

    for query, found in (
        ("", [second, 2, 1, first]),
        ("ai=plan+import", [first]),
        ("viec=venue", [second]),
        (f"cua={thing}", [first]),
        ("den=28/09/2027", [2, 1, first]),
        ("tu=29/09/2027", [second]),
        ("tu=28/09/2027&den=28/09/2027&viec=hamlet", [first]),
        ("viec=pass", []),
        ("ai=nobody-known", []),
    ):
        assert numbers(desk.get(f"{LOG}?{query}").text) == found, query


def test_a_day_that_is_none_is_told_beside_its_field_and_what_was_typed_stays(desk):
    answer = desk.get(f"{LOG}?tu=31/02/2027&viec=hamlet")

    assert answer.status_code == 422
    assert "Ngày này không có" in answer.text
    assert 'value="31/02/2027"' in answer.text


def test_pages_go_on_where_the_last_one_ended(desk):
    for number in range(120):
        noted(None, {"population": number + 1}, action="added", now=BEFORE + timedelta(minutes=number // 7))
    seen, page = [], desk.get(f"{LOG}?viec=hamlet").text
    while True:
        seen += numbers(page)
        if "Xem các dòng cũ hơn" not in page:
            break
        page = desk.get(f"{LOG}?sau={seen[-1]}&viec=hamlet").text

    assert seen == list(range(122, 2, -1))


@pytest.mark.parametrize("after", ["x", "-5", "999999999999999999999", "0"])
def test_a_strange_place_to_go_on_from_finds_nothing_or_is_ignored(desk, after):
    assert desk.get(f"{LOG}?sau={after}").status_code == 200


def test_it_costs_the_same_number_of_statements_however_long_it_is(desk):
    counts = []
    for _ in range(2):
        for number in range(30):
            noted(None, {"population": number + 1, "slot_id": uuid4()}, action="added")
            with acting_as(Actor("device", str(uuid4()))):
                noted(None, {"title": "Lớp"}, action="added", kind="slot")
        with count_statements() as asked:
            desk.get(LOG)
        counts.append(asked.total)

    assert counts[0] == counts[1]


def test_an_untouched_log_is_said_to_be_whole_and_a_touched_one_not(desk):
    noted(None, {"name": "A"}, action="added")
    whole = desk.get(f"{LOG}?kiem=1").text
    unguard()
    with transaction() as session:
        session.execute(update(Entry).where(Entry.chain == COMMUNE, Entry.number == 2).values(label="B"))

    assert "Đã xem lại 3 dòng" in whole
    assert "dòng 2 đã bị sửa." in desk.get(f"{LOG}?kiem=1").text


@pytest.mark.parametrize(("role", "status"), [(Role.ORGANISER, 200), (Role.DESK, 403), (Role.VIEWER, 403)])
def test_only_organisers_read_it_and_only_they_see_its_tab(app, role, status):
    make_event()
    desk = sign_in(app, role=role)

    assert desk.get(LOG).status_code == status
    assert (f'href="{LOG}"' in desk.get(LOG.removesuffix("/nhat-ky")).text) is (status == 200)


def test_a_commune_never_reads_another_s(app, desk):
    make_commune("17332", "Xã Đỉnh Sơn")
    noted(None, {"name": "Mốc của xã khác"}, action="added", commune="17332")

    assert "Mốc của xã khác" not in desk.get(LOG).text
    assert desk.get(LOG.replace(COMMUNE, "17332")).status_code == 404


def test_what_is_done_for_a_province_is_read_by_its_organisers_alone(app, desk):
    noted(None, {"name": "Ngày hội 2028"}, action="added", kind="event", commune="40")
    province = sign_in(app, scope="province:40")

    page = province.get("/lam-viec/nhat-ky/40?kiem=1")

    assert "Nhật ký: Nghệ An" in page.text
    assert "Ngày hội 2028" in page.text
    assert "Nhật ký còn nguyên vẹn" in page.text
    assert 'href="/lam-viec/nhat-ky/40"' in province.get(LOG).text
    assert 'href="/lam-viec/nhat-ky/country"' not in province.get(LOG).text
    assert "Ngày hội 2028" not in desk.get(LOG).text


@pytest.mark.parametrize("chain", ["40", "country", "99", COMMUNE, "x"])
def test_a_commune_s_organiser_finds_no_log_of_anything_wider(desk, chain):
    assert desk.get(f"/lam-viec/nhat-ky/{chain}").status_code == 404


def test_the_country_s_organiser_reads_every_log(app, desk):
    country = sign_in(app, scope="country")

    assert [country.get(url).status_code for url in ("/lam-viec/nhat-ky/country", "/lam-viec/nhat-ky/40", LOG)] == [200] * 3
    assert "Nhật ký: cả nước" in country.get("/lam-viec/nhat-ky/country").text
    assert country.get("/lam-viec/nhat-ky/99").status_code == 404
