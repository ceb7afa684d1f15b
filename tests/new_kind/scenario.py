"""What must be true of the new kind; run by test_new_kind in a copy of the house that has it."""

import pytest

from eventday.access.domain import Role
from eventday.imports import export, service
from eventday.kernel import clock
from eventday.programme import queries
from eventday.programme.domain import Kind
from eventday.reports import as_json, counting
from eventday.reports import queries as reports
from tests.desk import sign_in
from tests.factories import BEFORE, COMMUNE, make_event, make_slot, make_space

DESK = f"/lam-viec/{COMMUNE}/ngay-hoi-2027"


@pytest.fixture
def contest(app):
    clock.shift_to(BEFORE)
    return queries.slot(make_slot(kind=Kind("contest"), title="Hội thi An toàn trên mạng", space_id=make_space(), capacity=20))


def test_residents_find_it_by_its_kind_and_register(app, contest):
    page = app.test_client().get(f"/{COMMUNE}?loai=contest").text

    assert contest.title in page
    assert 'class="k-contest on"' in page
    assert "Hội thi: 1 hoạt động" in page
    assert app.test_client().get(f"/{COMMUNE}/dang-ky?slot={contest.id}").status_code == 200


def test_organisers_see_and_choose_it(app, contest):
    desk = sign_in(app, Role.ORGANISER, f"commune:{COMMUNE}")

    assert "kind--contest" in desk.get(f"{DESK}/ke-hoach").text
    assert '<option value="contest">Hội thi</option>' in desk.get(f"{DESK}/ke-hoach/hoat-dong/moi").text


def test_excel_has_it_both_ways(app, contest):
    event = make_event()
    data = export.plan_file(export.own_rows(event, COMMUNE))
    changes = service.import_plan(service.read(data, event, COMMUNE), event, COMMUNE, dry_run=True, now=BEFORE)

    assert (changes.errors, changes.left, changes.counts()["same"]) == ((), (), 1)


def test_the_report_counts_it(app, contest):
    event = make_event()
    figures = as_json.of_figures(counting.figures_of(reports.facts(event, COMMUNE)), event, COMMUNE)

    assert list(figures["by_kind"]) == ["contest"]
