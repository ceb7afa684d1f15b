"""Whoever saves second is told by name who was first, on every page that changes something."""

import re

import pytest

from eventday.kernel import clock, ids
from eventday.places import editing
from eventday.places.entries import HamletEntry
from eventday.programme import queries
from tests.desk import sign_in
from tests.factories import BEFORE, COMMUNE, make_event, make_slot, make_space
from tests.registrations.people import registered
from tests.workspace.test_programme_pages import EVENT, form_of

DESK = f"/lam-viec/{COMMUNE}/ngay-hoi-2027"


@pytest.fixture
def pages(app):
    """The address of each editing page with what two people type there."""
    clock.shift_to(BEFORE)
    slot = make_slot(space_id=make_space())
    (one,) = registered(make_slot())
    hamlet = editing.add(COMMUNE, [HamletEntry(name="Thôn 1")], now=BEFORE)[0]
    return {
        "slot": (f"{DESK}/ke-hoach/ca/{slot}", {"capacity": "20", "xac-nhan": "1"}, {"capacity": "25", "xac-nhan": "1"}),
        "activity": (f"{DESK}/ke-hoach/hoat-dong/{queries.slot(slot).activity_id}", {"speaker": "Bà Lê"}, {"speaker": "Ông Vi"}),
        "event": (EVENT, {"name": "Ngày hội A"}, {"name": "Ngày hội B"}),
        "place": (f"{DESK}/dia-phuong/thon/{hamlet}", {"name": "Thôn 2", "code": "H01"}, {"name": "Thôn 3", "code": "H01"}),
        "profile": (f"{DESK}/dia-phuong/gioi-thieu", {"text": "Mời bà con"}, {"text": "Kính mời"}),
        "report": (f"{DESK}/bao-cao", {"place": "Anh Sơn", "signer": "Lê An"}, {"place": "Anh Sơn", "signer": "Lô Hà"}),
        "person": (f"{DESK}/nguoi-tham-gia/{one.id}", {"name": "Lê An", "birth_year": "1980"}, {"name": "Lê Ân", "birth_year": "1981"}),
    }


@pytest.mark.parametrize("page", ["slot", "activity", "event", "place", "profile", "person", "report"])
def test_the_second_editor_is_told_who_and_when(app, pages, page):
    make_event()
    scope = "province:40"
    first, second = (sign_in(app, scope=scope, email=f"{name}@xa.vn") for name in ("hoa", "lan"))
    url, mine, theirs = pages[page]
    form = form_of(second, url)

    first.post(url, form_of(first, url) | theirs)
    told = second.post(url, form | mine)

    assert told.status_code == 409
    assert re.search(r"<b>hoa@xa\.vn đã sửa mục này lúc 08:0\d ngày 28/09/2027\.</b>", told.text)


def test_an_import_s_author_is_told_to_who_edits_the_activity(app, pages):
    from tests.imports.test_export import edited, exported, read_back

    desk, url = sign_in(app), pages["activity"][0]
    form = form_of(desk, url)
    read_back(make_event(), edited(exported(make_event()), N2="Bà Lê"), dry_run=False)

    told = desk.post(url, form | {"speaker": "Ông Vi"})

    assert told.status_code == 409
    assert "Người chưa đăng nhập đã sửa mục này lúc" in told.text


@pytest.mark.parametrize("page", ["slot", "activity"])
def test_what_another_deleted_meanwhile_is_put_back_and_saved_by_one_press(app, pages, page):
    first, second = (sign_in(app, email=f"{name}@xa.vn") for name in ("hoa", "lan"))
    url, mine, _ = pages[page]
    form = form_of(second, url) | mine
    first.post(f"{url}/xoa")

    told = second.post(url, form)
    kept = dict(re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', told.text))
    back = re.search(r'name="dua-lai" value="([^"]+)"', told.text)[1]
    saved = second.post(url, form | {"dua-lai": back, "xac-nhan": "1"})

    assert told.status_code == 409
    assert "hoa@xa.vn đã xóa mục này lúc 08:0" in told.text
    assert mine.items() <= kept.items()
    assert saved.status_code == 303
    assert next(iter(mine.values())) in second.get(url).text


def test_what_was_never_there_is_not_found(app, pages):
    desk = sign_in(app)

    assert {
        desk.post(f"{DESK}/ke-hoach/{kind}/{ids.new()}", sent).status_code for kind in ("ca", "hoat-dong") for sent in ({}, {"dua-lai": "x"})
    } == {404}


def test_who_deleted_a_village_is_told(app, pages):
    first, second = (sign_in(app, email=f"{name}@xa.vn") for name in ("hoa", "lan"))
    url, mine, _ = pages["place"]
    form = form_of(second, url) | mine
    first.post(f"{url}/xoa")

    assert "hoa@xa.vn đã xóa mục này lúc" in second.post(url, form).text


def test_only_the_thing_itself_is_put_back_by_its_form(app, pages):
    desk = sign_in(app)
    url = pages["slot"][0]
    other = re.search(r"muc=([0-9a-f-]+)", desk.post(f"{pages['activity'][0]}/xoa").location)[1]

    assert desk.post(f"{DESK}/ke-hoach/ca/{make_slot()}", {"dua-lai": other}).status_code == 404
    assert desk.get(url).status_code == 404
