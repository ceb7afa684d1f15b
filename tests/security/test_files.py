"""Files that are made or kept for somebody: theirs alone, and not for ever (checklist B6); no cell of one is a formula (G6)."""

import os
import time
from io import BytesIO

import openpyxl
import pytest

from eventday.access.domain import Role
from eventday.imports import uploads
from eventday.jobs import worker
from eventday.kernel import clock
from eventday.reports import passes
from tests.factories import COMMUNE, make_event
from tests.security.commune import furnish
from tests.security.table import ROWS
from tests.security.world import ELSEWHERE, HERE, PROVINCE, World, make_world

DAY = 86_400
FORMULA, OTHER = "=HYPERLINK(1)", "＝SUM(A1)"


@pytest.fixture
def world(app):
    return make_world(app)


def report_of(world):
    return f"/lam-viec/{COMMUNE}/{make_event().code}/bao-cao/{world.here.ids['job']}.pdf"


def grow_old(world, folder, days):
    then = time.time() - days * DAY
    for path in (world.app.config["SETTINGS"].instance / folder).iterdir():
        os.utime(path, (then, then))


def test_a_report_is_its_commune_s_and_those_above(world):
    url = report_of(world)
    scopes = (HERE, PROVINCE, "country", f"commune:{ELSEWHERE}", "province:46")

    statuses = [world.person(Role.ORGANISER, scope).get(url).status_code for scope in scopes]

    assert statuses == [200, 200, 200, 404, 404]
    assert world.app.test_client().get(url).status_code == 302
    assert world.person(Role.ORGANISER, f"commune:{ELSEWHERE}").get(url.replace(COMMUNE, ELSEWHERE)).status_code == 404


def test_a_report_s_file_expires(world):
    desk = world.person(Role.ORGANISER, HERE)
    grow_old(world, "reports", 29)
    lasting = desk.get(report_of(world)).status_code

    grow_old(world, "reports", 30)

    assert (lasting, desk.get(report_of(world)).status_code) == (200, 404)
    assert ".pdf" not in desk.get(f"/lam-viec/{COMMUNE}/{make_event().code}/viec-nen").text


def test_a_looked_at_workbook_is_one_person_s_for_an_hour(world):
    page = f"/lam-viec/{COMMUNE}/{make_event().code}/ke-hoach/nhap/{world.here.ids['upload']}/danh-dau"
    own, other = world.person(Role.ORGANISER, HERE), world.person(Role.ORGANISER, "country")

    statuses = [own.get(page).status_code, other.get(page).status_code, world.app.test_client().get(page).status_code]
    grow_old(world, "uploads", uploads.KEPT_SECONDS / DAY)

    assert [*statuses, own.get(page).status_code] == [200, 404, 302, 404]


def test_a_looked_at_workbook_goes_without_the_next_upload(world):
    """It may list people."""
    grow_old(world, "uploads", 2 * uploads.KEPT_SECONDS / DAY)

    worker.forget_old(clock.now())

    assert list((world.app.config["SETTINGS"].instance / "uploads").iterdir()) == []


def test_a_drawn_pass_is_forgotten_a_week_after_it_was_asked_for(world, monkeypatch):
    monkeypatch.setattr(passes, "draw", lambda sheet: b"%PDF")
    monkeypatch.setattr(passes.jobs, "ask", lambda name, sheet: passes.keep(sheet))
    client = world.app.test_client()
    first = client.get(f"/p/{world.here.ids['secret']}/the.pdf").status_code
    grow_old(world, "passes", 7.1)

    client.get(f"/p/{world.there.ids['secret']}/the.pdf")

    assert first == 200
    assert len(list((world.app.config["SETTINGS"].instance / "passes").glob("*.pdf"))) == 1


def tables_of(world):
    """Every file with a table that an organiser can take along, by its route."""
    desk = world.person(Role.ORGANISER, HERE)
    for row in ROWS:
        for url in world.addresses(row.rule) if row.method == "GET" else ():
            answer = desk.get(url)
            assert answer.mimetype not in ("text/csv", "text/tab-separated-values", "application/vnd.ms-excel")
            if "spreadsheetml" in (answer.mimetype or ""):
                yield row.rule.rpartition("<event>")[2], openpyxl.load_workbook(BytesIO(answer.data))


def test_what_people_typed_is_a_formula_in_no_export(app, monkeypatch):
    """Each field of a whole commune begins as a formula does, also by a full-width sign."""
    monkeypatch.setattr(passes, "PATIENCE", 0.01)
    world = make_world(app)
    world = World(app, furnish(app, "17335", mark=FORMULA, sign=OTHER, phone="+84901234567"), world.there)
    world.here.ids["upload"] = "0" * 32
    world.known["person", f"{Role.ORGANISER} {HERE}"] = world.person(Role.ORGANISER, "commune:17335")

    books = dict(tables_of(world))

    cells = [cell for book in books.values() for sheet in book for row in sheet for cell in row if cell.value is not None]
    assert {"/ke-hoach/tai-ve", "/nguoi-tham-gia/<uuid:slot_id>/tai-ve"} <= books.keys()
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert len([cell for cell in cells if FORMULA.lower() in str(cell.value).lower()]) > 3
    assert {cell.value[0] for cell in cells if "901 234" in str(cell.value)} == {"0"}
