"""Sentences come from the catalogue of the reader's language, asked for once a request."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask_babel import force_locale, get_locale

from eventday.web import translation
from eventday.web.translation import in_language, lazily, translated


def test_a_sentence_is_its_own_source_with_or_without_an_app(app):
    assert translated("Còn %(left)s chỗ", left=3) == "Còn 3 chỗ"


def test_a_fact_may_be_called_sentence():
    assert str(lazily("%(sentence)s nhé", sentence="Mời bà con")) == "Mời bà con nhé"


@pytest.fixture
def asked(monkeypatch):
    seen = []
    real = translation.get_translations
    monkeypatch.setattr(translation, "get_translations", lambda: seen.append(1) or real())
    return seen


def test_the_catalogue_is_asked_for_once_a_request(app, asked):
    with ThreadPoolExecutor(1) as elsewhere:  # where no context of ours is open
        answers = [elsewhere.submit(app.test_client().get, "/").result() for _ in range(2)]

    assert ([answer.status_code for answer in answers], len(asked)) == ([200, 200], 2)


def test_paper_is_in_its_own_language_and_the_page_in_the_reader_s(app, monkeypatch):
    words = {"vi": "Báo cáo", "en": "Report"}
    monkeypatch.setattr(translation, "get_translations", lambda: _Catalogue(words[str(get_locale())]))

    with app.test_request_context(), force_locale("en"):
        page, (paper, again) = translated("x"), _on_paper()

    assert (page, paper, again) == ("Report", "Báo cáo", "Report")


def _on_paper():
    with in_language("vi"):
        paper = translated("x")
    return paper, translated("x")


class _Catalogue:
    def __init__(self, word):
        self._word = word

    def ugettext(self, _sentence):
        return self._word
