"""The holder's page: who has the secret may do everything, who has the QR may look."""

import re
from datetime import timedelta

import cv2
import numpy as np
import pytest
import zxingcpp
from icalendar import Calendar

from eventday.db import db
from eventday.kernel.clock import local
from eventday.programme import queries, skills
from eventday.registrations import service
from eventday.registrations.domain import PersonRequest, RegistrationRequest, Source
from eventday.registrations.models import Pass
from tests.checkins.gate import Phone, scanned, undo
from tests.conftest import MORNING
from tests.factories import BEFORE, COMMUNE, NOON, make_event, make_slot
from tests.registrations.people import counters, statuses
from tests.residents.conftest import at

PHONE = "+84912345678"


def register(*names, slots=(), birth_year=None, phone=PHONE):
    people = tuple(PersonRequest(name=name, slot_ids=tuple(slots), birth_year=birth_year) for name in names)
    request = RegistrationRequest(event_id=make_event().id, commune_code=COMMUNE, phone=phone, people=people, source=Source.WEB)
    return service.register(request, now=BEFORE)


def decoded(picture: bytes) -> str:
    image = cv2.imdecode(np.frombuffer(picture, np.uint8), cv2.IMREAD_GRAYSCALE)
    return zxingcpp.read_barcodes(image)[0].text


def test_page_shows_name_code_and_places(client):
    [issued] = register("Nguyễn Thị Hoà", slots=[make_slot(title="Lớp điện thoại")])

    page = client.get(f"/p/{issued.secret}").text

    assert "Nguyễn Thị Hoà" in page
    assert "<i>-</i>".join(issued.code.split("-")) in page
    assert "Lớp điện thoại" in page
    assert "Giữ chỗ" in page


def test_pages_of_a_pass_are_kept_by_nobody(client):
    [issued] = register("Nguyễn Thị Hoà")

    headers = client.get(f"/p/{issued.secret}").headers

    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "same-origin"


def test_the_phone_is_masked_even_here(client):
    [issued] = register("Nguyễn Thị Hoà")

    page = client.get(f"/p/{issued.secret}").text

    assert "091****678" in page
    assert "0912 345 678" not in page
    assert "912345678" not in page


def test_who_waits_sees_which_place(client):
    slot = make_slot(capacity=1)
    register("Người trước", slots=[slot])
    register("Người hai", slots=[slot])
    [third] = register("Người ba", slots=[slot])

    assert "Danh sách chờ: thứ 2" in client.get(f"/p/{third.secret}").text


def test_a_family_is_tabs_and_one_person_has_none(client):
    family, [alone] = register("Trần Văn Hoà", "Trần Đình Nghĩa"), register("Lê An")

    page = client.get(f"/p/{family[0].secret}").text

    assert f'href="/p/{family[1].secret}"' in page
    assert 'class="tabs"' not in client.get(f"/p/{alone.secret}").text


def test_a_stranger_of_the_same_phone_is_not_in_the_household(client):
    [one] = register("Trần Văn Hoà")
    register("Người Lạ")

    assert "Lạ" not in client.get(f"/p/{one.secret}").text


@pytest.mark.parametrize("secret", ["x", "0" * 26, "%00", "ABCDEFGHJKMNPQRSTVWXYZ2345", "a" * 3000])
def test_a_wrong_secret_opens_nothing(client, secret):
    register("Nguyễn Thị Hoà")

    assert client.get(f"/p/{secret}").status_code == 404


def test_cancelling_asks_first_and_moves_the_next_one_up(client):
    slot = make_slot(capacity=1, title="Lớp điện thoại")
    [first] = register("Nguyễn Một", slots=[slot])
    register("Nguyễn Hai", slots=[slot])
    registration = first.placed[0].id

    asked = client.get(f"/p/{first.secret}/huy?dk={registration}")
    before = statuses(slot)
    done = client.post(f"/p/{first.secret}/huy", data={"dk": str(registration)})

    assert "Lớp điện thoại" in asked.text
    assert before == ["confirmed", "waiting"]
    assert done.status_code == 303
    assert statuses(slot) == ["cancelled", "confirmed"]


def test_nobody_cancels_for_others(client):
    slot = make_slot()
    [one], [other] = register("Nguyễn Một", slots=[slot]), register("Nguyễn Hai", slots=[slot])

    answer = client.post(f"/p/{one.secret}/huy", data={"dk": str(other.placed[0].id)})

    assert answer.status_code == 404
    assert statuses(slot) == ["confirmed", "confirmed"]


@pytest.mark.parametrize("path", ["huy", "them", "cap-lai"])
def test_another_site_can_do_nothing(client, path):
    slot = make_slot()
    [issued] = register("Nguyễn Một", slots=[slot])

    answer = client.post(
        f"/p/{issued.secret}/{path}", data={"dk": str(issued.placed[0].id), "slot": str(slot)}, headers={"Origin": "https://evil.example"}
    )

    assert answer.status_code == 403
    assert statuses(slot) == ["confirmed"]
    assert client.get(f"/p/{issued.secret}").status_code == 200


def test_an_activity_is_added_to_the_same_pass(client):
    slot = make_slot(title="Lớp mới")
    [issued] = register("Nguyễn Một")

    offered = client.get(f"/p/{issued.secret}/them").text
    answer = client.post(f"/p/{issued.secret}/them", data={"slot": str(slot)})

    assert "Lớp mới" in offered
    assert answer.status_code == 303
    assert counters(slot) == (1, 0)
    assert db.session.query(Pass).count() == 1


def test_what_cannot_be_added_leads_back_to_the_pass(client):
    slot = make_slot()
    [issued] = register("Nguyễn Một")
    at(NOON + timedelta(minutes=1))

    answer = client.post(f"/p/{issued.secret}/them", data={"slot": str(slot)})

    assert answer.status_code == 409
    assert "Ca này đã đóng" in answer.text
    assert f'href="/p/{issued.secret}"' in answer.text


def test_adding_nothing_says_so(client):
    make_slot()
    [issued] = register("Nguyễn Một")

    answer = client.post(f"/p/{issued.secret}/them")

    assert answer.status_code == 422
    assert "Chưa chọn hoạt động nào" in answer.text


def test_what_overlaps_is_a_warning(client):
    held = make_slot(title="Đã giữ")
    make_slot(title="Cùng lúc", starts_at=NOON + timedelta(hours=1))
    [issued] = register("Nguyễn Một", slots=[held])

    assert "Trùng giờ với “Đã giữ”" in client.get(f"/p/{issued.secret}/them").text


def test_a_new_link_kills_the_old_one(client):
    [issued] = register("Nguyễn Một")

    answer = client.post(f"/p/{issued.secret}/cap-lai")

    assert client.get(f"/p/{issued.secret}").status_code == 404
    assert client.get(answer.location).status_code == 200


@pytest.mark.parametrize("path", ["", "/huy?dk=x", "/them", "/cap-lai", "/the.png", "/lich.ics"])
def test_looking_changes_nothing(client, path):
    slot = make_slot(capacity=1)
    [first], _ = register("Nguyễn Một", slots=[slot]), register("Nguyễn Hai", slots=[slot])

    client.get(f"/p/{first.secret}{path}")

    assert statuses(slot) == ["confirmed", "waiting"]
    assert counters(slot) == (1, 1)


@pytest.mark.parametrize("way", ["/T/{}", "/t/{}"])
def test_the_qr_opens_what_shows_and_changes_nothing(client, way):
    slot = make_slot(title="Lớp điện thoại")
    [issued] = register("Nguyễn Thị Hoà", slots=[slot])

    page = client.get(way.format(issued.token)).text.replace(issued.token, "")  # whose letters are chance: they may look like a phone number

    assert "Nguyễn Thị Hoà" in page
    assert "Lớp điện thoại" in page
    assert "<form" not in page
    assert issued.secret not in page
    assert "/p/" not in page
    assert "091" not in page


def test_a_small_letter_token_is_read_too(client):
    [issued] = register("Nguyễn Thị Hoà")

    assert "Nguyễn Thị Hoà" in client.get(f"/t/{issued.token.lower()}").text


def test_a_forged_token_shows_nobody(client):
    [issued] = register("Nguyễn Thị Hoà")
    forged = issued.token[:-5] + ("00000" if issued.token[-5:] != "00000" else "10000")

    answer = client.get(f"/T/{forged}")

    assert answer.status_code == 404
    assert "Không phải thẻ ngày hội" in answer.text
    assert "Hoà" not in answer.text


def test_a_withdrawn_pass_has_no_code(client):
    [issued] = register("Nguyễn Thị Hoà")
    service.revoke(issued.id, now=BEFORE)

    page = client.get(f"/p/{issued.secret}").text

    assert 'class="qr"' not in page
    assert "thu hồi" in page
    assert client.get(f"/p/{issued.secret}/the.png").status_code == 404


def test_qr_of_a_withdrawn_pass_is_not_called_genuine(client):
    [issued] = register("Nguyễn Thị Hoà")
    service.revoke(issued.id, now=BEFORE)

    page = client.get(f"/T/{issued.token}").text

    assert "Thẻ này đã bị thu hồi." in page
    assert "thẻ thật" not in page


def test_picture_carries_the_pass(client):
    [issued] = register("Nguyễn Thị Hoà")

    answer = client.get(f"/p/{issued.secret}/the.png")

    assert answer.mimetype == "image/png"
    assert decoded(answer.data).endswith(f"/T/{issued.token}")
    assert decoded(answer.data).isupper()


def test_calendar_has_what_stands_in_vietnamese_time(client):
    kept, given_back = make_slot(title="Lớp giữ"), make_slot(title="Lớp bỏ")
    [issued] = register("Nguyễn Thị Hoà", slots=[kept, given_back])
    service.cancel(issued.placed[1].id, now=BEFORE)

    answer = client.get(f"/p/{issued.secret}/lich.ics")
    [entry] = Calendar.from_ical(answer.data).walk("VEVENT")

    assert answer.mimetype == "text/calendar"
    assert entry["summary"] == "Lớp giữ"
    assert entry["dtstart"].params["TZID"] == "Asia/Ho_Chi_Minh"
    assert entry["dtstart"].dt == local(NOON)


def test_a_name_is_text_and_nothing_else(client):
    [issued] = register("<script>alert(1)</script> {{7*7}}")

    page = client.get(f"/p/{issued.secret}").text

    assert "<script>alert" not in page
    assert "49" not in re.sub(r"<style.*?</style>|<svg.*?</svg>|\d+/\d+", "", page, flags=re.S) or "{{7*7}}" in page


def test_page_shows_when_the_holder_came_in_and_what_was_learnt(client):
    slot, later = make_slot(title="Lớp VietQR", starts_at=MORNING), make_slot(title="Lớp VNeID", starts_at=MORNING + timedelta(hours=3))
    for slot_id, skill in ((slot, "Quét mã VietQR"), (later, "Đăng nhập VNeID")):
        skills.attest(queries.slot(slot_id).activity_id, skill)
    [issued] = register("Nguyễn Thị Hoà", slots=[slot, later])
    phone, entry, stamp = Phone(client), scanned(issued.token, slot), scanned(issued.token, slot, kind="stamp")
    phone.send(entry, stamp)

    page = client.get(f"/p/{issued.secret}").text

    assert f"Đã vào lúc {local(MORNING):%H:%M}" in page
    assert "Đã có 1 trong 2 dấu." in page
    assert page.index("Quét mã VietQR") < page.index("Đăng nhập VNeID") < page.index("chưa có")


def test_what_was_taken_back_is_not_shown(client):
    slot = make_slot(starts_at=MORNING)
    [issued] = register("Nguyễn Thị Hoà", slots=[slot])
    phone, entry, stamp = Phone(client), scanned(issued.token, slot), scanned(issued.token, slot, kind="stamp")
    phone.send(entry, stamp, undo(entry), undo(stamp))

    page = client.get(f"/p/{issued.secret}").text

    assert "Đã vào lúc" not in page
    assert "Hộ chiếu kỹ năng" not in page
