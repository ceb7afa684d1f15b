import pytest
from sqlalchemy import event as events
from sqlalchemy import insert, text

from eventday.db import db, table, transaction
from eventday.kernel import ids
from eventday.kernel.errors import NotFound
from eventday.registrations import finding, service
from eventday.registrations.domain import Source, Status
from eventday.registrations.models import PassTerm
from tests.factories import BEFORE, COMMUNE, make_commune, make_event, make_slot
from tests.registrations.people import a_request, person, registered


def found(words, commune=COMMUNE):
    return [one.view.name for one in finding.search(make_event().id, commune, words).people]


@pytest.fixture
def three(each_app):
    service.register(a_request(person(name="Nguyễn Văn An"), person(name="Đỗ Thị Ánh")), now=BEFORE)
    return service.register(a_request(person(name="Lô Văn Ăn"), phone="+84387654321"), now=BEFORE)[0]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("van a", ["Nguyễn Văn An", "Lô Văn Ăn"]),
        ("5678", ["Nguyễn Văn An", "Đỗ Thị Ánh"]),
        ("an 5678", ["Nguyễn Văn An", "Đỗ Thị Ánh"]),
        ("do thi 678", ["Đỗ Thị Ánh"]),
        ("0387.654.321", ["Lô Văn Ăn"]),
        ("lô 5678", []),
    ],
)
def test_every_word_and_number_must_fit(three, words, expected):
    assert sorted(found(words)) == sorted(expected)


def test_a_typed_code_finds_its_pass_and_nobody_else_s(three):
    assert found(three.code.lower().replace("-", " ")) == ["Lô Văn Ăn"]
    assert found(three.code, commune=make_commune("17365", "Xã Khác")) == []


def test_who_registers_at_another_commune_s_slot_is_found_there(each_app):
    there = make_slot(commune=make_commune("17365", "Xã Khác"))
    issued = service.register(a_request(person(name="Lê Bình"), source=Source.WEB), now=BEFORE)[0]

    service.add_to_pass(issued.secret, [there], now=BEFORE)

    assert found("binh", commune="17365") == found("binh") == ["Lê Bình"]


def test_who_is_found_again_is_found_at_the_new_slot_too(each_app):
    there = make_slot(commune=make_commune("17365", "Xã Khác"))
    for slots in ([], [there]):
        service.register(a_request(person(*slots, name="Lê Bình"), source=Source.API), now=BEFORE)

    assert found("le binh", commune="17365") == ["Lê Bình"]


def test_a_person_is_not_shown_to_a_commune_that_does_not_see_them(three):
    with pytest.raises(NotFound):
        finding.person(make_event().id, make_commune("17365", "Xã Khác"), three.id)


def test_a_slot_s_people_come_by_given_name_and_the_queue_in_its_order(each_app):
    slot = make_slot(capacity=2)
    for name in ("Lê Bình", "Trần An", "Võ Cường", "Mai Ân"):
        service.register(a_request(person(slot, name=name)), now=BEFORE)

    assert [one.name for one in finding.people_of_slot(slot, Status.CONFIRMED)] == ["Trần An", "Lê Bình"]
    assert [(one.name, one.registration.position) for one in finding.people_of_slot(slot, Status.WAITING)] == [("Võ Cường", 1), ("Mai Ân", 2)]
    assert [one.name for one in finding.people_of_slot(slot, Status.CONFIRMED, skip=1, most=1)] == ["Lê Bình"]


def test_more_than_are_shown_is_said(each_app, monkeypatch):
    monkeypatch.setattr(finding, "_FOUND", 2)
    registered(people=3)

    answer = finding.search(make_event().id, COMMUNE, "nguyen")

    assert (len(answer.people), answer.more) == (2, True)


@pytest.fixture
def crowd(each_app):
    """Many people of other communes and one commune's own, so that planners see a large table."""
    registered(people=1)
    pass_id = db.session.scalar(text("SELECT id FROM passes"))
    assert pass_id
    with transaction() as session:
        own = session.scalars(db.select(PassTerm.pass_id)).first()
        rows = [{"commune_code": f"{at % 50:05}", "event_id": ids.new(), "term": f"t{at}", "pass_id": own} for at in range(5_000)]
        session.execute(insert(table(PassTerm)), rows)
        session.execute(text("ANALYZE"))
    return each_app


def test_a_search_walks_the_keys_and_never_the_table(crowd):
    statements = []
    events.listen(db.engine, "before_cursor_execute", lambda _c, _cur, statement, values, *_: statements.append((statement, values)))
    finding.search(make_event().id, COMMUNE, "nguyen van an 5678")
    explain = "EXPLAIN QUERY PLAN " if db.engine.dialect.name == "sqlite" else "EXPLAIN "

    asked = [(statement, values) for statement, values in statements if "pass_terms" in statement]
    plans = [str(row) for statement, values in asked for row in db.session.connection().exec_driver_sql(explain + statement, values)]

    assert len(asked) == 2
    assert not [line for line in plans if "SCAN pass_terms" in line or "Seq Scan on pass_terms" in line]


@pytest.fixture
def asked(each_app):
    """The statements that the database was asked from here on."""
    found = []
    events.listen(db.engine, "before_cursor_execute", lambda _c, _cursor, statement, *_: found.append(statement))
    return found


@pytest.mark.parametrize("people", [2, 40])
def test_a_search_asks_as_often_whatever_it_finds(asked, people):
    registered(people=people)
    event_id = make_event().id
    asked.clear()

    finding.search(event_id, COMMUNE, "nguyen van")

    assert sum(statement.startswith("SELECT") for statement in asked) == 4
