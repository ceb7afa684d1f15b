"""The pages where a commune's places, hosts and equipment are entered."""

import re
from contextlib import contextmanager
from datetime import timedelta
from html import unescape
from io import BytesIO
from random import Random

import pytest
from PIL import Image
from sqlalchemy import event

from eventday.access.domain import Role
from eventday.db import db
from eventday.kernel import clock
from eventday.places import editing, queries
from eventday.places.entries import EquipmentEntry, HamletEntry, HostEntry, SpaceEntry, Thing, VenueEntry
from eventday.registrations import slots
from tests.conftest import MORNING
from tests.desk import sign_in
from tests.factories import BEFORE, COMMUNE, make_commune, make_event, make_slot
from tests.places.samples import enter_sample_places

HERE = f"/lam-viec/{COMMUNE}/ngay-hoi-2027/dia-phuong"
NEW = {
    "dia-diem": (
        Thing.VENUE,
        {"name": "Nhà văn hóa thôn 1", "address": "Thôn 1"},
        VenueEntry(name="Nhà văn hóa thôn 1", address="Thôn 1", code="V01"),
    ),
    "thon": (Thing.HAMLET, {"name": "Thôn 1", "households": "1.200"}, HamletEntry(name="Thôn 1", code="H01", households=1200)),
    "don-vi": (Thing.HOST, {"name": "Đoàn xã", "aliases": "ĐTN\r\nĐoàn TN\nĐTN"}, HostEntry(name="Đoàn xã", aliases=("ĐTN", "Đoàn TN"))),
    "thiet-bi": (Thing.EQUIPMENT, {"name": "loa", "unit": "bộ", "in_commune": "3"}, EquipmentEntry(name="loa", unit="bộ", in_commune=3)),
}


@pytest.fixture
def desk(app):
    clock.shift_to(BEFORE)
    make_event()
    return sign_in(app)


def add(entry):
    return editing.add(COMMUNE, [entry], now=BEFORE)[0]


def seen(page):
    return unescape(re.search(r'name="seen" value="([^"]*)"', page.text).group(1))


def picture():
    drawn = BytesIO()
    Image.new("RGB", (80, 80), "red").save(drawn, "PNG")
    return drawn.getvalue()


def test_an_empty_commune_is_shown_the_first_steps(desk):
    page = desk.get(HERE).text

    assert page.count("đầu tiên") == 4
    assert "Chưa có số điện thoại để bà con gọi" in page


@pytest.mark.parametrize("slug", NEW)
def test_each_thing_is_entered_from_its_form(desk, slug):
    thing, typed, entry = NEW[slug]
    answer = desk.post(f"{HERE}/{slug}/moi", typed)

    assert [known.entry for known in queries.entered(COMMUNE, thing)] == [entry]
    assert typed["name"] in desk.get(answer.location).text


def test_a_room_is_entered_in_its_venue(desk):
    venue = add(VenueEntry(name="Trường THCS"))
    typed = {"venue_id": venue, "name": "Sân", "kind": "yard", "capacity": "800", "pitches": "30", "opens": "6h", "closes": "21 giờ 30"}
    desk.post(f"{HERE}/phong/moi", typed)

    (space,) = queries.spaces(COMMUNE)
    assert (space.full_name, space.capacity, space.pitches) == ("Sân, Trường THCS", 800, 30)
    assert f"{space.opens:%H:%M}–{space.closes:%H:%M}" == "06:00–21:30"


def test_one_may_go_on_adding_in_the_same_venue(desk):
    venue = add(VenueEntry(name="Trường THCS"))
    answer = desk.post(f"{HERE}/phong/moi", {"venue_id": venue, "name": "Sân", "kind": "yard", "tiep": "1"})

    page = desk.get(answer.location).text
    assert f'selected value="{venue}"' in page
    assert "Đã thêm." in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": ""}, "Hãy ghi tên phòng hoặc sân"),
        ({"capacity": "nhiều"}, "Hãy ghi một số từ 0"),
        ({"opens": "25h"}, "Hãy ghi giờ như 07:00"),
        ({"opens": "17h", "closes": "7h"}, "Giờ đóng cửa phải sau giờ mở cửa."),
        ({"kind": "<b>"}, "Hãy chọn một mục trong danh sách."),
        ({"aliases": "ht nvh"}, "“ht nvh” đã là tên gọi của “Hội trường, Nhà văn hóa”"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(desk, typed, sentence):
    venue = add(VenueEntry(name="Nhà văn hóa"))
    add(SpaceEntry(venue_id=venue, name="Hội trường", kind="hall", aliases=("HT NVH",)))
    answer = desk.post(f"{HERE}/phong/moi", {"venue_id": venue, "name": "Phòng họp", "kind": "room", **typed})

    assert answer.status_code == 422
    assert answer.text.casefold().count(sentence.casefold()) == 2  # in the summary behind its field's name
    assert all(text in answer.text for text in typed.values() if text != "<b>")
    assert len(queries.spaces(COMMUNE)) == 1


def test_a_thing_is_changed_and_shown(desk):
    hamlet = add(HamletEntry(name="Thôn 1"))
    page = desk.get(f"{HERE}/thon/{hamlet}")
    answer = desk.post(f"{HERE}/thon/{hamlet}", {"name": "Thôn Đông", "code": "H01", "seen": seen(page)})

    assert queries.one(COMMUNE, Thing.HAMLET, hamlet).entry == HamletEntry(name="Thôn Đông", code="H01", aliases=("Thôn 1",))
    assert "Đã lưu." in desk.get(answer.location).text


def test_a_room_s_full_name_follows_its_name(desk):
    venue = add(VenueEntry(name="Trường THCS"))
    room = add(SpaceEntry(venue_id=venue, name="Phòng 1", kind="room"))
    page = desk.get(f"{HERE}/phong/{room}")
    desk.post(f"{HERE}/phong/{room}", {"venue_id": venue, "name": "Phòng tin học", "kind": "room", "full_name": "", "seen": seen(page)})

    assert 'name="full_name" type="text" value=""' in page.text
    assert queries.spaces(COMMUNE)[0].full_name == "Phòng tin học, Trường THCS"


def test_who_saves_second_sees_what_changed_and_a_second_press_overwrites(desk):
    host = add(HostEntry(name="Đoàn xã"))
    shown = seen(desk.get(f"{HERE}/don-vi/{host}"))
    desk.post(f"{HERE}/don-vi/{host}", {"name": "Đoàn xã", "kind": "đoàn thể", "seen": shown})

    told = desk.post(f"{HERE}/don-vi/{host}", {"name": "Đoàn xã Anh Sơn", "kind": "", "seen": shown})
    kept = queries.one(COMMUNE, Thing.HOST, host).entry
    desk.post(f"{HERE}/don-vi/{host}", {"name": "Đoàn xã Anh Sơn", "kind": "", "seen": seen(told)})

    assert told.status_code == 409
    assert "<ins>đoàn thể</ins>" in told.text
    assert 'value="Đoàn xã Anh Sơn"' in told.text
    assert kept == HostEntry(name="Đoàn xã", kind="đoàn thể")
    assert queries.one(COMMUNE, Thing.HOST, host).entry.name == "Đoàn xã Anh Sơn"


def test_what_somebody_deleted_meanwhile_can_be_added_again_as_typed(desk):
    host = add(HostEntry(name="Đoàn xã"))
    shown = seen(desk.get(f"{HERE}/don-vi/{host}"))
    desk.post(f"{HERE}/don-vi/{host}/xoa")

    told = desk.post(f"{HERE}/don-vi/{host}", {"name": "Đoàn xã Anh Sơn", "seen": shown})

    assert told.status_code == 409
    assert 'value="Đoàn xã Anh Sơn"' in told.text
    assert f'action="{HERE}/don-vi/moi"' in told.text


def test_a_copy_has_all_but_what_must_differ(desk):
    venue = add(VenueEntry(name="Trường THCS"))
    room = add(SpaceEntry(venue_id=venue, name="Phòng 1", kind="room", capacity=40, aliases=("P1",)))
    page = desk.get(f"{HERE}/phong/moi?tu={room}").text

    assert 'value="40"' in page
    assert "P1" not in page
    assert "Đây là bản chép" in page


@pytest.mark.parametrize("slug", NEW)
def test_what_was_deleted_is_put_back_by_one_button(desk, slug):
    thing, _, entry = NEW[slug]
    thing_id = add(entry)
    page = desk.get(desk.post(f"{HERE}/{slug}/{thing_id}/xoa").location).text
    undo = re.search(r'action="([^"]*hoan-tac[^"]*)"', page).group(1)
    gone = queries.entered(COMMUNE, thing)
    answer = desk.post(undo)

    assert gone == []
    assert [known.id for known in queries.entered(COMMUNE, thing)] == [thing_id]
    assert "Đã đưa trở lại." in desk.get(answer.location).text


def test_what_a_slot_uses_is_not_deleted_but_named(desk):
    enter_sample_places()
    hall = queries.spaces(COMMUNE)[0]
    make_slot(title="Học VNeID", space_id=hall.id)
    venue = queries.one(COMMUNE, Thing.SPACE, hall.id).entry.venue_id

    answers = [desk.post(f"{HERE}/phong/{hall.id}/xoa"), desk.post(f"{HERE}/dia-diem/{venue}/xoa")]

    assert [answer.status_code for answer in answers] == [409, 409]
    assert all("Học VNeID" in answer.text for answer in answers)
    assert hall in queries.spaces(COMMUNE)


def test_the_organisation_of_an_activity_is_not_deleted_but_named(desk):
    host = add(HostEntry(name="UBND xã"))
    make_slot(title="Học VNeID")
    answer = desk.post(f"{HERE}/don-vi/{host}/xoa")

    assert answer.status_code == 409
    assert re.search(r'href="[^"]*/hoat-dong/[0-9a-f-]{36}">Học VNeID', answer.text)


def test_a_viewer_sees_and_changes_nothing(app, desk):
    hamlet = add(HamletEntry(name="Thôn 1"))
    viewer = sign_in(app, Role.VIEWER)

    assert "/moi" not in viewer.get(HERE).text
    assert viewer.get(f"{HERE}/thon/{hamlet}").status_code == 403
    assert viewer.post(f"{HERE}/thon/{hamlet}/xoa").status_code == 403


def test_another_commune_s_thing_is_as_if_it_were_not(app, desk):
    make_commune("17365", "Xã Anh Sơn Đông")
    (foreign,) = editing.add("17365", [HamletEntry(name="Thôn Đông")], now=BEFORE)
    gone = desk.post(f"{HERE}/thon/{foreign}/xoa")

    assert [gone.status_code, desk.get(f"{HERE}/thon/{foreign}").status_code, desk.post(f"{HERE}/hoan-tac/{foreign}").status_code] == [404, 404, 404]
    assert len(queries.hamlets("17365")) == 1


def test_the_words_of_a_commune_stand_on_its_pages(desk):
    make_slot()
    typed = {"text": "Mời bà con", "phone": "0238 3000 017", "desk": "Một cửa", "seen": seen(desk.get(f"{HERE}/gioi-thieu"))}
    desk.post(f"{HERE}/gioi-thieu", typed)

    page = desk.get(f"/{COMMUNE}").text
    assert all(typed[name] in page for name in ("text", "phone", "desk"))


@pytest.mark.parametrize(("phone", "status"), [("", 303), ("1900 1234", 303), ("0238 3000", 422), ("không", 303)])
def test_a_commune_s_phone_may_be_a_hotline(desk, phone, status):
    assert desk.post(f"{HERE}/gioi-thieu", {"phone": phone, "seen": seen(desk.get(f"{HERE}/gioi-thieu"))}).status_code == status


def test_a_logo_is_drawn_anew_and_served_as_what_it_is(desk):
    make_slot()
    desk.post(f"{HERE}/gioi-thieu/logo", {"logo": (BytesIO(picture()), "../../x.svg")})
    address = re.search(r'src="(/17329/logo/[0-9a-f]{16}\.webp)"', desk.get(f"/{COMMUNE}").text).group(1)
    answer = desk.get(address)

    assert (answer.mimetype, answer.headers["X-Content-Type-Options"]) == ("image/webp", "nosniff")
    assert "immutable" in answer.headers["Cache-Control"]
    assert Image.open(BytesIO(answer.data)).format == "WEBP"


def test_a_picture_of_some_megabytes_is_taken(desk):
    """Of bytes as random as photographs have: pieces of them look like the beginning of a boundary."""
    drawn = BytesIO()
    Image.frombytes("RGB", (1000, 800), Random(1).randbytes(2_400_000)).save(drawn, "PNG")
    sent = desk.post(f"{HERE}/gioi-thieu/logo", {"logo": (BytesIO(drawn.getvalue()), "x.png")})

    assert sent.status_code == 303


def test_a_full_day_with_the_heaviest_logo_fits_a_first_look(desk):
    drawn = BytesIO()
    Image.effect_noise((300, 300), 90).convert("RGB").save(drawn, "PNG")
    desk.post(f"{HERE}/gioi-thieu/logo", {"logo": (BytesIO(drawn.getvalue()), "x.png")})
    for number in range(60):
        make_slot(
            title=f"Lớp học số “Bài {number}: dùng điện thoại thông minh cho việc nhà”", starts_at=MORNING + timedelta(minutes=10 * (number % 24))
        )
    page = desk.get(f"/{COMMUNE}", headers={"Accept-Encoding": "gzip"})
    logo = desk.get(f"/{COMMUNE}/logo/{queries.profile(COMMUNE).logo}.webp")

    assert len(page.data) + len(logo.data) <= 14 * 1024
    assert logo.mimetype == "image/webp"


@pytest.mark.parametrize("content", [b"<svg onload='alert(1)'/>", b"", b"MZ" + bytes(500)])
def test_what_is_no_picture_is_told_beside_the_field(desk, content):
    answer = desk.post(f"{HERE}/gioi-thieu/logo", {"logo": (BytesIO(content), "logo.png")})

    assert answer.status_code == 422
    assert answer.text.count("Không đọc được hình này") == 2
    assert queries.profile(COMMUNE).logo == ""


def test_a_logo_taken_away_comes_back_by_one_button(desk):
    desk.post(f"{HERE}/gioi-thieu/logo", {"logo": (BytesIO(picture()), "x.png")})
    logo = queries.profile(COMMUNE).logo
    page = desk.get(desk.post(f"{HERE}/gioi-thieu/logo/bo").location).text
    gone = queries.profile(COMMUNE).logo
    desk.post(f"{HERE}/gioi-thieu/logo/lai", {"logo": re.search(r'name="logo" value="(\w+)"', page).group(1)})

    assert (gone, queries.profile(COMMUNE).logo) == ("", logo)


@pytest.mark.parametrize("name", ["", "../../keys/cookies", "0123456789abcdef"])
def test_only_a_logo_that_the_commune_had_comes_back(desk, name):
    assert desk.post(f"{HERE}/gioi-thieu/logo/lai", {"logo": name}).status_code == 404


@pytest.mark.parametrize("name", ["0123456789abcdef", "..%2f..%2fkeys", "cookies"])
def test_what_is_no_logo_is_not_there(desk, name):
    assert desk.get(f"/{COMMUNE}/logo/{name}.webp").status_code == 404


def test_a_venue_s_address_is_what_residents_maps_look_for(desk):
    venue = add(VenueEntry(name="Nhà văn hóa", address="Khối 3, quốc lộ 7"))
    room = add(SpaceEntry(venue_id=venue, name="Hội trường", kind="hall"))
    make_slot(space_id=room)

    assert "Kh%E1%BB%91i+3%2C+qu%E1%BB%91c+l%E1%BB%99+7" in desk.get(f"/{COMMUNE}").text


@pytest.mark.parametrize(
    ("typed", "hour"),
    [
        ("7h", "07:00"),
        ("7:30", "07:30"),
        ("07.30", "07:30"),
        ("7 giờ 30 phút", "07:30"),
        ("17g15", "17:15"),
        ("24h", "23:59"),
        ("0730", "07:30"),
        ("", "23:59"),
    ],
)
def test_hours_are_read_as_people_write_them(desk, typed, hour):
    venue = add(VenueEntry(name="Nhà văn hóa"))
    desk.post(f"{HERE}/phong/moi", {"venue_id": venue, "name": "Sân", "kind": "yard", "closes": typed})

    assert f"{queries.spaces(COMMUNE)[0].closes:%H:%M}" == hour


def test_the_page_asks_the_same_number_of_times_whatever_is_entered(desk):
    few = statements(desk)
    enter_sample_places()

    assert statements(desk) == few


def statements(desk):
    asked = []
    with listening(asked):
        assert desk.get(HERE).status_code == 200
    return len(asked)


@contextmanager
def listening(asked):
    def hear(*arguments):
        asked.append(arguments[2])

    event.listen(db.engine, "before_cursor_execute", hear)
    yield
    event.remove(db.engine, "before_cursor_execute", hear)


def test_a_room_that_only_cancelled_slots_name_has_a_way_out(desk):
    venue = add(VenueEntry(name="Trường"))
    room = add(SpaceEntry(venue_id=venue, name="Phòng 1", kind="room"))
    slots.cancel_slot(make_slot(title="Lớp đã hủy", space_id=room), now=BEFORE)

    asked = desk.post(f"{HERE}/phong/{room}/xoa")
    done = desk.post(f"{HERE}/phong/{room}/xoa", {"bo-ca-huy": "1"})

    assert (asked.status_code, done.status_code) == (409, 303)
    assert "Xóa “Phòng 1”, giữ các ca đã hủy" in asked.text
    assert "Lớp đã hủy" in asked.text
    back = desk.post(f"{HERE}/hoan-tac/{room}").location
    assert "Nơi này được ghi lại vào 1 ca đã hủy." in desk.get(back).text


@pytest.mark.parametrize("slug", [*NEW, "phong"])
def test_a_copy_of_anything_needs_only_another_name(desk, slug):
    venue = add(VenueEntry(name="Trường", code="V09"))
    thing = Thing.SPACE if slug == "phong" else NEW[slug][0]
    entry = SpaceEntry(venue_id=venue, name="Phòng 1", kind="room", capacity=30) if slug == "phong" else NEW[slug][2]
    page = desk.get(f"{HERE}/{slug}/moi?tu={add(entry)}").text
    sent = dict(re.findall(r'<input [^>]*name="(\w+)"[^>]* value="([^"]*)"', page)) | {"kind": "room", "venue_id": venue}

    saved = desk.post(f"{HERE}/{slug}/moi", sent | {"name": "Bản sao"})

    assert saved.status_code == 303
    assert {"Bản sao", entry.name} <= {known.entry.name for known in queries.entered(COMMUNE, thing)}
