"""The page of scanners: how each is told, and what it is called."""

import re
from html import unescape

import pytest

from eventday.access import queries as access_queries
from eventday.access import service as access
from eventday.access.domain import Role
from eventday.audit import queries as audit
from eventday.audit.queries import Wanted
from eventday.kernel import clock
from tests.checkins.gate import Phone, scanned
from tests.desk import sign_in
from tests.factories import BEFORE, COMMUNE, make_commune, make_event

HERE = f"/lam-viec/{COMMUNE}/ngay-hoi-2027"
PAGE = f"{HERE}/may-quet"


@pytest.fixture
def desk(app):
    clock.shift_to(BEFORE)
    make_event()
    return sign_in(app)


def enrolled(name="Cổng chính", commune=COMMUNE, manual=False):
    code = access.open_enrolment(make_event().id, commune, [], manual=manual, now=clock.now())
    return access.enrol(code, name, now=clock.now())


def name_of(device):
    return access_queries.device_of_token(device.token).name


def seen(page):
    return unescape(re.search(r'name="seen" value="([^"]*)"', page.text).group(1))


def rename(desk, device, name, stamp=None):
    address = f"{PAGE}/{device.id}/ten"
    return desk.post(address, {"name": name, "seen": seen(desk.get(address)) if stamp is None else stamp})


def test_a_device_gets_a_new_name_that_every_page_and_program_tells(app, desk):
    phone = Phone(app.test_client())
    phone.outcomes(scanned("rác"))

    answer = desk.post(f"{PAGE}/{phone.id}/ten", {"name": "Cổng sau", "seen": seen(desk.get(f"{PAGE}/{phone.id}/ten"))})
    phone.outcomes(scanned("rác"))

    assert "Đã đổi tên máy." in desk.get(answer.location).text
    assert all("Cổng sau" in page and "Máy cổng" not in page for page in (desk.get(PAGE).text, desk.get(f"{HERE}/ngay-hoi").text))
    assert phone.bundle()["device"]["name"] == "Cổng sau"


def test_a_new_name_is_in_the_log_with_the_old_one(desk):
    device = enrolled()

    rename(desk, device, "Cổng sau")

    (entry,) = [one for one in audit.entries(COMMUNE, Wanted()) if one.action == "changed"]
    assert (entry.subject_kind, entry.before, entry.after) == ("device", {"name": "Cổng chính"}, {"name": "Cổng sau"})


@pytest.mark.parametrize(("name", "told"), [("  ", "Hãy ghi tên máy"), ("x" * 61, "nhiều nhất 60 ký tự")])
def test_a_name_that_cannot_be_is_told_beside_its_field(desk, name, told):
    device = enrolled()

    answer = rename(desk, device, name)

    assert (answer.status_code, told in answer.text, name_of(device)) == (422, True, "Cổng chính")


def test_who_saves_second_is_told_the_name_that_was_given_meanwhile(desk):
    device = enrolled()
    stamp = seen(desk.get(f"{PAGE}/{device.id}/ten"))
    rename(desk, device, "Cổng sau")

    told = rename(desk, device, "Cổng trước", stamp)
    again = rename(desk, device, "Cổng trước", seen(told))

    assert (told.status_code, "<ins>Cổng sau</ins>" in told.text, 'value="Cổng trước"' in told.text) == (409, True, True)
    assert "organiser@commune-17329.vn đã sửa mục này lúc" in told.text
    assert (again.status_code, name_of(device)) == (303, "Cổng trước")


def test_another_commune_s_or_event_s_device_is_not_renamed(app, desk):
    make_commune("17230", "Xã Con Cuông")
    make_event(code="ngay-hoi-2028")
    elsewhere, here = enrolled(commune="17230"), enrolled()

    answers = [desk.get(f"{PAGE}/{elsewhere.id}/ten"), desk.post(f"{PAGE}/{elsewhere.id}/ten", {"name": "X", "seen": "{}"})]
    other_event = desk.get(f"/lam-viec/{COMMUNE}/ngay-hoi-2028/may-quet/{here.id}/ten")
    viewer = sign_in(app, Role.VIEWER).get(f"{PAGE}/{here.id}/ten")

    assert [answer.status_code for answer in (*answers, other_event, viewer)] == [404, 404, 404, 403]
    assert name_of(elsewhere) == "Cổng chính"


def test_each_device_tells_where_it_scans_and_how_fresh_it_is(desk):
    enrolled("Bàn đón tiếp", manual=True)

    page = desk.get(PAGE).text

    assert "Quét ở: mọi nơi của xã" in page
    assert "tìm được theo tên" in page
    assert '<span class="fresh fresh--bad"><span>chưa mở lần nào</span></span>' in page


def test_a_revoked_device_can_only_be_renamed(desk):
    device = enrolled()
    answer = desk.post(f"{PAGE}/{device.id}/thu-hoi")

    page = desk.get(answer.location).text

    assert "Từ lúc này máy ấy không quét được nữa." in page
    assert f"{device.id}/thu-hoi" not in page
    assert f"{device.id}/ten" in page
