"""The report's page, from the button to the file, with a real worker; and who may open what."""

import re

import pytest

from eventday.access.domain import Role
from eventday.db import db, transaction
from eventday.jobs import queries as jobs
from eventday.jobs import service as jobs_service
from eventday.kernel import clock
from eventday.reports import outline, service
from eventday.reports.letter import Letter
from tests.desk import sign_in
from tests.factories import COMMUNE, make_commune, make_event, make_slot
from tests.jobs.conftest import Workers, eventually
from tests.reports import reading

PAGE = f"/lam-viec/{COMMUNE}/ngay-hoi-2027/bao-cao"


@pytest.fixture
def desk(app):
    make_slot(title="Lớp học số AI")
    return sign_in(app)


def _latest():
    db.session.rollback()
    return jobs.latest(service.BUILD, COMMUNE, service.arguments("ngay-hoi-2027", COMMUNE, PAGE))


@pytest.fixture
def workers():
    made = Workers()
    yield made
    made.stop()


def test_organiser_builds_and_downloads_the_report(app, desk, workers):
    workers.start(app)

    assert desk.post(f"{PAGE}/lap").headers["Location"].endswith(PAGE)
    job = eventually(lambda: (found := _latest()) and found.is_over and found, seconds=120)

    assert (job.state, job.error) == ("done", None)
    link = re.search(r'href="([^"]+\.pdf)"', desk.get(PAGE).text).group(1)
    answer = desk.get(link)
    assert (answer.mimetype, answer.headers["Content-Disposition"]) == ("application/pdf", 'attachment; filename="bao-cao-17329-ngay-hoi-2027.pdf"')
    assert "BÁO CÁO Kết quả tổ chức Ngày hội toàn dân học tập số năm 2027" in reading.text(answer.data)


def test_page_shows_progress_and_keeps_itself_fresh_without_a_second_job(app, desk):
    for _ in range(2):
        desk.post(f"{PAGE}/lap")
    job = _latest()
    jobs_service.begin(job.id, job.id, now=clock.now(), pulse=clock.now())
    jobs_service.note(job.id, job.id, progress=40, step="Đang vẽ các trang")
    db.session.rollback()

    page = desk.get(PAGE).text

    assert ("http-equiv" in page, "data-running" in page) == (False, True)  # a reload would throw away what is being typed
    assert 'value="40"' in page
    assert "Đang vẽ các trang" in page
    assert "Lập báo cáo</button>" not in page
    assert "Đang vẽ các trang" in desk.get(f"/lam-viec/viec/{job.id}").text


def test_failed_report_is_told_with_its_reason(app, desk):
    desk.post(f"{PAGE}/lap")
    job = _latest()
    jobs_service.begin(job.id, job.id, now=clock.now(), pulse=clock.now())
    jobs_service.note(job.id, job.id, state="failed", error="Đã thử ba lần mà không xong.", finished_at=clock.now())
    db.session.rollback()

    page = desk.get(PAGE).text

    assert "Chưa lập được báo cáo." in page
    assert "Đã thử ba lần mà không xong." in page
    assert "Lập báo cáo</button>" in page


def test_what_is_filled_in_is_kept_and_shown_again(desk):
    sent = {
        "place": "Anh Sơn",
        "signer": "Phan Xuân Hải",
        "dated": "12/10/2027",
        "addressees": "UBND tỉnh Nghệ An\r\nSở Khoa học và Công nghệ",
        "causes": "Mưa to.",
    }

    assert desk.post(PAGE, sent).status_code == 303
    db.session.rollback()

    page = desk.get(PAGE).text
    for words in ("Phan Xuân Hải", 'value="12/10/2027"', "Sở Khoa học và Công nghệ", "Mưa to."):
        assert words in page


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"place": ""}, "Hãy ghi địa danh"),
        ({"place": "Anh Sơn", "dated": "31/02/2027"}, "Ngày này không có. Hãy ghi ngày/tháng/năm"),
        ({"place": "Anh Sơn", "causes": "a" * 2001}, "Dài quá: nhiều nhất 2000 ký tự."),
    ],
)
def test_wrong_fields_are_told_and_nothing_is_kept(desk, sent, words):
    answer = desk.post(PAGE, {"signer": "Phan Xuân Hải", **sent})
    db.session.rollback()

    assert (answer.status_code, words in answer.text, "Phan Xuân Hải" in answer.text) == (422, True, True)
    assert service.report("ngay-hoi-2027", COMMUNE, now=clock.now()).letter.signer == ""


def test_document_stands_beside_the_form_as_it_is_filled_in(desk):
    desk.post(PAGE, {"place": "Anh Sơn", "signer": "Phan Xuân Hải", "causes": "Mưa <b>to</b>."})
    db.session.rollback()

    preview = desk.get(f"{PAGE}/xem")

    assert f'src="{PAGE}/xem"' in desk.get(PAGE).text
    assert "Mưa &lt;b&gt;to&lt;/b&gt;." in preview.text
    assert "Phan Xuân Hải" in preview.text
    policy = preview.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'self'" in policy


@pytest.mark.parametrize(
    ("letter", "states"),
    [
        (Letter(place="Anh Sơn"), {"bases": "missing", "signer": "missing", "publicity": "filled", "causes": "left_out"}),
        (
            Letter(place="Anh Sơn", bases=("A",), signer="B", texts={"publicity": "C", "causes": "D"}),
            {"bases": "written", "signer": "written", "publicity": "written", "causes": "written"},
        ),
    ],
)
def test_outline_tells_what_is_written_and_what_fills_itself(letter, states):
    found = {part.field: part.state for part in outline.parts(letter)}

    assert {name: found[name] for name in states} == states


def test_figures_download_as_json(desk):
    answer = desk.get(f"{PAGE}/so-lieu.json")

    assert answer.json["scope"] == f"commune:{COMMUNE}"


def test_viewer_reads_but_does_not_build(app, desk):
    viewer = sign_in(app, Role.VIEWER)

    assert viewer.get(PAGE).status_code == 200
    assert "Lập báo cáo</button>" not in viewer.get(PAGE).text
    assert viewer.post(f"{PAGE}/lap").status_code == 403
    assert viewer.post(PAGE, {"place": "X"}).status_code == 403


def test_another_communes_report_and_job_do_not_exist(app, desk):
    make_commune("17365", "Xã Anh Sơn Đông")
    with transaction() as session:
        job_id = jobs_service.enqueue(
            session, service.BUILD, service.arguments("ngay-hoi-2027", COMMUNE, PAGE), now=clock.now(), commune_code=COMMUNE
        )
    stranger = sign_in(app, scope="commune:17365")

    for address in (PAGE, f"{PAGE}/xem", f"{PAGE}/so-lieu.json", f"{PAGE}/{job_id}.pdf", f"/lam-viec/viec/{job_id}"):
        assert stranger.get(address).status_code == 404
    assert stranger.get(f"/lam-viec/17365/ngay-hoi-2027/bao-cao/{job_id}.pdf").status_code == 404
    assert desk.get(f"{PAGE}/{make_event().id}.pdf").status_code == 404
