from datetime import UTC, date, datetime, time, timedelta

import pytest

from eventday.kernel import ids
from eventday.programme.domain import Admission, Event, Kind, Plan, Slot, Wish
from eventday.workspace import domain, todos
from eventday.workspace.domain import Freshness, PlanFigures
from eventday.workspace.todos import Situation, Todo

EVENT = Event(ids.new(), "ngay-hoi-2027", "Ngày hội", "40", date(2027, 10, 9), date(2027, 10, 10))
BEFORE = datetime(2027, 9, 28, 1, tzinfo=UTC)
ON_THE_DAY = datetime(2027, 10, 9, 2, 10, tzinfo=UTC)
AFTER = datetime(2027, 10, 11, 1, tzinfo=UTC)
PUBLISHED = datetime(2027, 9, 25, 3, tzinfo=UTC)


def slot(
    title="Lớp học số",
    *,
    kind=Kind.CLASS,
    taken=0,
    waiting=0,
    capacity=30,
    venue="Nhà văn hóa xã",
    hours=0,
    admission=Admission.SEATS,
    cancelled=None,
):
    start = datetime(2027, 10, 9, 0, 30, tzinfo=UTC) + timedelta(hours=hours)
    return Slot(
        id=ids.new(),
        activity_id=ids.new(),
        event_id=EVENT.id,
        commune_code="17329",
        title=title,
        kind=kind,
        host="UBND xã",
        space_id=None,
        space="Hội trường",
        venue=venue,
        place=f"Hội trường, {venue}",
        starts_at=start,
        ends_at=start + timedelta(hours=1),
        closes_at=start,
        admission=admission,
        capacity=capacity,
        taken=taken,
        waiting=waiting,
        cancelled_at=cancelled,
    )


def wish(**known):
    empty = {"day": None, "start": None, "end": None, "part": None, "space_id": None, "place": "", "capacity": None}
    return Wish(id=ids.new(), activity_id=ids.new(), title="Hội thi", kind=Kind.TALK, host="", **{**empty, **known})


def situation(*, now=BEFORE, published=PUBLISHED, slots=(), wishes=(), seen=()):
    return Situation(event=EVENT, plan=Plan(published, len(slots), len(wishes)), slots=slots, wishes=wishes, seen=seen, now=now)


def codes(at):
    return [todo.code for todo in todos.todos(at)]


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        pytest.param(situation(published=None), ["empty_plan"], id="nothing is planned"),
        pytest.param(situation(published=None, wishes=[wish()]), ["wishes"], id="a plan of wishes is not empty"),
        pytest.param(situation(published=None, slots=[slot()]), ["unpublished"], id="what is placed waits to be published"),
        pytest.param(situation(slots=[slot()]), [], id="twelve days before, all is well"),
        pytest.param(situation(slots=[slot()], now=ON_THE_DAY), ["no_device"], id="no scanner on the day"),
        pytest.param(situation(slots=[slot()], seen=[None]), [], id="a device that never spoke is no matter before the day"),
        pytest.param(situation(slots=[slot()], now=ON_THE_DAY, seen=[ON_THE_DAY]), [], id="a scanner that speaks"),
        pytest.param(situation(slots=[slot()], now=ON_THE_DAY, seen=[ON_THE_DAY, None]), ["silent_devices"], id="one that never spoke"),
        pytest.param(situation(slots=[slot()], wishes=[wish()], now=AFTER, seen=[None]), ["report"], id="afterwards only the report"),
    ],
)
def test_what_needs_doing(at, expected):
    assert codes(at) == expected


def test_full_slots_with_a_queue_name_the_longest():
    short, long = slot("A", taken=30, waiting=3), slot("B", taken=30, waiting=11)

    found = todos.todos(situation(slots=[short, long, slot("C", taken=30)]))

    assert found == [Todo("queue", {"slots": 2, "people": 14, "title": "B", "most": 11}, long.id)]


@pytest.mark.parametrize("quiet", [slot(waiting=3, cancelled=BEFORE), slot(waiting=3, hours=-300)])
def test_nobody_acts_on_a_queue_of_what_is_cancelled_or_past(quiet):
    assert codes(situation(slots=[quiet])) == []


def test_the_worst_comes_first():
    at = situation(published=None, slots=[slot(waiting=1)], wishes=[wish()], now=EVENT_EVE)

    assert codes(at) == ["unpublished", "wishes", "queue", "no_device"]


EVENT_EVE = datetime(2027, 10, 8, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        pytest.param(situation(published=None), ["now", "later", "later", "later", "later", "later"], id="empty"),
        pytest.param(situation(published=None, slots=[slot()], wishes=[wish()]), ["done", "now", "now", "later", "later", "later"], id="planned"),
        pytest.param(situation(slots=[slot()]), ["done", "done", "done", "now", "later", "later"], id="published"),
        pytest.param(situation(slots=[slot()], now=ON_THE_DAY), ["done", "done", "done", "now", "now", "later"], id="on the day"),
        pytest.param(situation(slots=[slot()], now=AFTER), ["done", "done", "done", "done", "done", "now"], id="afterwards"),
    ],
)
def test_the_six_phases_follow_the_work(at, expected):
    assert [step.state for step in todos.steps(at)] == expected


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({}, ["day", "start", "end", "place"]),
        ({"start": time(8)}, ["day", "end", "place"]),
        ({"day": EVENT.first_day, "start": time(8), "end": time(9)}, ["place"]),
    ],
)
def test_a_wish_says_what_it_lacks(known, expected):
    assert domain.lacks(wish(**known)) == expected


def test_slots_stand_by_day_then_venue_with_what_has_no_place_last():
    first, second, online, next_day = slot("A", hours=1), slot("B"), slot("C", venue=""), slot("D", hours=24)

    days = domain.by_day_and_venue([next_day, online, first, second])

    assert [(day.day.day, [(venue.venue, [each.title for each in venue.slots]) for venue in day.venues]) for day in days] == [
        (9, [("Nhà văn hóa xã", ["B", "A"]), ("", ["C"])]),
        (10, [("Nhà văn hóa xã", ["D"])]),
    ]


def test_venues_stand_in_vietnamese_order_with_what_is_online_last():
    market, post, school = slot(venue="Chợ trung tâm"), slot(venue="Điểm Bưu điện"), slot(venue="Trường THCS")
    online = slot(kind=Kind.ONLINE, venue="Trực tuyến")

    (day,) = domain.by_day_and_venue([online, school, post, market])

    assert [venue.venue for venue in day.venues] == ["Chợ trung tâm", "Điểm Bưu điện", "Trường THCS", "Trực tuyến"]


@pytest.mark.parametrize(
    ("ago", "expected"),
    [
        (None, Freshness("bad", "never")),
        (timedelta(seconds=-30), Freshness("good", "just_now")),
        (timedelta(seconds=59), Freshness("good", "just_now")),
        (timedelta(minutes=4, seconds=59), Freshness("good", "minutes", 4)),
        (timedelta(minutes=5), Freshness("warn", "minutes", 5)),
        (timedelta(minutes=59, seconds=59), Freshness("warn", "minutes", 59)),
        (timedelta(minutes=60), Freshness("bad", "hours", 1)),
        (timedelta(hours=48), Freshness("bad", "days", 2)),
    ],
)
def test_freshness_turns_at_five_and_sixty_minutes(ago, expected):
    assert domain.freshness(None if ago is None else BEFORE - ago, BEFORE) == expected


def test_figures_count_seats_of_what_stands():
    slots = [slot(taken=30, waiting=2), slot(taken=5), slot(admission=Admission.OPEN, capacity=90), slot(taken=9, cancelled=BEFORE)]

    assert domain.figures(slots) == PlanFigures(seated=35, waiting=2, seats=60, full=1)


def event(first, last):
    return Event(ids.new(), str(first), "Ngày hội", "40", first, last)


def test_the_running_event_comes_first_then_the_newest():
    past, running, coming = (event(date(year, 10, 9), date(year, 10, 10)) for year in (2026, 2027, 2028))

    assert domain.most_timely([past, coming, running], date(2027, 10, 10)) == [running, coming, past]
    assert domain.most_timely([past, running], date(2028, 1, 1)) == [running, past]
    assert domain.most_timely([], date(2028, 1, 1)) == []


def test_the_board_shows_today_while_the_event_runs():
    seats, open_, next_day = slot("A", taken=20), slot("B", admission=Admission.OPEN, hours=3), slot("C", hours=24)

    days = domain.board_days(EVENT, [next_day, open_, seats], {seats.id: 12, open_.id: 40}, {seats.id: 5}, ON_THE_DAY)

    assert [(line.slot.title, line.came, line.of, line.stamps, line.state) for day in days for line in day.lines] == [
        ("A", 12, 20, 5, "over"),
        ("B", 40, None, 0, "coming"),
    ]
    assert len(domain.board_days(EVENT, [next_day, seats], {}, {}, AFTER)) == 2


def test_booths_stand_last_on_the_board():
    booth, later = slot("Gian hàng", kind=Kind.BOOTH, admission=Admission.OPEN), slot("Lớp", hours=2)

    (day,) = domain.board_days(EVENT, [booth, later], {}, {}, ON_THE_DAY)

    assert [line.slot.title for line in day.lines] == ["Lớp", "Gian hàng"]


def test_booths_of_the_same_hours_are_one_line_of_the_board():
    booths = [slot(name, kind=Kind.BOOTH, admission=Admission.OPEN) for name in ("Gian hàng VNeID", "Gian hàng VietQR")]
    other = slot("Gian hàng chiều", kind=Kind.BOOTH, admission=Admission.OPEN, hours=5)

    (day,) = domain.board_days(EVENT, [*booths, other], {booths[0].id: 12, booths[1].id: 30}, {booths[0].id: 1, booths[1].id: 2}, ON_THE_DAY)

    assert [(line.booths, line.came, line.of, line.stamps) for line in day.lines] == [(2, 42, None, 3), (1, 0, None, 0)]
