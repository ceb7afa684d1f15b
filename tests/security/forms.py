"""All forms that somebody meets: on the pages that they reach, and on those that come only after a form was sent."""

import re
from urllib.parse import urljoin, urlsplit

import pysqlite3

from eventday.access.domain import Role
from eventday.db import db
from tests.security.pages import Form, forms_of
from tests.security.test_table import PAGES
from tests.security.world import HERE

_THING = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{32}|\b\d{5}\b")
_ALSO = (
    "/{code}/dang-ky?slot={second slot}",
    "/p/{secret}/them",
    "/p/{secret}/huy?dk={registration}",
    "/p/{secret}/cap-lai",
    "/lam-viec/{code}/ngay-hoi-2027/nguoi-tham-gia/gop?the={pass}&the={waiting pass}",
    "/lam-viec/{code}/ngay-hoi-2027/ke-hoach/nhap?tep={upload}",
    "/lam-viec/{code}/ngay-hoi-2027/ke-hoach/nhap/{upload}/dia-diem?o=o-0-2-3",
)
_TO_STRANGERS = ("/dang-nhap", "/dang-nhap/mat-khau", "/dang-nhap/{link}")


def forms_seen(world, scope=HERE, made=None):
    """Each form of each page that an organiser of that scope reaches at the commune, by its path: its address, and what a browser would send."""
    made = made or world.here
    browser = world.person(Role.ORGANISER, scope)
    own = {"code": made.code, **made.ids}
    pages = [url for row in PAGES if row.method == "GET" for url in world.addresses(row.rule, made.ids, code=made.code)]
    found = {}
    for client, urls in ((browser.client, [*pages, *(one.format(**own) for one in _ALSO)]), (world.app.test_client(), _TO_STRANGERS)):
        for url in urls:
            _read(found, url.format(**own), client.get(url.format(**own)))
    return found


def forms_after(world, forms, scope=HERE):
    """Forms that stand on no page one can ask for, only on the answer to another form; each with the form to send before it."""
    browser, start, known, found = world.person(Role.ORGANISER, scope), snapshot(), {kind_of(*one) for one in forms.items()}, {}
    cookie = browser.client.get_cookie("eventday").value
    for url, form in forms.values():
        met = {}
        answer = browser.client.post(url, data=dict(form.fields))
        _read(met, answer.location or url, browser.get(answer.location) if answer.status_code == 303 else answer)
        found |= {path: (*one, (url, form)) for path, one in met.items() if kind_of(path, one) not in known}
        known |= {kind_of(path, one) for path, one in met.items()}
        restore(start)
        browser.client.set_cookie("eventday", cookie)
    return found


def _read(found: dict[str, tuple[str, Form]], url, answer):
    for form in forms_of(answer.text) if answer.mimetype == "text/html" else []:
        path = urlsplit(urljoin(url, form.action)).path
        found.setdefault(path, (urljoin(url, form.action or url), form))


def kind_of(path, one):
    """Forms that ask the same at addresses of the same kind are one."""
    return _THING.sub("_", path), frozenset(one[1].choices)


def one_of_each_kind(forms):
    """(address, form) of one of each."""
    return [one[:2] for one in {kind_of(*each): each[1] for each in forms.items()}.values()]


def snapshot():
    db.session.rollback()
    copy = pysqlite3.connect(":memory:", check_same_thread=False)
    with db.engine.connect() as connection:
        connection.connection.driver_connection.backup(copy)
    return copy


def restore(start):
    db.session.rollback()
    with db.engine.connect() as connection:
        start.backup(connection.connection.driver_connection)
