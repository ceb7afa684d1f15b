"""One handler answers for every error: a page for people, a problem for programs, with the headers of every other answer."""

import re

import pytest

from eventday.kernel.errors import TryLater

POLICY = "default-src 'self'"


@pytest.mark.parametrize("path", ["/", "/17329", "/khong-co", "/healthz", "/static/css/tokens.css", "/api/v1/events"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_an_unknown_host_is_refused_at_every_address(app, path, method):
    answer = app.test_client().open(path, method=method, headers={"Host": "evil.example"})

    assert answer.status_code == 400
    assert answer.headers["Content-Security-Policy"].startswith(POLICY)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert b"evil" not in answer.data


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/v1/khong-co", "/api/v2/events"])
def test_what_the_interface_does_not_have_is_a_problem(app, path):
    answer = app.test_client().get(path)

    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
    assert answer.json["code"] == "not_found"


def test_an_error_stands_in_the_frame_of_whoever_asked(app):
    desk, resident = app.test_client().get("/lam-viec/khong/co"), app.test_client().get("/khong/co")

    assert (desk.status_code, resident.status_code) == (404, 404)
    assert ("Về chỗ làm việc" in desk.text, "Về chỗ làm việc" in resident.text) == (True, False)
    assert ("Bà con cần giúp?" in desk.text, "Bà con cần giúp?" in resident.text) == (False, True)


def test_a_resident_who_has_to_wait_is_told_that_the_page_tries_again(app, monkeypatch):
    def busy(**_):
        raise TryLater(seconds=3)

    monkeypatch.setitem(app.view_functions, "residents.show_pdf", busy)

    page = app.test_client().get("/p/BCC1SJN1NFTA8YK9AZGP34ZNE0/the.pdf").text

    assert '<meta http-equiv="refresh" content="3">' in page
    assert "trang tự thử lại" in page
    assert 'href="/p/BCC1SJN1NFTA8YK9AZGP34ZNE0"' in page


@pytest.mark.parametrize("path", ["/lam-viec", "/17329"])
def test_an_unexpected_error_gives_a_code_to_read_out(app, path, monkeypatch):
    def fail(**_):
        raise RuntimeError("secret detail")

    app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setitem(app.view_functions, "workspace.show_choice" if path == "/lam-viec" else "residents.show_commune", fail)

    page = app.test_client().get(path)

    assert page.status_code == 500
    assert re.search(r"đọc mã <b[^>]*>[0-9a-f]{8}</b>", page.text)
    assert "secret detail" not in page.text
