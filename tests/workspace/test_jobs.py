"""Background work in one place: what is shown of it, who may stop it, and what then becomes of it."""

import io
from datetime import timedelta

import openpyxl
import pytest

from eventday.access.domain import Role
from eventday.db import db, transaction
from eventday.jobs import control, files, queries, service, tasks
from eventday.jobs.domain import State
from eventday.kernel import clock, ids
from eventday.registrations import service as service_of_registrations
from tests.checkins.statements import count_statements
from tests.desk import sign_in
from tests.factories import BEFORE, COMMUNE, make_commune, make_event, make_slot
from tests.registrations.people import a_request, person

JOBS = f"/lam-viec/{COMMUNE}/ngay-hoi-2027/viec-nen"
WORKER = ids.new()
ARGUMENTS = {"event": "ngay-hoi-2027", "commune": COMMUNE, "page": "/"}


@pytest.fixture
def desk(app):
    clock.shift_to(BEFORE)
    make_event()
    return sign_in(app)


def asked(commune=COMMUNE, name="reports.build", minutes=0, **arguments):
    with transaction() as session:
        now = BEFORE + timedelta(minutes=minutes)
        return service.enqueue(session, name, ARGUMENTS | arguments, now=now, commune_code=commune)


def begun(**values):
    job_id = asked()
    service.begin(job_id, WORKER, now=BEFORE, pulse=BEFORE)
    service.note(job_id, WORKER, **{"step": "Đang làm"} | values)
    return job_id


def state(job_id):
    db.session.rollback()
    return queries.job(job_id).state


@tasks.task("test.stopped_meanwhile")
def stopped_meanwhile(job):
    control.stop(queries.job(job.id), "Việc thử", now=BEFORE)
    job.report(50, "Bước sau")
    raise AssertionError("it went on")


def test_a_stopped_job_ends_at_its_next_step(each_app):
    clock.shift_to(BEFORE)
    job_id = asked(name="test.stopped_meanwhile")

    tasks.run(job_id, WORKER)

    assert (state(job_id), queries.job(job_id).error) == (State.STOPPED, None)


def test_what_waits_and_is_stopped_never_begins(each_app):
    job_id = asked()

    assert control.stop(queries.job(job_id), "Việc thử", now=BEFORE)
    assert service.begin(job_id, WORKER, now=BEFORE, pulse=BEFORE) is None


def test_what_is_over_is_not_stopped(each_app):
    job_id = begun(state=State.DONE)

    assert not control.stop(queries.job(job_id), "Việc thử", now=BEFORE)
    assert state(job_id) is State.DONE


def test_what_failed_is_done_again_once(each_app):
    failed = queries.job(begun(state=State.FAILED, error="Hết giấy."))

    first, second = (control.again(failed, "Việc thử", person=ids.new(), now=BEFORE + timedelta(minutes=1)) for _ in range(2))

    assert (state(first), second) == (State.WAITING, None)
    assert queries.job(first).arguments == failed.arguments


def test_the_page_says_how_far_and_why_not(desk):
    begun(progress=40, step="Đang vẽ các trang")
    begun(state=State.FAILED, error="Máy chủ thiếu phông chữ.", finished_at=BEFORE)

    page = desk.get(JOBS).text

    assert "Đang vẽ các trang (40%)" in page
    assert "Máy chủ thiếu phông chữ." in page
    assert 'http-equiv="refresh"' in page


def test_buttons_stop_and_begin_again_and_the_log_has_it(desk):
    job_id = begun()

    stopped = desk.post(f"{JOBS}/{job_id}/dung", follow_redirects=True).text
    again = desk.post(f"{JOBS}/{job_id}/lam-lai", follow_redirects=True).text

    assert "Đã dừng." in stopped
    assert "Đã giao làm lại." in again
    assert {"Dừng việc nền", "Bắt đầu việc nền"} <= set(desk.get(JOBS.replace("viec-nen", "nhat-ky")).text.replace("<", ">").split(">"))


@pytest.mark.parametrize("act", ["dung", "lam-lai"])
def test_another_commune_s_job_is_not_there(desk, act):
    make_commune("17230", "Xã Con Cuông")
    foreign = asked(commune="17230")

    assert desk.post(f"{JOBS}/{foreign}/{act}").status_code == 404
    assert state(foreign) is State.WAITING
    assert "Chưa có việc nào" in desk.get(JOBS).text


def test_a_viewer_sees_but_gets_no_buttons(app, desk):
    job_id, viewer = begun(), sign_in(app, Role.VIEWER)

    assert "/dung" not in viewer.get(JOBS).text
    assert viewer.post(f"{JOBS}/{job_id}/dung").status_code == 403


def test_a_long_list_has_pages_and_costs_the_same_statements(desk):
    totals = []
    for _ in range(2):
        for minute in range(15):
            asked(minutes=minute)
        with count_statements() as counted:
            first = desk.get(JOBS).text
        totals.append(counted.total)

    assert totals[0] == totals[1]
    assert [page.count('class="jobs__line"') for page in (first, desk.get(f"{JOBS}?trang=2").text)] == [20, 10]


def test_a_file_that_gave_way_to_newer_ones_is_not_offered(app, desk):
    begun(state=State.DONE, result={"file": "gone.pdf", "bytes": 9}, finished_at=BEFORE)

    assert "Tải về" not in desk.get(JOBS).text


@pytest.fixture
def listed(desk):
    """A slot's list, asked for and written."""
    slot = make_slot(title="Lớp học số")
    service_of_registrations.register(a_request(person(slot, name="=Trần Văn Ba")), now=BEFORE)
    assert "Đã giao cho máy chủ" in desk.post(f"{JOBS}/danh-sach", follow_redirects=True).text
    (job,) = queries.of_commune(COMMUNE, offset=0, limit=9)
    tasks.run(job.id, WORKER)
    db.session.rollback()
    return queries.job(job.id)


def test_all_lists_are_written_for_who_asked(desk, listed):
    sheet = openpyxl.load_workbook(io.BytesIO(desk.get(f"{JOBS}/{listed.id}/tep").data)).worksheets[0]

    assert [cell.value for cell in sheet[2]][2:6] == ["Lớp học số", None, 1, "=Trần Văn Ba"]
    assert {cell.data_type for cell in sheet["F"]} == {"s"}
    assert "Tải về" in desk.get(JOBS).text


def test_nobody_else_gets_the_file(app, desk, listed):
    other = sign_in(app, Role.ORGANISER, email="khac@example.vn")

    assert other.get(f"{JOBS}/{listed.id}/tep").status_code == 404
    assert "Tải về" not in other.get(JOBS).text


def test_after_its_day_the_file_is_gone(desk, listed, monkeypatch):
    monkeypatch.setattr(files, "KEPT", timedelta(0))

    assert desk.get(f"{JOBS}/{listed.id}/tep").status_code == 404
    files.forget_old()
    assert list(files._folder().iterdir()) == []


def test_the_same_lists_are_not_asked_for_twice(desk):
    for _ in range(2):
        page = desk.post(f"{JOBS}/danh-sach", follow_redirects=True).text

    assert "không cần giao lại" in page
    assert len(queries.of_commune(COMMUNE, offset=0, limit=9)) == 1


def test_it_says_how_long_it_took(desk):
    begun(state=State.DONE, finished_at=BEFORE + timedelta(seconds=75))

    assert "Làm trong 75 giây." in desk.get(JOBS).text


def test_a_job_ends_in_the_transaction_that_does_its_work(each_app):
    clock.shift_to(BEFORE)
    job_id = begun()
    control.stop(queries.job(job_id), "Việc thử", now=BEFORE)

    with pytest.raises(tasks.Superseded), transaction() as session:
        tasks.RunningJob(job_id, WORKER, {}).finish(session, {"new": 1})

    assert (state(job_id), queries.job(job_id).result) == (State.STOPPED, None)
