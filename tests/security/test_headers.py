"""What every answer carries, whatever it is (checklist C3, C5–C9)."""

import re

import pytest

from eventday.access.domain import Role
from eventday.accounts import passwords
from eventday.app import create_app
from eventday.config import PROJECT, Settings
from eventday.web import pages
from tests.desk import open_link
from tests.factories import COMMUNE
from tests.security.table import ROWS
from tests.security.world import HERE

WANTED = {"default-src": {"'self'", "'none'"}, "base-uri": {"'none'"}, "frame-ancestors": {"'none'"}, "form-action": {"'self'", "'none'"}}
PREVIEW = f"/lam-viec/{COMMUNE}/ngay-hoi-2027/bao-cao/xem"
# It has no script at all, and stands in a frame of the report's own page.
OF_PREVIEW = {"frame-ancestors"}


def faults(url, answer):
    """What the answer lacks."""
    policy = {part.split()[0]: part.split()[1:] for part in answer.headers.get("Content-Security-Policy", "").split(";") if part.strip()}
    found = {name for name, allowed in WANTED.items() if not set(policy.get(name, ["missing"])) <= allowed}
    found |= {
        f"{name} {word}" for name, words in policy.items() for word in words if word in ("'unsafe-inline'", "'unsafe-eval'", "*", "http:", "https:")
    }
    if policy.get("object-src") != ["'none'"] and policy.get("default-src") != ["'none'"]:
        found.add("object-src")
    if answer.headers.get("X-Content-Type-Options") != "nosniff" or answer.headers.get("Referrer-Policy") != "same-origin":
        found.add("nosniff or referrer")
    found |= {name for name, _ in answer.headers if name.startswith("Access-Control-")}
    if (answer.mimetype or "").startswith("text/") and answer.mimetype_params.get("charset") != "utf-8":
        found.add(f"charset of {answer.mimetype}")
    return found - (OF_PREVIEW if url == PREVIEW and policy["default-src"] == ["'none'"] and policy["frame-ancestors"] == ["'self'"] else set())


@pytest.mark.parametrize("who", [None, Role.ORGANISER])
def test_every_answer_that_is_read_carries_the_policy(world, who):
    client = world.person(who, HERE).client if who else world.app.test_client()
    urls = [url for row in ROWS if row.method == "GET" for url in world.addresses(row.rule)]

    found = {url: faults(url, client.get(url, headers={"Origin": "https://evil.example"})) for url in urls}

    assert {url: lacking for url, lacking in found.items() if lacking} == {}


def test_what_not_everybody_may_see_is_kept_by_nobody(world):
    """C7: after signing out, going back shows nothing; what a device or program asks for is not kept either."""
    rows = [row for row in ROWS if row.method == "GET" and (row.who != "anybody" or row.rule.startswith(("/p/", "/T/", "/t/", "/dang-nhap")))]
    browser = world.person(Role.ORGANISER, "country")
    answers = {url: browser.get(url) for row in rows for url in world.addresses(row.rule)[:1]}

    kept = {
        url: answer.headers.get("Cache-Control", "") for url, answer in answers.items() if "no-store" not in answer.headers.get("Cache-Control", "")
    }
    assert (len(answers) > 60, kept) == (True, {})


def test_signing_out_clears_what_the_browser_kept(world):
    """C8: there is nothing but what was fetched; pages of the desk use neither storage nor a service worker."""
    browser = world.person(Role.VIEWER, HERE)

    assert browser.post("/dang-xuat").headers["Clear-Site-Data"] == '"cache"'
    desk = [
        path
        for path in (PROJECT / "static" / "desk").rglob("*.mjs")
        if re.search("localStorage|sessionStorage|indexedDB|serviceWorker|caches\\.", path.read_text())
    ]
    assert desk == []


def asked(world, status, monkeypatch):
    """An answer with that status."""
    client = world.app.test_client()
    if status == 429:
        monkeypatch.setattr(passwords, "FROM_ADDRESS", 0)
        token = client.get("/dang-nhap/mat-khau").text.partition('csrf_token" value="')[2][:64]
        return client.post("/dang-nhap/mat-khau", data={"email": "a@b.vn", "password": "x", "csrf_token": token})
    if status == 500:
        monkeypatch.setitem(world.app.view_functions, "web.healthz", pages.blueprint)
        return client.get("/healthz")
    if status == 304:
        mark = client.get("/static/mark.svg").headers["ETag"]
        return client.get("/static/mark.svg", headers={"If-None-Match": mark})
    return {
        200: lambda: client.get("/static/css/tokens.css"),
        206: lambda: client.get("/static/css/tokens.css", headers={"Range": "bytes=0-9"}),
        302: lambda: client.get("/lam-viec"),
        303: lambda: open_link(client, world.here.ids["link"]),
        400: lambda: client.get("/", headers={"Host": "evil.example"}),
        401: lambda: client.get("/api/v1/live?scope=country"),
        403: lambda: client.post("/dang-nhap"),
        404: lambda: client.get("/khong-co-gi"),
        405: lambda: client.put("/lam-viec"),
        413: lambda: client.post("/dang-nhap", data={"link": "x" * 80_000}),
        415: lambda: client.post("/api/v1/devices", data="x"),
        503: lambda: client.get(f"/p/{world.here.ids['secret']}/the.pdf"),
    }[status]()


@pytest.mark.parametrize("status", [200, 206, 302, 303, 304, 400, 401, 403, 404, 405, 413, 415, 429, 500, 503])
def test_errors_redirects_and_files_carry_it_too(world, monkeypatch, status):
    answer = asked(world, status, monkeypatch)

    assert (answer.status_code, faults("", answer)) == (status, set())


def test_every_answer_to_a_form_carries_it(world):
    client = world.app.test_client()

    found = {row.rule: faults("", client.post(world.address(row.rule))) for row in ROWS if row.method == "POST"}

    assert {rule: lacking for rule, lacking in found.items() if lacking} == {}


def test_over_https_it_is_kept_to_and_each_cookie_is_for_this_host_alone(tmp_path):
    app = create_app(Settings(instance=tmp_path, public_url="https://ngayhoi.example"))
    client = app.test_client()

    answers = [client.get(url, base_url="https://ngayhoi.example") for url in ("/", "/khong-co", "/lam-viec", "/dang-nhap", "/static/mark.svg")]

    assert {answer.headers["Strict-Transport-Security"] for answer in answers} == {"max-age=31536000; includeSubDomains"}
    cookies = [cookie for answer in answers for cookie in answer.headers.getlist("Set-Cookie")]
    assert cookies
    assert all(is_bound(cookie) for cookie in cookies)


def is_bound(cookie):
    attributes = set(cookie.split("; ")[1:])
    return cookie.startswith("__Host-") and {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= attributes and "Domain" not in cookie
