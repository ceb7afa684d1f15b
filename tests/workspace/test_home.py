"""The home: conflicts among what needs doing, and figures of people."""

from datetime import UTC, date, datetime, timedelta

import pytest

from eventday.access.domain import Role
from eventday.kernel import clock
from eventday.places import queries as places
from eventday.programme.conflicts import Code, Conflict, Use
from eventday.programme.domain import Kind
from eventday.registrations import counts
from eventday.registrations import service as registrations
from eventday.registrations.domain import PersonRequest, RegistrationRequest, Source
from eventday.workspace import messages, todos
from tests.desk import sign_in
from tests.factories import BEFORE, COMMUNE, make_event, make_slot
from tests.places.samples import enter_sample_places
from tests.workspace.test_domain import AFTER, situation, slot

HOME = f"/lam-viec/{COMMUNE}/ngay-hoi-2027"
EIGHT = datetime(2027, 10, 10, 1, tzinfo=UTC)


@pytest.fixture
def desk(app):
    clock.shift_to(BEFORE)
    make_event()
    enter_sample_places(COMMUNE)
    return sign_in(app)


def hall():
    return next(space for space in places.spaces(COMMUNE) if space.full_name.startswith("Hội trường, Nhà"))


def register(slot_id, *people, phone="+84912345678", now=BEFORE):
    asked = tuple(PersonRequest(name=name, birth_year=1970, hamlet_id=hamlet, slot_ids=(slot_id,)) for name, hamlet in people)
    request = RegistrationRequest(event_id=make_event().id, commune_code=COMMUNE, phone=phone, people=asked, source=Source.DESK)
    return registrations.register(request, now=now)


def clash(*slots, code=Code.SPACE_TAKEN):
    uses = tuple(Use(key=s.id, activity=s.id, title=s.title, kind=s.kind, starts_at=s.starts_at, ends_at=s.ends_at) for s in slots)
    return Conflict(code, uses, uses[0].starts_at, uses[0].ends_at, "Hội trường")


def with_conflicts(*found, slots=(), **more):
    return todos.Situation(**{**vars(situation(slots=slots, **more)), "conflicts": found})


def test_a_conflict_leads_to_the_side_that_came_second_and_counts_who_it_touches():
    first, second = slot("Hội nghị phát động", taken=40), slot("AI giúp gì cho nông dân?", taken=15, waiting=2)

    todo = todos.todos(with_conflicts(clash(first, second), slots=[first, second]))[0]

    assert (todo.code, todo.slot_id) == ("conflict", second.id)
    line = messages.todo_line(todo)
    assert line.title == "Hội trường bị xếp 2 việc cùng lúc"
    assert line.why == "Thứ Bảy 09/10, 07:30–08:30: “Hội nghị phát động” và “AI giúp gì cho nông dân?”. 57 người đã đăng ký."


def test_many_conflicts_are_a_few_lines_and_one_for_the_rest():
    found = [clash(slot("A"), slot("B")) for _ in range(7)]

    told = [(todo.code, todo.facts.get("conflicts")) for todo in todos.todos(with_conflicts(*found, slots=[slot()]))]

    assert told == [("conflict", None)] * 4 + [("conflicts", 3)]
    assert [step.code for step in todos.steps(with_conflicts(*found))][1] == "clashing"


@pytest.mark.parametrize("quiet", [with_conflicts(clash(slot(), slot()), now=AFTER), with_conflicts(clash(slot(), slot(), code=Code.AUDIENCE_TWICE))])
def test_what_is_past_or_may_be_meant_so_is_nothing_to_do(quiet):
    assert not [todo for todo in todos.todos(quiet) if todo.code.startswith("conflict")]


def test_a_hall_given_twice_is_on_the_home_and_in_the_plan_with_links_to_both_sides(desk):
    one, other = (make_slot(title=title, starts_at=EIGHT, space_id=hall().id, kind=Kind.TALK) for title in ("Tọa đàm A", "Tọa đàm B"))

    home, plan = desk.get(HOME).text, desk.get(f"{HOME}/ke-hoach").text

    assert "Hội trường, Nhà văn hóa xã Anh Sơn bị xếp 2 việc cùng lúc" in home
    assert f'href="{HOME}/ke-hoach/ca/{other}"' in home or f'href="{HOME}/ke-hoach/ca/{one}"' in home
    assert f'href="{HOME}/ke-hoach#xung-dot"' in sign_in(desk.client.application, Role.VIEWER).get(HOME).text
    assert "Xung đột: 2" in plan  # the hall, and UBND xã that speaks in it twice
    for slot_id in (one, other):
        assert f'href="{HOME}/ke-hoach/ca/{slot_id}"' in plan
        assert f'<tr id="ca-{slot_id}"' in plan


def test_a_plan_without_a_clash_says_nothing_of_it(desk):
    make_slot(title="Tọa đàm A", starts_at=EIGHT, space_id=hall().id)
    make_slot(title="Tọa đàm B", starts_at=EIGHT + timedelta(hours=2), space_id=hall().id)

    assert 'id="xung-dot"' not in desk.get(f"{HOME}/ke-hoach").text
    assert "cùng lúc" not in desk.get(HOME).text


def test_figures_count_people_families_and_hamlets_and_name_where_nobody_is(desk):
    known = places.hamlets(COMMUNE)
    register(make_slot(), ("Vi Thị Mai", known[0].id), ("Vi Văn Nam", known[0].id))

    page = " ".join(desk.get(HOME).text.split())

    assert "<b>2</b> <span>người, 1 gia đình</span>" in page
    assert f"<b>1<small>/{len(known)}</small></b> <span>thôn, bản có người đăng ký</span>" in page
    silent = page[page.index("Thôn, bản chưa có ai đăng ký") :]
    assert known[1].name in silent
    assert f"{known[0].name}," not in silent


def test_registrations_are_counted_on_their_vietnamese_day(each_app):
    event, slot_id = make_event(), make_slot()
    register(slot_id, ("An", None), now=datetime(2027, 9, 27, 16, 59, tzinfo=UTC))
    register(slot_id, ("Bình", None), phone="+84912345679", now=datetime(2027, 9, 27, 17, 0, tzinfo=UTC))

    found = counts.registered(event.id, COMMUNE, days=3, until=date(2027, 9, 28))

    assert [count for _, count in found.by_day] == [0, 1, 1]
    assert (found.people, found.households, found.registrations) == (2, 2, 2)
    assert counts.registered(event.id, "00070", days=1, until=found.by_day[0][0]).people == 0
    assert found.heard_from == frozenset()  # none was named
