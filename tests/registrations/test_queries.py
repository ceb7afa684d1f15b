import pytest
from sqlalchemy import event as events

from eventday.db import db
from eventday.registrations import finding, passes, queries, service
from eventday.registrations.domain import Source
from tests.factories import BEFORE, COMMUNE, make_commune, make_event, make_slot
from tests.registrations.people import a_request, person, registered


@pytest.fixture
def asked(each_app):
    """The statements that the database was asked from here on."""
    statements: list[str] = []
    events.listen(db.engine, "before_cursor_execute", lambda _c, _cursor, statement, *_: statements.append(statement))
    return statements


def test_a_holders_page_shows_pass_and_household(each_app):
    slot = make_slot()
    mother, child = registered(slot, people=2)

    holder = queries.holder(mother.secret)

    assert (holder.view.id, holder.token, holder.secret, holder.phone) == (mother.id, mother.token, mother.secret, "+84912345678")
    assert [(member.view.id, member.secret) for member in holder.household] == [(child.id, child.secret)]
    assert [member.view.registrations[0].slot_id for member in holder.household] == [slot]


def test_a_qr_shows_its_pass_and_nothing_else_does(each_app):
    (issued,) = registered(make_slot())

    assert queries.shown_pass(f"https://ngayhoi.vn/T/{issued.token}").id == issued.id
    assert queries.shown_pass(issued.secret) is None
    forged = issued.token[:60] + ("A" if issued.token[60] != "A" else "B") + issued.token[61:]
    assert queries.shown_pass(forged) is None


def test_a_typed_code_is_of_one_event(each_app):
    (issued,) = registered()
    typed = passes.check(issued.code)

    assert queries.pass_by_typed(make_event().id, typed).id == issued.id
    assert queries.pass_by_typed(make_event(code="khac").id, typed) is None
    assert [view.id for view in queries.passes_by_typed(typed)] == [issued.id]


def test_people_of_a_slot_come_by_given_name(each_app):
    slot = make_slot()
    service.register(a_request(*(person(slot, name=name) for name in ("Lê Ánh", "Trần Thị Bình", "Võ An", "Phạm Đào"))), now=BEFORE)

    assert [view.name for view in queries.passes_of_slot(slot)] == ["Võ An", "Lê Ánh", "Trần Thị Bình", "Phạm Đào"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("an", ["Nguyễn Văn An", "Đỗ Ánh"]), ("nguyen a", ["Nguyễn Văn An"]), ("guyen", []), ("50%", []), ("", []), ("Đỗ", ["Đỗ Ánh"])],
)
def test_names_are_found_by_the_beginnings_of_their_words(each_app, text, expected):
    service.register(a_request(person(name="Nguyễn Văn An"), person(name="Đỗ Ánh")), now=BEFORE)

    assert [found.view.name for found in finding.search(make_event().id, COMMUNE, text).people] == expected


def test_a_commune_sees_passes_made_there_and_at_its_slots(each_app):
    there = make_slot(commune=make_commune("17365", "Xã Anh Sơn Đông"))
    service.register(a_request(person(name="Lê An"), person(there, name="Lê Bình")), now=BEFORE)
    event = make_event()

    assert [view.name for view in queries.passes_of_commune(event.id, "17365")] == ["Lê Bình"]
    assert [view.name for view in queries.passes_of_commune(event.id, COMMUNE)] == ["Lê An", "Lê Bình"]
    assert finding.search(event.id, "17365", "an").people == ()


def test_positions_count_who_waits_before(each_app):
    slot = make_slot(capacity=1)
    people = [registered(slot)[0] for _ in range(4)]
    service.cancel(people[2].placed[0].id, now=BEFORE)

    views = queries.registrations_of([issued.id for issued in people])

    assert [views[issued.id][0].position for issued in people] == [None, 1, None, 2]


@pytest.mark.parametrize("people", [2, 30])
def test_lists_ask_the_database_twice_whatever_their_length(each_app, asked, people):
    slot = make_slot()
    service.register(a_request(*(person(slot) for _ in range(people)), source=Source.DESK), now=BEFORE)
    db.session.rollback()
    asked.clear()

    found = queries.passes_of_slot(slot)

    assert len(found) == people
    assert sum(statement.startswith("SELECT") for statement in asked) == 2


def test_a_long_list_is_whole(each_app, monkeypatch):
    monkeypatch.setattr(queries, "_MANY", 1)
    slot = make_slot()
    registered(slot, people=3)

    assert [len(view.registrations) for view in queries.passes_of_commune(make_event().id, COMMUNE)] == [1, 1, 1]
    assert len(finding.search(make_event().id, COMMUNE, "nguyen").people) == 3
