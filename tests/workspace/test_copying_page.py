"""Last year's plan taken over on its page, and nobody else's."""

from datetime import date

import pytest

from eventday.access.domain import Role
from eventday.kernel import clock
from eventday.programme import queries as programme
from tests.desk import sign_in
from tests.factories import BEFORE, COMMUNE, NOON, make_event, make_slot, make_space

PAGE = f"/lam-viec/{COMMUNE}/ngay-hoi-2028/ke-hoach/chep"
ELSEWHERE = "17230"


@pytest.fixture
def desk(each_app):
    clock.shift_to(BEFORE)
    make_slot(title="Lớp học số năm ngoái", space_id=make_space())
    make_event(code="ngay-hoi-2028", first_day=date(2028, 10, 7), last_day=date(2028, 10, 8))
    return sign_in(each_app, Role.ORGANISER, f"commune:{COMMUNE}")


def planned():
    return [slot.title for slot in programme.slots(make_event(code="ngay-hoi-2028").id, COMMUNE)]


def test_it_is_looked_at_and_then_taken_over(desk):
    shown = desk.get(PAGE)
    before = planned()
    done = desk.post(PAGE, {"tu": "ngay-hoi-2027"})

    assert (shown.status_code, before) == (200, [])
    assert (done.status_code, "da=chep" in done.location) == (303, True)
    assert planned() == ["Lớp học số năm ngoái"]


@pytest.mark.parametrize("way", ["get", "post"])
def test_an_event_that_only_others_planned_in_is_one_that_does_not_exist(desk, way):
    other = make_event(code="ngay-hoi-2026", first_day=date(2026, 10, 10), last_day=date(2026, 10, 10))
    make_slot(commune=ELSEWHERE, event=other, starts_at=NOON.replace(year=2026))
    told = [desk.get(f"{PAGE}?tu={code}") if way == "get" else desk.post(PAGE, {"tu": code}) for code in ("ngay-hoi-2026", "khong-co")]

    assert [(one.status_code, planned()) for one in told] == [(404, []), (404, [])]
    assert told[0].text == told[1].text.replace("khong-co", "ngay-hoi-2026")
