"""Facts as the other features keep them become figures; the same on both databases and at the same price."""

import pytest

from eventday.db import db
from eventday.programme import queries as programme
from eventday.programme.domain import Kind
from eventday.reports import figures, queries, service
from tests.checkins.gate import Phone, a_pass, came_by, scanned
from tests.checkins.statements import count_statements
from tests.conftest import MORNING
from tests.factories import COMMUNE, make_event, make_slot


def _day(app, people: int = 3) -> None:
    """A class with `people` registered of whom one stays away, a booth, one walk-in."""
    klass, booth = make_slot(starts_at=MORNING.replace(hour=5), title="Lớp học số AI"), make_slot(kind=Kind.BOOTH, title="Gian hàng VNeID")
    phone = Phone(app.test_client())
    issued = [a_pass(klass, name=f"Trần Thị {name}") for name in "ABCDEFGHIJKLMNOPQRSTUVWXY"[:people]]
    records = [scanned(one.token, klass) for one in issued[1:]] + [scanned(one.token, booth) for one in issued[1:]]
    phone.outcomes(*records, scanned(issued[1].token, booth, kind="stamp"))
    phone.walk_in(came_by("Lê Văn Út", booth))
    db.session.rollback()


def _count(**known):
    return figures.Count(**known)


def test_day_is_counted_from_what_was_registered_and_scanned(each_app):
    _day(each_app)

    made = service.report(make_event().code, COMMUNE, now=MORNING).figures

    assert made.totals == _count(registered=3, confirmed=3, of_registered=2, came=3, walk_ins=1, attendances=5, stamps=1)
    assert made.by_kind[Kind.CLASS] == _count(registered=3, confirmed=3, of_registered=2, came=2, attendances=2)
    assert made.by_kind[Kind.BOOTH] == _count(came=3, walk_ins=1, attendances=3, stamps=1)
    assert (made.passes, made.issued_at_gate, [half.people for half in made.arrivals]) == (4, 1, [3])


def test_report_as_json_has_the_contracts_form(app):
    _day(app)

    data = service.as_data(service.report(make_event().code, COMMUNE, now=MORNING))

    wanted = {"registered", "confirmed", "came", "walk_ins", "attendances", "online", "stamps"}
    assert (data["event"]["code"], data["scope"]) == (make_event().code, f"commune:{COMMUNE}")
    assert all(wanted <= part.keys() for part in [data["totals"], *data["by_kind"].values(), *data["by_hamlet"], *data["activities"]])
    assert {one["title"]: one["attendances"] for one in data["activities"]} == {"Lớp học số AI": 2, "Gian hàng VNeID": 3}


def test_gathering_costs_the_same_for_few_and_many(app):
    asked = []
    for people in (2, 20):
        _day(app, people)
        event = programme.event(make_event().code)
        with count_statements() as counted:
            queries.facts(event, COMMUNE)
        asked.append(counted.total)

    assert asked[0] == asked[1]


def test_letter_is_kept_word_for_word(each_app):
    event = make_event()
    written = service.report(event.code, COMMUNE, now=MORNING).letter
    changed = type(written)(
        **{**vars(written), "signer": "Phan Xuân Hải", "deputy": True, "bases": ("Kế hoạch số 45/KH-UBND",), "texts": {"causes": "Mưa."}}
    )

    for _ in range(2):
        service.save_letter(event.id, COMMUNE, changed, now=MORNING)
    db.session.rollback()

    assert service.report(event.code, COMMUNE, now=MORNING).letter == changed


@pytest.mark.parametrize("commune", ["00000", "99999"])
def test_commune_that_is_not_is_not_found(app, commune):
    with pytest.raises(service.NotFound):
        service.report(make_event().code, commune, now=MORNING)


def test_only_the_last_files_of_a_report_are_kept(app):
    event = make_event()
    kept = [service.keep(programme.event(event.code).id.__class__(int=number), event.code, COMMUNE, b"%PDF") for number in range(1, 6)]

    assert len(list(service._folder().glob("*.pdf"))) == 3
    assert service.file_of(kept[-1]) == b"%PDF"
    with pytest.raises(service.NotFound):
        service.file_of({"file": "../keys/cookies"})
