"""Every form: refused where it comes from elsewhere (checklist C1), and deaf to fields that nobody asked for (B5); the interface takes its own JSON only (G13)."""

import re

import pytest

from eventday.access.domain import Role
from tests.factories import COMMUNE, make_event
from tests.security.forms import forms_seen, restore, snapshot
from tests.security.table import ROWS
from tests.security.world import ELSEWHERE, HERE

SENT = [row for row in ROWS if row.is_page and row.method == "POST"]
FOREIGN = [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}]
# Forms of residents: no browser has any right there that another site could use. What lets in is the secret in the address.
OF_RESIDENTS = {row.rule for row in SENT if row.who == "anybody" and not row.rule.startswith("/dang-nhap")}
UNASKED = {
    "role": "ORGANISER",
    "scope": "country",
    "is_admin": "1",
    "approved": "1",
    "password_hash": "x",
    "disabled_at": "2027-01-01",
    "person_id": "1",
    "commune_id": ELSEWHERE,
    "commune_code": ELSEWHERE,
    "commune": ELSEWHERE,
    "event_id": "1",
    "event": "khac",
    "household_id": "1",
    "source": "desk",
    "capacity": "9999",
    "taken": "0",
    "waiting": "0",
    "status": "confirmed",
    "revoked_at": "",
    "published_at": "2027-01-01",
    "manual": "1",
    "id": "1",
}
NOT_A_BODY = ("[]", "7", '"x"', "null", '{"a": NaN}', "[" * 5000, "{" * 5000, '{"people": {"a": []}, "event": [[]], "phone": 1e308}', "")
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")


def test_a_form_without_the_session_s_own_token_is_refused_and_changes_nothing(world):
    browser, other = world.person(Role.ORGANISER, "country"), world.person(Role.ORGANISER, HERE)
    rows = [row for row in SENT if row.rule not in OF_RESIDENTS]
    before = world.everything()

    statuses = {
        (row.rule, data.get("csrf_token")): browser.client.post(world.address(row.rule), data=data).status_code
        for row in rows
        for data in ({}, {"csrf_token": other.token}, {"csrf_token": browser.token[:-1]})
    }

    assert len(rows) > 50
    assert {case: status for case, status in statuses.items() if status != 403} == {}
    assert world.everything() == before


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_a_form_from_elsewhere_is_refused_whatever_token_it_has(world, headers):
    browser = world.person(Role.ORGANISER, "country")
    before = world.everything()

    statuses = {row.rule: browser.post(world.address(row.rule), headers=headers).status_code for row in SENT}

    assert {rule: status for rule, status in statuses.items() if status != 403} == {}
    assert world.everything() == before


def test_the_interface_takes_json_and_no_form(world):
    """A browser can send a form to it, but no JSON; and its cookie opens nothing there."""
    rows = [row for row in ROWS if not row.is_page and row.method == "POST"]
    headers = [world.bearer("organiser", HERE), world.bearer("device", HERE)]

    statuses = {
        (row.rule, kind): world.app.test_client().post(row.rule, data="{}", content_type=kind, headers=headers["device" in row.who]).status_code
        for row in rows
        for kind in ("application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x")
    }

    assert set(statuses.values()) == {415}
    assert len(rows) == 4


@pytest.mark.parametrize("kind", ["organiser", "device"])
def test_json_of_another_shape_is_refused_in_words(world, kind):
    bearer, before = world.bearer(kind, HERE) | {"Content-Type": "application/json"}, world.everything()
    urls = [world.address(row.rule) for row in ROWS if not row.is_page and row.method != "GET"]

    answers = {(url, sent[:9]): world.app.test_client().post(url, data=sent, headers=bearer) for url in urls for sent in NOT_A_BODY}

    assert len(urls) > 4
    assert {case: answer.status_code for case, answer in answers.items() if not 400 <= answer.status_code < 500} == {}
    assert {answer.mimetype for answer in answers.values()} == {"application/problem+json"}
    assert changed(world.everything(), before) == []


def changed(after, before):
    """Rows that differ, but for when a bearer was heard of last."""
    return [row for row in set(after) ^ set(before) if not row.startswith(("devices: ", "api_tokens: "))]


def test_fields_that_nobody_asked_for_change_nothing(world):
    """The same form sent twice to the same database, once with more in it: what is kept is the same."""
    browser, forms = world.person(Role.ORGANISER, HERE), forms_seen(world)
    start = snapshot()
    differing, changed = {}, 0

    for path, (url, form) in forms.items():
        more = {name: value for name, value in UNASKED.items() if name not in form.choices}
        plain, crowded = (kept_after(world, browser, start, url, dict(form.fields) | extra) for extra in ({}, more))
        changed += plain != kept(world, start)
        if plain != crowded:
            differing[path] = sorted(set(plain) ^ set(crowded))[:4]

    assert (len(forms) > 40, changed > 10) == (True, True)
    assert differing == {}


def kept_after(world, browser, start, url, fields):
    restore(start)
    cookie = browser.client.get_cookie("eventday").value
    browser.client.post(url, data=fields)
    browser.client.set_cookie("eventday", cookie)
    rows = kept(world, start)
    restore(start)
    return rows


def kept(world, start):
    """All rows, without what is new each time: ids, secrets, moments."""
    known = set(_UUID.findall("".join(world.here.ids.values())))
    rows = (_UUID.sub(lambda found: found[0] if found[0] in known else "…", row) for row in world.everything() if not row.startswith("audit"))
    return sorted(re.sub(r"b'(?:[^'\\]|\\.)*'|b\"[^\"]*\"|datetime\.datetime\([^)]*\)|[0-9A-Z]{9}|[0-9a-f]{16,}", "…", row) for row in rows)


def test_the_walk_meets_the_forms(world):
    base = f"/lam-viec/{COMMUNE}/{make_event().code}"

    assert {f"{base}/nguoi-lam-viec", f"{base}/dia-phuong/gioi-thieu", f"{base}/may-quet", "/lam-viec/tai-khoan/ten"} <= forms_seen(world).keys()
