"""Files that were made to do harm, through every page and command that takes one: told in words, and nothing changes.

What each costs the real server is shown by `python -m proofs.workbooks`.
"""

import html
import io
import json
import re
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from eventday.db import db
from eventday.imports import errors, mark, unpack, workbook
from eventday.kernel.errors import Refusal
from eventday.places import logos
from eventday.web.messages import sentence_of
from proofs.workbooks_made import WORKBOOKS
from proofs.workbooks_parts import READ, Hostile
from proofs.workbooks_pictures import PICTURES, PLACE, SCRIPT
from tests.desk import Desk, sign_in
from tests.factories import COMMUNE, make_event, make_slot
from tests.imports.test_large import work
from tests.imports.test_mending import PAGE
from tests.imports.test_people import PAGE as PEOPLE

LOGO = f"/lam-viec/{COMMUNE}/ngay-hoi-2027/dia-phuong/gioi-thieu/logo"
QUICK = [one for one in WORKBOOKS if not one.slow]
MADE = {one.name: one.make() for one in (*QUICK, *PICTURES)}
REFUSALS = (errors.NotXlsx(), errors.OldXls(), errors.OpenDocument(), errors.Protected(), *workbook._REFUSALS.values())
LOGO_REFUSALS = (logos.BadLogo(), logos.TooLargeLogo(megabytes=5, pixels=4096))
_ERROR = re.compile(r'class="field__error" id="(?:file|logo)-error">(?:<svg.*?</svg>)?\s*(.*?)</', re.DOTALL)


def in_this_process(module: str, sent: bytes) -> bytes:
    """What a process of its own would answer; starting one for each file takes too long here."""
    if module == "unpack":
        return json.dumps(unpack.answer(sent), separators=(",", ":")).encode()
    marks, _, data = sent.partition(b"\n")
    try:
        return mark.mark(data, json.loads(marks))
    except Exception:
        raise errors.BadWorkbook from None


@pytest.fixture
def desk(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(workbook, "_apart", in_this_process)
    make_event()
    return sign_in(app)


def everything() -> dict[str, list[str]]:
    """Every row of every table but that of the work that was asked for."""
    db.session.rollback()
    return {table.name: sorted(map(repr, db.session.execute(select(table)))) for table in db.metadata.sorted_tables if table.name != "jobs"}


def code_of(told: str, refusals: tuple[Refusal, ...]) -> str:
    """Which of the refusals a text tells; the text itself where it is none of them."""
    return next((one.code for one in refusals if sentence_of(one) in told), told)


def said(answer, refusals: tuple[Refusal, ...]) -> str:
    """The code of what a page tells beside its field; READ where it goes on."""
    if answer.status_code in (200, 303):
        return READ
    found = _ERROR.search(answer.text)
    return code_of(html.unescape(found[1]), refusals) if found and answer.status_code < 500 else f"{answer.status_code}"


def sent(desk: Desk, page: str, data: bytes, **fields: str) -> str:
    """What the page says to a file, and where it takes it, that its preview and its marked file are there and nothing of the file is live."""
    answer = desk.post(page, {"file": (io.BytesIO(data), "../../<b>evil.xlsx"), **fields})
    if answer.status_code != 303:
        return said(answer, REFUSALS)
    if "Máy chủ đang đọc tệp" in desk.get(answer.location, follow_redirects=True).text:
        work()
    preview = desk.get(answer.location, follow_redirects=True)
    marked = [desk.get(path).status_code for path in re.findall(r'href="([^"]*/danh-dau)"', preview.text)]
    if (preview.status_code, "<script>alert" in preview.text, {*marked} <= {200}) != (200, False, True):
        return f"{preview.status_code} {marked}"
    told = code_of(html.unescape(preview.text), REFUSALS)
    return READ if told == html.unescape(preview.text) else told


def wrong(files: list[Hostile], send) -> list[tuple[str, str]]:
    return [(one.name, told) for one in files if (told := send(MADE[one.name])) not in one.says]


def test_the_page_of_plans_tells_each_in_words_and_changes_nothing(desk: Desk) -> None:
    before = everything()

    assert wrong(QUICK, lambda data: sent(desk, PAGE, data)) == []
    assert everything() == before


def test_the_page_of_people_tells_each_in_words_and_changes_nothing(desk: Desk) -> None:
    slot = str(make_slot(capacity=100))
    before = everything()

    assert wrong(QUICK, lambda data: sent(desk, PEOPLE, data, slot=slot)) == []
    assert everything() == before


@pytest.mark.parametrize("command", ["plan", "people"])
def test_the_commands_tell_each_in_words_and_change_nothing(app: Flask, desk: Desk, tmp_path: Path, command: str) -> None:
    file, slot = tmp_path / "x.xlsx", ["--slot", str(make_slot(capacity=100))] if command == "people" else []
    before = everything()

    def run(data: bytes) -> str:
        file.write_bytes(data)
        done = app.test_cli_runner().invoke(args=[command, "import", str(file), "--event", "ngay-hoi-2027", "--commune", COMMUNE, *slot, "--dry-run"])
        if done.exception and not isinstance(done.exception, SystemExit):
            return repr(done.exception)
        told = code_of(done.output, REFUSALS)
        return READ if told == done.output else told

    assert wrong(QUICK, run) == []
    assert everything() == before


def test_the_page_of_the_logo_tells_each_in_words(desk: Desk, app: Flask) -> None:
    def send(data: bytes) -> str:
        return said(desk.post(LOGO, {"logo": (io.BytesIO(data), "logo.png")}), LOGO_REFUSALS)

    refused = [one for one in PICTURES if READ not in one.says]
    before = everything()

    assert (wrong(refused, send), everything() == before) == ([], True)
    assert wrong([one for one in PICTURES if READ in one.says], send) == []
    kept = b"".join(path.read_bytes() for path in (app.config["SETTINGS"].instance / "logos").rglob("*.*"))
    assert [secret in kept for secret in (SCRIPT, PLACE, b"Exif", b"PK\x03\x04")] == [False] * 4


def test_each_file_is_named_once() -> None:
    assert len({one.name for one in WORKBOOKS}) == len(WORKBOOKS)
