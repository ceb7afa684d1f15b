"""A chain that was touched is found out, whatever was done to it: each case leaves its mark on one row of a chain of five."""

from dataclasses import fields

import pytest
from sqlalchemy import delete, insert, select, update

from eventday.audit import queries
from eventday.audit.chains import Fault
from eventday.audit.domain import FIRST, hash_of
from eventday.audit.domain import Entry as Act
from eventday.audit.models import Entry, Head
from eventday.audit.service import note
from eventday.db import db, transaction
from tests.audit.chain import unguard
from tests.conftest import MORNING
from tests.factories import COMMUNE, make_commune


def grown(app):
    for number in range(5):
        add(number)
    add(1, chain="17332")
    add(2, chain="17332")
    unguard()
    return app


@pytest.fixture
def chain(app):
    """Five acts in one commune, two in another."""
    return grown(app)


@pytest.fixture
def each_chain(each_app):
    """The same on SQLite and on PostgreSQL."""
    return grown(each_app)


def add(number, chain=COMMUNE):
    with transaction() as session:
        note(session, chain, "changed", ("hamlet", "h1"), {"population": number}, {"population": number + 1}, MORNING)


def touch(*statements):
    with transaction() as session:
        for statement in statements:
            session.execute(statement.execution_options(synchronize_session=False))


def row(number):
    return (Entry.chain == COMMUNE, Entry.number == number)


def fault():
    db.session.rollback()
    return queries.verify(COMMUNE).fault


def rehashed(number, **values):
    """A row changed by somebody who knows how hashes are made."""
    stored = db.session.execute(select(Entry).where(*row(number))).scalar_one()
    act = Act(**{field.name: getattr(stored, field.name) for field in fields(Act)} | values)
    return update(Entry).where(*row(number)).values(**values, hash=hash_of(act, stored.previous))


def test_an_untouched_chain_is_whole(each_chain):
    verified = queries.verify(COMMUNE)

    last = db.session.execute(select(Entry.hash).where(*row(5))).scalar_one()
    assert (verified.count, verified.hash, verified.fault) == (5, last, None)
    assert queries.chains() == [COMMUNE, "17332"]


@pytest.mark.parametrize(
    "values",
    [
        {"at": MORNING.replace(microsecond=1)},
        {"actor_kind": "command"},
        {"actor_id": "p2"},
        {"action": "removed"},
        {"subject_kind": "venue"},
        {"subject_id": "h2"},
        {"label": "Thôn Đông"},
        {"before": {"population": 7}},
        {"after": None},
        {"previous": FIRST},
        {"hash": FIRST},
    ],
)
def test_any_altered_column_is_found(chain, values):
    touch(update(Entry).where(*row(3)).values(**values))

    assert fault() == Fault("altered", 3)


@pytest.mark.parametrize("number", [1, 5])
def test_an_altered_row_is_found_wherever_it_stands(each_chain, number):
    touch(update(Entry).where(*row(number)).values(label="Thôn Tây"))

    assert fault() == Fault("altered", number)


@pytest.mark.parametrize("number", [1, 3, 5])
def test_an_altered_row_with_its_hash_made_anew_is_found(chain, number):
    touch(rehashed(number, action="removed"))

    assert fault() == Fault("unlinked", number)


@pytest.mark.parametrize("number", [1, 3])
def test_a_missing_row_is_found(each_chain, number):
    touch(delete(Entry).where(*row(number)))

    assert fault() == Fault("missing", number)


def test_missing_last_rows_are_found_by_the_head(each_chain):
    touch(delete(Entry).where(Entry.chain == COMMUNE, Entry.number >= 4))

    assert fault() == Fault("missing", 4)


def test_a_chain_emptied_but_for_its_head_is_found(chain):
    touch(delete(Entry).where(Entry.chain == COMMUNE))

    assert fault() == Fault("missing", 1)


def test_a_missing_row_with_the_gap_closed_is_found(chain):
    touch(delete(Entry).where(*row(3)), update(Entry).where(*row(4)).values(number=3), update(Entry).where(*row(5)).values(number=4))

    assert fault() == Fault("altered", 3)


def test_rows_that_changed_places_are_found(chain):
    touch(*(update(Entry).where(*row(old)).values(number=new) for old, new in ((2, 9), (3, 2), (9, 3))))

    assert fault() == Fault("altered", 2)


@pytest.mark.parametrize(("number", "found"), [(6, Fault("added", 6)), (0, Fault("added", 0))])
def test_an_inserted_row_is_found(each_chain, number, found):
    last = db.session.execute(select(Entry).where(*row(5))).scalar_one()
    values = {field.name: getattr(last, field.name) for field in fields(Act)} | {"number": number}
    touch(insert(Entry).values(**values, previous=last.hash, hash=hash_of(Act(**values), last.hash)))

    assert fault() == found


def test_a_row_put_between_others_is_found(chain):
    stored = db.session.execute(select(Entry).where(*row(3))).scalar_one()
    values = {field.name: getattr(stored, field.name) for field in fields(Act)}
    later = [update(Entry).where(*row(number)).values(number=number + 1) for number in (5, 4)]
    between = insert(Entry).values(**{**values, "number": 4}, previous=stored.hash, hash=hash_of(Act(**{**values, "number": 4}), stored.hash))
    touch(*later, between, update(Head).where(Head.chain == COMMUNE).values(count=6))

    assert fault() == Fault("altered", 5)


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        (update(Head).where(Head.chain == COMMUNE).values(hash=FIRST), Fault("unlinked", 5)),
        (update(Head).where(Head.chain == COMMUNE).values(count=4), Fault("added", 5)),
        (update(Head).where(Head.chain == COMMUNE).values(count=7), Fault("missing", 6)),
        (delete(Head).where(Head.chain == COMMUNE), Fault("no_head", 5)),
    ],
)
def test_a_touched_head_is_found(chain, statement, found):
    touch(statement)

    assert fault() == found
    assert COMMUNE in queries.chains()


def test_what_is_done_to_one_chain_says_nothing_of_another(chain):
    touch(update(Entry).where(*row(1)).values(label="X"))

    assert queries.verify("17332").fault is None


def verify(app, *arguments):
    db.session.rollback()
    return app.test_cli_runner().invoke(args=["audit", "verify", *arguments])


def test_the_command_names_each_whole_chain_with_its_last_hash(chain):
    done = verify(chain)

    lines = done.stdout.splitlines()
    assert (done.exit_code, len(lines)) == (0, 2)
    assert lines[0] == f"{COMMUNE}: 5 dòng, nguyên vẹn. {queries.verify(COMMUNE).hash.hex()}"


def test_the_command_names_the_first_fault_and_fails(each_chain):
    make_commune()
    touch(update(Entry).where(*row(2)).values(label="X"), delete(Entry).where(*row(4)))

    done = verify(each_chain, "--commune", COMMUNE)

    assert (done.exit_code, done.stdout, done.stderr) == (1, "", f"{COMMUNE}: dòng 2 đã bị sửa.\n")


def test_the_command_knows_its_communes(app):
    done = verify(app, "--commune", "99999")

    assert (done.exit_code, done.stdout) == (1, "")
