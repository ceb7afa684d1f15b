"""Another commune's things named in the fields of one's own forms: the same answer as to what does not exist, and nothing changes (B3, B4)."""

import re
from uuid import uuid4

import pytest
from werkzeug.datastructures import MultiDict

from eventday.access.domain import Role
from tests.security.forms import forms_after, forms_seen, kind_of, one_of_each_kind, restore, snapshot
from tests.security.test_foreign import bare
from tests.security.world import ELSEWHERE, HERE

# What names a thing: an id, a code of a picture or a file, a place, what our own key has signed.
_NAMES = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{16}|[0-9a-f]{32}|(commune|province):\d+|[\w-]{8,}\.[\w-]+\.[\w-]+")
FILLED = {"name": "Tên mới", "title": "Việc mới", "capacity": "10", "start": "09:00", "end": "10:00", "day": "2027-10-09", "phone": "0912345678"}
FILLED |= {"people-0-name": "Lò Thị Mai", "people-0-birth_year": "1980", "birth_year": "1980", "consent": "y", "email": "moi@xa.vn", "kind": "hall"}
# A resident's own pass opens any commune's public slot.
FOR_ALL = re.compile(r"/p/\w+/them")
_SIGNED = re.compile(r"[\w-]{8,}\.[\w-]+\.[\w-]+")
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")


@pytest.fixture(scope="module")
def forms(world):
    """(address, form, what to send before it): all that an organiser of the commune meets, one of each kind."""
    seen = forms_seen(world)
    return [(*one, None) for one in one_of_each_kind(seen)] + list(forms_after(world, seen).values())


@pytest.fixture(scope="module")
def foreign(world):
    """What the forms of the other commune hold, by kind and field; and under `None` things of several kinds."""
    scope = f"commune:{ELSEWHERE}"
    seen = forms_seen(world, scope, world.there)
    met = {path: one[:2] for path, one in forms_after(world, seen, scope).items()}
    found = {}
    for path, one in {**seen, **met}.items():
        for name, values in one[1].choices.items():
            found.setdefault((kind_of(path, one)[0], name), set()).update(filter(_NAMES.fullmatch, values))
    return found | {None: {world.there.ids[kind] for kind in ("space", "slot", "pass", "person", "job")}}


def naming(form):
    """The fields that name a thing, as they are rendered."""
    return [name for name, values in form.choices.items() if name != "csrf_token" and any(map(_NAMES.fullmatch, values))]


def absent(value):
    """Of the same shape, and nothing's."""
    if _UUID.fullmatch(value):
        return str(uuid4())
    return f"{value.partition(':')[0]}:99" if ":" in value else value[:-4] + ("aaaa" if value[-4:] != "aaaa" else "bbbb")


def test_a_foreign_thing_in_a_field_is_one_that_does_not_exist(world, forms, foreign):
    asked, differing, before = {}, {}, (snapshot(), set(world.everything()))
    for one in [one for one in forms if not FOR_ALL.fullmatch(one[0])]:
        for name, values in foreign_in(one, foreign).items():
            nothing = sent(world, before, one, name, absent(values[0]))
            asked[one[0], name] = nothing[0]
            told = {value: sent(world, before, one, name, value) for value in values}
            differing |= {(one[0], name, value): (answer[:2], nothing[:2]) for value, answer in told.items() if answer != nothing}

    assert (len(asked) > 20, {303, 404, 409, 422} <= set(asked.values())) == (True, True)
    assert differing == {}


def foreign_in(one, foreign):
    """Each field that names a thing, with what to put there: what the same form of the other commune has, and a thing of each other kind."""
    url, form, _ = one
    kind = kind_of(url.partition("?")[0], one)[0]
    found = {name: foreign.get((kind, name), set()) | (foreign[None] if has_id(form, name) else set()) for name in naming(form)}
    return {name: sorted(values - set(form.choices[name])) for name, values in found.items()}


def has_id(form, name):
    return any(map(_UUID.fullmatch, form.choices[name]))


def sent(world, before, one, name, value):
    """Status, where it leads, the page in lines, and what was stored, naming the value; the database is put back."""
    url, form, earlier = one
    browser = world.person(Role.ORGANISER, HERE)
    cookie = browser.client.get_cookie("eventday").value
    if earlier:
        browser.client.post(earlier[0], data=dict(earlier[1].fields))
    answer = browser.client.post(url, data=with_named(form, name, value))
    rows = set(world.everything()) - before[1] if answer.status_code < 400 else set()
    restore(before[0])
    browser.client.set_cookie("eventday", cookie)
    return answer.status_code, plain(answer.location or ""), plain(answer.text).splitlines(), [row for row in rows if value in row]


def plain(page):
    return _SIGNED.sub("…", bare(page))


def with_named(form, name, value):
    """As a browser sends it, what is empty filled; one field has another value."""
    fields = [(one, text or FILLED.get(one, "")) for one, text in form.fields if one != name]
    others = [text for one, text in form.fields if one == name][1:]
    return MultiDict([*fields, (name, value), *((name, text) for text in others)])
