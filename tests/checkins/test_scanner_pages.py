"""The scanner's two pages: what they say, and that they hold nothing secret."""

import re

import pytest
from flask import Flask

from eventday.checkins.sentences import SENTENCES
from eventday.config import PROJECT

_MODULES = {path.name: path.read_text() for path in (PROJECT / "static" / "scanner").glob("*.mjs")}
_PREFIXES = ("invalid_", "camera_", "light_", "zoom_")  # put together from a code


def _sentences_asked_for() -> set[str]:
    return {key for text in _MODULES.values() for key in re.findall(r"\bt\(\s*'(\w+)'", text)}


def test_every_sentence_that_a_module_asks_for_is_worded() -> None:
    assert _sentences_asked_for() - SENTENCES.keys() == set()


def test_every_sentence_is_asked_for() -> None:
    named = {word for text in _MODULES.values() for word in re.findall(r"'(\w+)'", text)}

    unused = {key for key in SENTENCES if key not in named and not key.startswith(_PREFIXES)}

    assert unused == set()


def test_modules_load_from_home_only() -> None:
    imported = {path for text in _MODULES.values() for path in re.findall(r"(?:from |import\(|new URL\()'([^']+)'", text)}

    assert imported
    assert all(path.startswith(("./", "../vendor/")) for path in imported)


@pytest.mark.parametrize(("path", "says"), [("/quet", "Máy này chưa phải máy quét"), ("/quet/7K3M9QW2XZ4T", "Dùng máy này để quét thẻ")])
def test_pages_answer_anybody_without_inline_code(app: Flask, path: str, says: str) -> None:
    page = app.test_client().get(path)

    assert page.status_code == 200
    assert says in page.text
    assert "set-cookie" not in page.headers
    assert re.findall(r"<script(?! type=\"module\" src=| type=\"application/json\")|\son\w+=|\sstyle=", page.text) == []


def test_a_code_in_the_address_cannot_break_out_of_the_page(app: Flask) -> None:
    page = app.test_client().get("/quet/%22%3E%3Cscript%3E")

    assert '"><script>' not in page.text
