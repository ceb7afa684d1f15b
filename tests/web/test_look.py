"""The link to the other size of type says nothing of its own: whatever stands in the address leads nowhere else and breaks nothing."""

import re

import pytest

from eventday.kernel import clock
from tests.factories import BEFORE, COMMUNE, make_slot


@pytest.fixture
def client(app):
    clock.shift_to(BEFORE)
    make_slot()
    return app.test_client()


def size_links(page):
    return set(re.findall(r'href="([^"]*)"[^>]*>(?:<b aria-hidden="true">A</b>)?Chữ (?:to|vừa)', page))


@pytest.mark.parametrize("query", ["_method=PUT", "_scheme=javascript&_external=1", "_anchor=x", "endpoint=x", "self=1", "code=99999"])
def test_words_of_the_framework_are_but_words(client, query):
    """One that named a method once made every page answer 500, without a page."""
    answer = client.get(f"/{COMMUNE}?{query}")

    assert (answer.status_code, size_links(answer.text)) == (200, {f"?{query.replace('&', '&amp;')}&amp;chu=to"})


@pytest.mark.parametrize("path", ["//born.example/khong-co", "/\\born.example", "/%09/born.example"])
def test_a_path_that_looks_like_another_site_is_not_linked(client, path):
    answer = client.get(f"http://localhost/x/..{path}")

    assert (answer.status_code, size_links(answer.text)) == (404, {"?chu=to"})


def test_the_rest_of_the_question_stays(client):
    assert size_links(client.get(f"/{COMMUNE}?q=a+b&q=c&chu=to").text) == {"?q=a+b&amp;q=c&amp;chu=vua"}
