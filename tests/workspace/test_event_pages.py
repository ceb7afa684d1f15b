"""A province's event copied, called off, deleted; a commune's last plan copied; all in a browser."""

import pytest

from eventday.access.domain import Role
from eventday.db import db
from eventday.kernel import clock
from eventday.programme import events as programme
from eventday.programme import queries
from eventday.programme.drafts import EventDraft
from tests.desk import sign_in
from tests.factories import BEFORE, COMMUNE, FIRST_DAY, LAST_DAY, NOON, make_commune, make_event, make_slot, make_space
from tests.registrations.people import registered
from tests.workspace.test_programme_pages import EVENT, PLAN, form_of, undo

NEW = "/lam-viec/tinh/40/ngay-hoi/moi"


@pytest.fixture
def desk(app):
    clock.shift_to(BEFORE)
    make_event()
    return sign_in(app)


@pytest.fixture
def province(app, desk):
    return sign_in(app, scope="province:40")


def done(desk, url, **sent):
    """The page that follows a form."""
    return desk.get(desk.post(url, sent).location).text


def test_a_copy_of_an_event_begins_a_year_later(province):
    copy = form_of(province, f"{NEW}?tu=ngay-hoi-2027")

    assert (copy["name"], copy["first_day"], copy["last_day"]) == ("Ngày hội toàn dân học tập số", "09/10/2028", "10/10/2028")
    assert 'value="ngay-hoi-2028"' in province.get(f"{NEW}?tu=ngay-hoi-2027").text


def test_whom_calling_off_touches_is_shown_before(province):
    make_commune()
    registered(make_slot(capacity=2), people=3)

    page = province.get(f"{EVENT}/huy").text

    assert "3 người đã đăng ký." in page
    assert "Hủy ngày hội: 3 người mất chỗ" in page
    assert "Xã Anh Sơn" in page
    assert f"{EVENT}/xoa" not in page


def test_an_event_with_people_is_called_off_for_good(province):
    registered(make_slot(), people=3)

    page = done(province, f"{EVENT}/huy")

    assert "3 người mất chỗ" in page
    assert "Mở lại ngày hội" not in page
    assert province.post(f"{EVENT}/mo-lai").status_code == 409
    assert province.post(f"{EVENT}/xoa").status_code == 409


def test_an_event_without_people_is_opened_again(province):
    slot = make_slot()
    page = done(province, f"{EVENT}/huy")
    off = queries.slot(slot).cancelled_at
    undo(province, page)
    db.session.rollback()

    assert (off is None, queries.slot(slot).cancelled_at) == (False, None)


def test_who_works_there_and_residents_are_told_that_it_is_off(app, desk, province):
    make_slot()
    province.post(f"{EVENT}/huy")

    assert "Ngày hội này đã hủy." in desk.get(PLAN).text
    assert "Ngày hội này đã hủy." in app.test_client().get(f"/{COMMUNE}").text
    assert desk.post(f"{PLAN}/hoat-dong/moi", {"kind": "class", "title": "Lớp A"}).status_code == 409


def test_an_empty_event_is_deleted_and_put_back(province):
    programme.open_event("40", "ngay-hoi-2028", EventDraft(name="Mở nhầm", first_day=FIRST_DAY, last_day=LAST_DAY), now=BEFORE)
    url = EVENT.replace("2027", "2028")
    asked = province.get(f"{url}/huy").text

    page = done(province, f"{url}/xoa")

    assert "Xóa ngày hội này?" in asked
    assert "Đã xóa ngày hội “Mở nhầm”." in page
    assert province.get(url).status_code == 404
    assert "Đã hoàn tác." in province.get(undo(province, page).location).text


def test_what_goes_with_a_begun_event_is_shown_and_all_of_it_put_back(province):
    slot = make_slot()
    asked = province.get(f"{EVENT}/huy").text
    url = f"{EVENT}/xoa"
    shown = province.get(url).text
    page = done(province, url, **form_of(province, url))
    undo(province, page)
    db.session.rollback()

    assert f'href="{url}"' in asked
    assert "Xóa ngày hội và kế hoạch của 1 xã" in shown
    assert queries.slot(slot).title


def test_what_was_planned_while_one_looked_is_shown_before_it_goes(province):
    make_slot()
    shown = form_of(province, f"{EVENT}/xoa")
    make_slot()
    answer = province.post(f"{EVENT}/xoa", shown)

    assert (answer.status_code, "có xã vừa sửa kế hoạch" in answer.text) == (409, True)


def test_an_event_with_people_offers_no_deleting(province):
    registered(make_slot())

    assert "Hủy ngày hội này?" in province.get(f"{EVENT}/xoa").text


@pytest.mark.parametrize("act", ["huy", "mo-lai", "xoa"])
def test_another_province_s_event_is_not_here(app, province, act):
    make_commune("19774", "Phường Thuận Hóa", province="46")
    foreign = sign_in(app, scope="province:46", email="a@b.vn")

    assert foreign.post(f"{EVENT.replace('tinh/40', 'tinh/46')}/{act}").status_code == 404
    assert sign_in(app, Role.VIEWER, "province:40").post(f"{EVENT}/{act}").status_code == 403


def last_year():
    event = make_event(code="ngay-hoi-2026", first_day=FIRST_DAY.replace(year=2026), last_day=LAST_DAY.replace(year=2026))
    make_slot(event=event, starts_at=NOON.replace(year=2026), title="Lớp năm ngoái", space_id=make_space())


def test_last_year_s_plan_is_counted_copied_and_taken_back(desk):
    last_year()
    asked = desk.get(f"{PLAN}/chep").text
    page = done(desk, f"{PLAN}/chep", tu="ngay-hoi-2026")
    copied = [(slot.title, slot.starts_at) for slot in queries.slots(make_event().id)]
    undo(desk, page)
    db.session.rollback()

    assert "Chép 1 hoạt động" in asked
    assert "Đã chép 1 hoạt động từ lần trước." in page
    assert copied == [("Lớp năm ngoái", NOON)]
    assert queries.slots(make_event().id) == []


def test_an_empty_plan_offers_what_was_planned_before(desk):
    assert f"{PLAN}/chep" not in desk.get(PLAN).text
    last_year()

    assert f"{PLAN}/chep" in desk.get(PLAN).text


def test_only_a_commune_s_own_other_event_is_copied(desk):
    make_slot(event=make_event(code="cua-xa-khac"), commune="17230")

    assert "Xã chưa có kế hoạch nào khác để chép." in desk.get(f"{PLAN}/chep").text
    assert {desk.post(f"{PLAN}/chep", {"tu": code}).status_code for code in ("cua-xa-khac", "ngay-hoi-2027", "")} == {404}


@pytest.mark.parametrize("year", ["0001", "1999", "2100", "9999"])
def test_a_year_that_cannot_be_meant_is_told_beside_its_field(province, year):
    """An event of the year 9999 once made every page fail that looked for the next one."""
    sent = {"name": "Ngày hội", "code": "ngay-hoi-xa", "first_day": f"09/10/{year}", "last_day": f"10/10/{year}"}
    answer = province.post(NEW, sent)

    assert (answer.status_code, 'href="#first_day"' in answer.text) == (422, True)
    assert "từ 2000 đến 2099" in answer.text
