"""A file is kept by browsers for good, and after an upgrade nobody has an old one."""

import re
from pathlib import Path
from urllib.parse import urljoin

import pytest
from flask import Flask

from eventday.web import static

FOR_GOOD = "public, max-age=31536000, immutable"
MODULES = sorted(path.relative_to(static.FOLDER).as_posix() for path in (static.FOLDER / "scanner").glob("*.mjs"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "css").mkdir()
    (tmp_path / "css" / "desk.css").write_text("a { color: red }")
    (tmp_path / "scan.mjs").write_text("start()")
    return tmp_path


def test_the_version_is_that_of_what_is_in_the_files(folder: Path) -> None:
    before = static.version_of(folder)
    again = static.version_of(folder)
    (folder / "css" / "desk.css").write_text("a { color: blue }")
    changed = static.version_of(folder)
    (folder / "scan.mjs").rename(folder / "scanner.mjs")
    renamed = static.version_of(folder)

    assert re.fullmatch("[0-9a-f]{12}", before)
    assert before == again
    assert len({before, changed, renamed}) == 3


@pytest.mark.parametrize("page", ["/quet", "/quet/7K3M9QW2XZ4T", "/dang-nhap"])
def test_whatever_a_page_names_is_kept_for_good(app: Flask, page: str) -> None:
    client = app.test_client()
    named = re.findall(r'(?:href|src)="(/static/[^"]+)"', client.get(page).text)

    answers = [client.get(address) for address in named]

    assert named
    assert all(address.startswith(f"{static.address()}/") for address in named)
    assert {(answer.status_code, answer.headers["Cache-Control"]) for answer in answers} == {(200, FOR_GOOD)}


@pytest.mark.parametrize("module", MODULES)
def test_what_a_module_names_has_the_version_too(app: Flask, module: str) -> None:
    client, address = app.test_client(), f"{static.address()}/{module}"
    named = re.findall(r"(?:from |import |import\(|new URL\()'([^']+)'", client.get(address).text)

    for name in named:
        answer = client.get(urljoin(address, name))
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, FOR_GOOD), name


@pytest.mark.parametrize("version", ["", "0123456789ab/"])
def test_an_address_of_another_version_gives_the_file_of_now_and_is_asked_for_again(app: Flask, version: str) -> None:
    client, address = app.test_client(), f"/static/{version}css/tokens.css"

    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})

    assert (first.status_code, first.headers["Cache-Control"]) == (200, "no-cache, max-age=0")
    assert first.data == client.get(f"{static.address()}/css/tokens.css").data
    assert again.status_code == 304


@pytest.mark.parametrize("name", ["khong-co.css", "../pyproject.toml", "%2e%2e/pyproject.toml", "css", ""])
def test_what_is_no_file_is_not_kept(app: Flask, name: str) -> None:
    for address in (f"/static/{name}", f"{static.address()}/{name}"):
        answer = app.test_client().get(address)

        assert (answer.status_code, answer.headers["Cache-Control"]) == (404, "no-store")


def test_while_one_works_on_the_files_they_are_asked_for_each_time(app: Flask) -> None:
    app.debug = True

    answer = app.test_client().get(f"{static.address()}/css/tokens.css")

    assert "no-cache" in answer.headers["Cache-Control"]
