"""What a dry run says of clashes that do not stop an import."""

import pytest
from flask import Flask

from eventday.imports import messages, service
from eventday.imports.plan import Known, read_plan
from eventday.imports.service import Changes
from eventday.imports.when import Days
from eventday.places import queries as places
from eventday.programme.domain import Event
from tests.factories import BEFORE, COMMUNE, make_event
from tests.imports.samples import sheet_of
from tests.places.samples import enter_sample_places

HEAD = ["Nội dung", "Đơn vị chủ trì", "Địa điểm", "Ngày", "Bắt đầu", "Kết thúc", "Số lượng", "Thiết bị", "Thành phần"]


@pytest.fixture
def event(app: Flask) -> Event:
    found = make_event()
    enter_sample_places(COMMUNE)
    return found


def row(title, place="Hội trường NVH xã", *, host="UBND xã", start="8h", end="9h", people=20, equipment=None, audience=None):
    return [title, host, place, "10/10/2027", start, end, people, equipment, audience]


def run(event: Event, *rows, dry_run: bool = True) -> Changes:
    known = Known(Days(event.first_day, event.last_day), tuple(places.spaces(COMMUNE)), tuple(places.hosts(COMMUNE)))
    return service.import_plan(read_plan([sheet_of([HEAD, *rows])], known), event, COMMUNE, dry_run=dry_run, now=BEFORE)


def told(changes: Changes) -> list[tuple[str, str]]:
    assert changes.errors == ()
    return [(problem.cell, str(messages.told(problem))) for problem in changes.warnings]


def test_a_host_twice_at_once_is_told_at_its_cell(event: Event) -> None:
    found = told(run(event, row("Lớp A"), row("Lớp B", "NVH thôn 3", start="8h30", end="10h")))

    assert found == [("B3", "UBND xã đang phụ trách “Lớp A” (dòng 2) đến 09:00. Nhập được; xem lại giờ hoặc đơn vị phụ trách.")]


def test_equipment_that_does_not_suffice_is_told_at_its_cell(event: Event) -> None:
    found = told(run(event, row("Lớp A", equipment="4 máy chiếu"), row("Lớp B", "NVH thôn 3", host="Công an xã", equipment="máy chiếu: 3")))

    assert found == [("H3", "Thiếu 2 cái máy chiếu: lúc này cần 7, xã có 5. Nhập được; đổi giờ, bớt đi hoặc mượn thêm.")]


def test_two_things_for_one_audience_are_told(event: Event) -> None:
    found = told(run(event, row("Lớp A", audience="Nông dân"), row("Lớp B", "NVH thôn 3", host="Công an xã", audience="Nông dân")))

    assert found == [("I3", "Nông dân đang được mời đến “Lớp A” (dòng 2) đến 09:00. Nhập được; nên đổi giờ một việc.")]


def test_a_yard_with_more_people_than_it_holds_is_told(event: Event) -> None:
    booths = [row(f"Gian hàng {n}", "Sảnh Trung tâm Phục vụ hành chính công", host=f"Nhóm {n}", people=50) for n in (1, 2)]

    found = told(run(event, *booths))

    assert [cell for cell, _ in found] == ["G3"]
    assert "chỉ chứa 80 người, lúc này đã xếp 100." in found[0][1]


def test_what_stands_untouched_is_not_told_again(event: Event) -> None:
    rows = [row("Lớp A"), row("Lớp B", "NVH thôn 3")]
    run(event, *rows, dry_run=False)

    assert told(run(event, *rows)) == []
    assert [cell for cell, _ in told(run(event, row("Lớp A"), row("Lớp B", "NVH thôn 3", end="10h")))] == ["B3"]
