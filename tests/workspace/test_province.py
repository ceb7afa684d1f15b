"""The province's home: who needs help, found and sorted without a script, in a fixed number of statements."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import update

from eventday.access import service as access
from eventday.access.domain import Role
from eventday.catalogue.queries import Commune
from eventday.db import transaction
from eventday.kernel import clock
from eventday.programme import models
from eventday.programme.standings import PlanStanding, standings
from eventday.workspace import province
from eventday.workspace.province import CommuneLine, found
from tests.desk import sign_in
from tests.factories import BEFORE, COMMUNE, make_commune, make_event, make_slot
from tests.workspace.test_pages import add_wish, counted_statements

PAGE = "/lam-viec/tinh/40"


@pytest.fixture
def desk(app):
    clock.shift_to(BEFORE)
    make_event()
    make_commune("17230", "Xã Con Cuông")
    make_commune("16813", "Phường Cửa Lò")
    return sign_in(app, Role.VIEWER, scope="province:40")


def line(name, *, published=None, slots=0, wishes=0, registrations=0, seen_at=None):
    commune = Commune("17329", name, name.split()[0].lower(), "40", "Nghệ An", "tỉnh")
    return CommuneLine(commune, PlanStanding(published, slots, wishes, registrations), True, seen_at)


def names(page):
    return re.findall(r'<th role="rowheader"[^>]*><a [^>]+>([^<]+)</a>', page)


LINES = [
    line("Xã Yên Na", published=BEFORE, slots=9, registrations=50, seen_at=BEFORE),
    line("Xã Đô Lương", slots=3, wishes=4, seen_at=BEFORE - timedelta(days=3)),
    line("Phường Cửa Lò", slots=5, seen_at=BEFORE - timedelta(days=9)),
    line("Xã Keng Đu", seen_at=BEFORE),
    line("Xã Mường Típ"),
]


@pytest.mark.parametrize(
    ("sort", "first", "last"),
    [
        ("can-giup", "Xã Mường Típ", "Xã Yên Na"),
        ("", "Xã Mường Típ", "Xã Yên Na"),
        ("ten", "Phường Cửa Lò", "Xã Yên Na"),
        ("ca", "Xã Yên Na", "Xã Mường Típ"),
        ("chua-xep", "Xã Đô Lương", "Xã Yên Na"),
        ("dang-ky", "Xã Yên Na", "Xã Mường Típ"),
        ("tin", "Xã Keng Đu", "Xã Mường Típ"),
    ],
)
def test_lines_are_sorted(sort, first, last):
    told = [one.commune.name for one in found(LINES, sort=sort)]

    assert (told[0], told[-1]) == (first, last)
    assert len(told) == len(LINES)


@pytest.mark.parametrize(
    ("text", "state", "names"), [("do luong", "", ["Xã Đô Lương"]), ("XÃ", "none", ["Xã Mường Típ", "Xã Keng Đu"]), ("zzz", "", [])]
)
def test_lines_are_found_without_diacritics_and_by_state(text, state, names):
    assert [one.commune.name for one in found(LINES, text=text, state=state)] == names


def test_the_page_lists_every_commune_with_its_plan(desk):
    make_slot(title="Lớp A")
    add_wish(make_slot(commune="17230", published=False))

    page = desk.get(PAGE).text

    assert "3 xã, phường: 1 đã công bố" in page
    assert names(page) == ["Phường Cửa Lò", "Xã Con Cuông", "Xã Anh Sơn"]
    assert names(desk.get(f"{PAGE}?q=anh son").text) == ["Xã Anh Sơn"]
    assert names(desk.get(f"{PAGE}?tinh-trang=draft").text) == ["Xã Con Cuông"]
    assert "Không thấy xã, phường nào như vậy" in desk.get(f"{PAGE}?q=zzz").text


def test_links_keep_what_was_asked(desk):
    page = desk.get(f"{PAGE}?q=xa&xep=ten").text

    assert f'href="{PAGE}?q=xa&amp;xep=ca"' in page
    assert '<input type="hidden" name="xep" value="ten">' in page


def test_who_never_came_is_told_from_who_was_never_asked(desk):
    access.add_person("can-bo@xa.vn", Role.ORGANISER, "commune:17230", now=BEFORE)
    code = access.open_enrolment(make_event().id, COMMUNE, [], manual=False, now=BEFORE)
    access.give_list(access.enrol(code, "Cổng", now=BEFORE).id, now=BEFORE + timedelta(minutes=2))

    told = {one.commune.code: (one.invited, one.seen_at) for one in province.overview("40", "", now=BEFORE).lines}

    assert told == {"17230": (True, None), "16813": (False, None), COMMUNE: (False, BEFORE + timedelta(minutes=2))}


def test_a_person_at_a_commune_s_desk_is_a_sign_of_life(desk):
    clock.shift_to(BEFORE + timedelta(hours=1))
    sign_in(desk.client.application)

    page = desk.get(PAGE).text

    assert "vừa xong" in page


@pytest.mark.parametrize("scope", ["commune:17329", "province:46"])
def test_whose_scope_is_not_the_province_sees_nothing(app, desk, scope):
    make_commune("19774", "Phường Thuận Hóa", province="46")

    assert sign_in(app, scope=scope).get(PAGE).status_code == 404


def test_the_country_sees_every_province_and_another_s_event_is_none_of_it(app, desk):
    make_commune("19774", "Phường Thuận Hóa", province="46")
    make_event(code="ngay-hoi-hue", province="46")
    country = sign_in(app, scope="country")

    assert country.get(PAGE).status_code == 200
    assert country.get(f"{PAGE}?ngay-hoi=ngay-hoi-hue").status_code == 404
    assert country.get("/lam-viec/tinh/99").status_code == 404
    assert "ngay-hoi-hue" in country.get("/lam-viec/tinh/46").text


def test_a_province_without_an_event_says_so(app, desk):
    make_commune("19774", "Phường Thuận Hóa", province="46")

    page = sign_in(app, scope="province:46").get("/lam-viec/tinh/46").text

    assert "Tỉnh chưa mở ngày hội nào." in page
    assert "Phường Thuận Hóa" in page


def test_the_page_asks_as_often_for_a_hundred_communes(desk):
    asked = []
    for number in range(2):
        for index in range(1 + 49 * number):
            make_commune(f"{20000 + 100 * number + index}", f"Xã Số {index}")
        with counted_statements() as statements:
            assert desk.get(PAGE).status_code == 200
        asked.append(len(statements))

    assert asked[0] == asked[1] <= 14


def test_plans_are_counted_without_what_is_cancelled(each_app):
    event, kept = make_event(), make_slot()
    gone = make_slot()
    with transaction() as session:
        session.execute(update(models.Slot).where(models.Slot.id == kept).values(taken=12, waiting=3))
        session.execute(update(models.Slot).where(models.Slot.id == gone).values(cancelled_at=BEFORE))

    (told,) = standings(event.id, [COMMUNE, "00070"]).values()

    assert (told.slots, told.wishes, told.registrations, bool(told.published_at)) == (1, 0, 15, True)
