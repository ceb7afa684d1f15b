"""Everybody's passes in one PDF, for who has no phone: whose, in which order, and that each code on paper is theirs."""

import io
import subprocess

import pypdf
import pytest
import zxingcpp
from flask import current_app
from PIL import Image
from sqlalchemy import select

from eventday.access.domain import Role
from eventday.audit.models import Entry
from eventday.db import db
from eventday.jobs import queries as jobs
from eventday.jobs import tasks
from eventday.kernel import clock, ids
from eventday.places import queries as places
from eventday.registrations import queries, service
from eventday.registrations.domain import PersonRequest, RegistrationRequest, Source
from tests.desk import Desk, sign_in
from tests.factories import BEFORE, COMMUNE, make_event, make_slot
from tests.places.samples import enter_sample_places

DESK = f"/lam-viec/{COMMUNE}/ngay-hoi-2027"
NAMES = ("Trần Văn Ba", "Lê Thị Ân", "Nguyễn Văn Ấn", "Hồ Thị An")


@pytest.fixture
def desk(each_app) -> Desk:
    clock.shift_to(BEFORE)
    make_event()
    enter_sample_places(COMMUNE)
    return sign_in(each_app, Role.DESK)


def register(slot_id, *names: str, hamlets=(None,)) -> None:
    for number, name in enumerate(names):
        person = PersonRequest(name=name, birth_year=1970, hamlet_id=hamlets[number % len(hamlets)], slot_ids=(slot_id,))
        phone = f"+8491{slot_id.int % 1000:03}{number:04}"
        request = RegistrationRequest(event_id=make_event().id, commune_code=COMMUNE, phone=phone, people=(person,), source=Source.DESK)
        service.register(request, now=BEFORE)


def printed(desk: Desk, address: str) -> bytes:
    """The file that the worker made."""
    assert "Đã giao cho máy chủ" in desk.post(f"{DESK}/{address}", follow_redirects=True).text
    job = newest()
    tasks.run(job.id, ids.new())
    return desk.get(f"{DESK}/viec-nen/{job.id}/tep").data


def newest():
    return jobs.of_commune(COMMUNE, offset=0, limit=1)[0]


def texts(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def codes(pdf: bytes, folder) -> set[str]:
    (folder / "passes.pdf").write_bytes(pdf)
    subprocess.run(["pdftoppm", "-r", "150", "-gray", "-png", "passes.pdf", "page"], cwd=folder, check=True)
    pages = [Image.open(path) for path in sorted(folder.glob("page*.png"))]
    return {code.text for page in pages for code in zxingcpp.read_barcodes(page, formats=zxingcpp.BarcodeFormat.QRCode)}


def addresses(slot_id) -> set[str]:
    host = current_app.config["SETTINGS"].public_url.upper()
    return {f"{host}/T/{queries.token_of(view)}" for view in queries.passes_of_slot(slot_id)}


def test_a_slot_s_people_are_printed_and_nobody_else(desk: Desk, tmp_path) -> None:
    slot, other = make_slot(capacity=9), make_slot(capacity=9)
    register(slot, *NAMES)
    register(other, "Vi Văn Khác")

    assert codes(printed(desk, f"nguoi-tham-gia/{slot}/the"), tmp_path) == addresses(slot)


def test_everybody_is_printed_over_several_documents(desk: Desk, tmp_path) -> None:
    slot = make_slot(capacity=40)
    register(slot, *(f"Nguyễn Thị {word} An" for word in "abcdefghijklmnopqrstuvwxyz"))

    pdf = printed(desk, "viec-nen/the")

    assert (codes(pdf, tmp_path), len(pypdf.PdfReader(io.BytesIO(pdf)).pages)) == (addresses(slot), 4)


def test_each_hamlet_has_its_slip_and_its_people_by_given_name(desk: Desk) -> None:
    slot, (first, second, *_) = make_slot(capacity=9), places.hamlets(COMMUNE)
    register(slot, *NAMES, "Vi Thị Xa", hamlets=(second.id, first.id, first.id, second.id, None))

    text = texts(printed(desk, f"nguoi-tham-gia/{slot}/the"))

    wanted = (first.name, "Lê Thị Ân", "Nguyễn Văn Ấn", second.name, "Hồ Thị An", "Trần Văn Ba", "Chưa ghi thôn, bản", "Vi Thị Xa")
    places_of = [text.index(words) for words in wanted]
    assert places_of == sorted(places_of)
    assert text.count("2 thẻ, xếp theo tên") == 2


def test_who_took_the_passes_stands_in_the_log_and_alone_has_the_file(each_app, desk: Desk) -> None:
    slot = make_slot(capacity=9)
    register(slot, *NAMES)
    printed(desk, f"nguoi-tham-gia/{slot}/the")
    other = sign_in(each_app, Role.ORGANISER)

    entry = db.session.scalars(select(Entry).where(Entry.action == "exported")).one()
    assert (entry.subject_id, entry.actor_id) == (str(slot), str(newest().requested_by))
    assert other.get(f"{DESK}/viec-nen/{newest().id}/tep").status_code == 404
    assert "4 thẻ." in other.get(f"{DESK}/viec-nen").text


def test_where_nobody_is_there_is_nothing_to_print(desk: Desk) -> None:
    slot = make_slot(capacity=9)
    desk.post(f"{DESK}/nguoi-tham-gia/{slot}/the")
    tasks.run(newest().id, ids.new())

    assert newest().result == {"people": 0}


def test_the_same_is_not_printed_twice_at_once(desk: Desk) -> None:
    for _ in range(2):
        desk.post(f"{DESK}/viec-nen/the")

    assert len(jobs.of_commune(COMMUNE, offset=0, limit=9)) == 1


def test_who_only_looks_prints_nothing(each_app, desk: Desk) -> None:
    assert sign_in(each_app, Role.VIEWER).post(f"{DESK}/viec-nen/the").status_code == 403
