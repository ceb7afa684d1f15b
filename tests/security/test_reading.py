"""All that can be read: nobody sees what is another commune's (checklist B1, B4), reading changes nothing (C2), and no question makes it fail (G13)."""

import inspect
import re
from itertools import product

import pytest

from eventday.access.domain import Role
from eventday.kernel.text import fold
from tests.desk import Desk
from tests.factories import COMMUNE, make_event
from tests.security.pages import words_of
from tests.security.table import ROWS
from tests.security.test_foreign import random_ids
from tests.security.world import ELSEWHERE, FAR

READ = [row for row in ROWS if row.method == "GET"]
WORDS = ("an", "4567", "viec")  # of a name, a phone, a title; none of them is a mark itself
NO_THINGS = {"trang", "da", "kiem", "sau", "q", "chu", "ngay", "loai", "noi", "tinh", "next", "phan", "cu", "xong"}
KINDS = ("slot", "wish", "activity class", "pass", "registration", "removed", "removed place", "hamlet", "venue", "grant", "device", "job", "person")
DRAWN = (".pdf", ".png", "danh-dau", "tep")  # files: they ask nothing
SECRETS = ("secret", "token", "link", "enrolment", "upload")  # who has one of these is let in by it
STRANGERS = [(Role.ORGANISER, f"commune:{ELSEWHERE}"), (Role.ORGANISER, f"commune:{FAR}"), (Role.ORGANISER, "province:46"), None]
_NAMES = re.compile(r"""args(?:\.get\(|\[)"(\w+)\"""")


def reader(world, who):
    return world.person(*who) if who else Desk(world.app.test_client(), "")


def without_secrets(ids):
    """What somebody may know of a commune without having been let in by it."""
    absent = random_ids(ids)
    return {kind: absent[kind] if kind in SECRETS else value for kind, value in ids.items()}


def is_public(url):
    """Pages of residents and the list of published slots: what all may see of the commune."""
    return url == "/" or url.startswith((f"/{COMMUNE}", "/?", "/api/v1/events", "/api/v1/openapi", f"/{ELSEWHERE}"))


def leaks(world, url, answer):
    """Marks of the commune that the answer should not have."""
    words = fold(words_of(answer).replace(url, ""))
    digits = re.sub(r"[\s.\-]", "", words)
    secret = [mark for mark in (world.here.mark, "901234567") if fold(mark) in (digits if mark.isdigit() else words)]
    return secret + ([world.here.sign] if fold(world.here.sign) in words and not is_public(url) else [])


@pytest.mark.parametrize("who", STRANGERS, ids=str)
def test_no_page_that_a_stranger_reaches_holds_the_commune_s_marks(world, who):
    """With its ids in its own addresses and in the stranger's, and with its words looked for."""
    browser, known = reader(world, who), without_secrets(world.here.ids)
    urls = [url for row in READ for code in (COMMUNE, ELSEWHERE) for url in world.addresses(row.rule, known, code=code)]
    looking = [
        url for row in READ if "q" in names_of(world, row) for code in (COMMUNE, ELSEWHERE) for url in world.addresses(row.rule, known, code=code)
    ]
    urls += [f"{url}?q={word}" for url, word in product(looking, WORDS)]

    found = {url: leaks(world, url, answer) for url in urls if (answer := browser.get(url)).status_code < 600}

    assert len(found) > 200
    assert {url: marks for url, marks in found.items() if marks} == {}


def test_its_own_people_see_the_marks_there(world):
    """Else nothing would be found above, whatever leaked."""
    browser = world.person(Role.ORGANISER, f"commune:{COMMUNE}")

    found = {row.rule for row in READ for url in world.addresses(row.rule) if leaks(world, url, browser.get(url))}

    assert len(found) > 25


def test_its_ids_as_what_a_page_of_one_s_own_asks_for_are_not_found(world):
    """All names that a view's module takes from an address's query, with each id of the foreign commune."""
    browser, ids = world.person(Role.ORGANISER, f"commune:{ELSEWHERE}"), without_secrets(world.here.ids)
    values = [ids[kind] for kind in KINDS]
    asked = {
        f"{url}{'&' if '?' in url else '?'}{'&'.join(f'{name}={value}' for name in names)}"
        for row in READ
        for url in world.addresses(row.rule, world.there.ids, code=ELSEWHERE)[:1]
        for names in {tuple(sorted(names_asked_for(world, row)))} - {()}
        for value in values
    }

    found = {url: leaks(world, url, browser.get(url)) for url in asked}

    assert len(found) > 200
    assert {url: marks for url, marks in found.items() if marks} == {}


def names_asked_for(world, row):
    """Of those, the ones that may name a thing."""
    return names_of(world, row) - NO_THINGS if row.is_page else set()


def names_of(world, row):
    """Names of the query that the view's module reads."""
    rule = next(one for one in world.app.url_map.iter_rules() if one.rule.startswith(row.rule.split("<any")[0]) and "GET" in one.methods)
    module = inspect.getmodule(inspect.unwrap(world.app.view_functions[rule.endpoint]))
    return set(_NAMES.findall(inspect.getsource(module)))


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_reading_changes_nothing(world, method):
    """But that it is noted who took a list along, and when a device was heard of."""
    browser, device = world.person(Role.ORGANISER, "country"), world.bearer("device", f"commune:{COMMUNE}")
    token = world.bearer("organiser", f"commune:{COMMUNE}")
    before = kept(world)

    for row in READ:
        for url in world.addresses(row.rule):
            headers = {} if row.is_page else device if row.who == "device" else token
            browser.client.open(url, method=method, headers=headers)

    assert kept(world) == before
    assert len(before) > 100


def kept(world):
    rows = [row for row in world.everything() if not row.startswith(("audit_entries: ", "audit_heads: "))]
    return [re.sub(r"datetime\.datetime\([^)]*\)(?=, (?:None|datetime))", "", row) if row.startswith("devices: ") else row for row in rows]


def test_a_scanner_tells_nothing_of_the_commune_next_door(world):
    """Its passes and slots in what the scanner sends (checklist B4, JSON bodies)."""
    headers, ids = world.bearer("device", f"commune:{ELSEWHERE}"), world.here.ids
    scan = {"id": ids["slot"], "sequence": 1, "kind": "entry", "at": "2027-09-28T08:00:00+07:00", "by": "camera"}
    scans = [{**scan, "id": ids[slot], "pass": text, "slot": ids[slot]} for slot in ("slot", "second slot") for text in (ids["token"], ids["key"])]
    walk_in = {"id": ids["slot"], "pass_id": ids["pass"], "checkin": {"id": ids["wish"], "sequence": 9}, "name": "Lan", "slot": ids["slot"]}
    bodies = {"checkins": {"checkins": scans}, "walk-ins": {"walk_ins": [walk_in | {"at": scan["at"], "hamlet": ids["hamlet"]}]}}
    mine = of_here(world)

    answers = {path: world.app.test_client().post(f"/api/v1/{path}", json=body, headers=headers) for path, body in bodies.items()}

    assert {path: leaks(world, "", answer) for path, answer in answers.items()} == {"checkins": [], "walk-ins": []}
    assert of_here(world) == mine


@pytest.mark.parametrize("what", ["slot", "event", "hamlet"])
def test_a_program_registers_nobody_at_the_commune_next_door(world, what):
    slot = world.here.ids["slot"] if what == "slot" else world.there.ids["second slot"]
    person = {"name": "Lê Thị Lan", "slots": [slot]} | ({"hamlet": world.here.ids["hamlet"]} if what == "hamlet" else {})
    body = {"event": make_event().code, "commune": COMMUNE, "phone": "0912345679", "consent": True, "people": [person]}
    mine = of_here(world)

    answer = world.app.test_client().post("/api/v1/registrations", json=body, headers=world.bearer("organiser", f"commune:{ELSEWHERE}"))

    assert answer.status_code == 201 if what == "event" else answer.status_code in (403, 404, 422)
    assert leaks(world, "", answer) == []
    assert of_here(world) == mine


def of_here(world):
    """All rows that name the commune or something of it."""
    known = {value for kind, value in world.here.ids.items() if len(value) == 36} | {f"'{COMMUNE}'"}
    return [
        row for row in world.everything() if any(f"UUID('{value}')" in row or value in row for value in known) and not row.startswith("check_ins")
    ]


def test_what_is_asked_twice_or_in_another_shape_fails_nowhere(world):
    """Each address with its own questions doubled, made a list, negative, endless."""
    odd = ["slot=1&slot=2&q=a&q=b&ngay=1&ngay=2&sau=%00", "slot[]=1&q=%FF&sau=-1&cursor=x&cursor=y&ngay=NaN&trang=99999999999999999999"]
    urls = [url for row in ROWS if row.method == "GET" for url in world.addresses(row.rule)[:1] if not row.rule.endswith(DRAWN)]
    browser = world.person(Role.ORGANISER, "country")

    failed = {(url, more) for url in urls for more in odd if browser.get(f"{url.partition('?')[0]}?{more}").status_code >= 500}

    assert failed == set()
