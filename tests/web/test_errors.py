"""One handler answers for every error: a page for people, a problem for programs, with the headers of every other answer."""

import pytest

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
