"""What clashes: each rule, and the sweep against a brute-force one that looks at every pair and every minute."""

from collections import Counter
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventday.kernel import ids
from eventday.places.domain import ONLINE, Equipment, Space
from eventday.programme.conflicts import Code, Use, conflicts, conflicts_of, gathered
from eventday.programme.conflicts.pools import renamed
from eventday.programme.conflicts.sweep import Claim, excesses
from eventday.programme.domain import Kind
from eventday.programme.planned import code_of, number_of

MIDNIGHT = datetime(2027, 10, 9, 17, tzinfo=UTC)  # of 10 October in Vietnam
PROJECTORS = [Equipment("máy chiếu", "cái", 2), Equipment("máy tính để bàn", "cái", 20), Equipment("máy tính bảng", "cái", 10)]


def space(name: str = "Hội trường", *, kind: str = "hall", capacity: int = 100, pitches: int = 0) -> Space:
    return Space(ids.new(), "17329", "Nhà văn hóa", name, f"{name}, Nhà văn hóa", kind, capacity, pitches, time(7), time(21, 30))


HALL, YARD, AIR = space(), space("Sân", kind="yard", pitches=2), space("Trực tuyến", kind=ONLINE, capacity=0)


def use(start: float, end: float, at: Space | None = HALL, kind: Kind = Kind.CLASS, **said: object) -> Use:
    key = said.pop("key", None) or ids.new()
    facts = {"activity": key, "title": "Lớp học số", "people": 20} | said
    return Use(key=key, kind=kind, starts_at=hour(start), ends_at=hour(end), space=at, **facts)


def hour(clock: float) -> datetime:
    return MIDNIGHT + timedelta(hours=clock)


def codes(*uses: Use, equipment: list[Equipment] | None = None) -> list[str]:
    return [found.code.value for found in conflicts(uses, equipment or [])]


@pytest.mark.parametrize(("start", "end", "free"), [(10, 11, True), (7, 8, True), (9, 11, False), (7, 12, False), (8, 10, False), (8.5, 9, False)])
def test_one_thing_at_a_time_and_times_that_touch_are_no_clash(start: float, end: float, free: bool) -> None:
    assert codes(use(8, 10), use(start, end)) == ([] if free else ["space_taken"])


def test_the_clash_is_of_those_two_for_as_long_as_both_last() -> None:
    first, second = use(7.5, 9), use(8.5, 10)

    (found,) = conflicts([second, first])

    assert (found.uses, found.starts_at, found.ends_at, found.what) == ((first, second), hour(8.5), hour(9), HALL.full_name)


def test_another_space_or_what_is_online_takes_no_place() -> None:
    assert codes(use(8, 10), use(8, 10, space("Phòng họp")), use(8, 10, AIR), use(8, 10, AIR), use(8, 10, None), use(8, 10, None)) == []


def test_booths_share_a_yard_up_to_its_pitches() -> None:
    morning, noon, all_day = use(7, 11, YARD, Kind.BOOTH), use(11, 13, YARD, Kind.STATION), use(7, 13, YARD, Kind.BOOTH)

    assert codes(morning, noon, all_day) == []
    assert codes(morning, all_day, use(8, 9, YARD, Kind.STATION)) == ["pitches_full"]


def test_a_conference_in_a_yard_takes_no_pitch_but_its_room() -> None:
    booth = use(7, 12, YARD, Kind.BOOTH, people=60)

    assert codes(booth, use(8, 10, YARD, Kind.CONFERENCE, people=40)) == []
    assert codes(booth, use(8, 10, YARD, Kind.CONFERENCE, people=41)) == ["over_capacity"]
    assert codes(use(8, 10, YARD, Kind.CONFERENCE), use(9, 12, YARD, Kind.TALK)) == ["space_taken"]


def test_more_people_than_the_space_holds() -> None:
    (found,) = conflicts([use(8, 10, people=101)])

    assert (found.code, found.wanted, found.available) == (Code.OVER_CAPACITY, 101, 100)
    assert codes(use(8, 10, people=100)) == codes(use(8, 10, space(capacity=0), people=101)) == []


@pytest.mark.parametrize(("start", "end", "shut"), [(7, 21.5, False), (6.5, 8, True), (21, 22, True), (20, 32, True), (21.5, 21.75, True)])
def test_a_space_is_used_within_its_opening_hours(start: float, end: float, shut: bool) -> None:
    assert codes(use(start, end)) == (["outside_hours"] if shut else [])
    assert codes(use(start, end, AIR)) == []


def test_a_host_is_in_one_meeting_at_a_time_however_written() -> None:
    class_, talk = use(8, 10, host="Công an xã"), use(9, 11, space("Phòng họp"), Kind.TALK, host="CÔNG AN  XÃ")

    assert codes(class_, talk) == ["host_twice"]
    assert codes(class_, use(10, 11, space("Phòng họp"), host="Công an xã")) == []
    assert codes(class_, use(8, 10, None, host="Trạm Y tế xã"), use(8, 10, None), use(8, 10, None)) == []


@pytest.mark.parametrize("kind", [Kind.BOOTH, Kind.STATION, Kind.ONLINE])
def test_an_organisation_minds_booths_and_speaks_on_air_beside_its_meeting(kind: Kind) -> None:
    assert codes(use(8, 10, host="Công an xã"), use(7, 17, YARD, kind, host="Công an xã")) == []


def test_two_things_for_one_audience_are_a_warning_unless_they_are_rounds_of_one() -> None:
    first, second = use(8, 10, audience="Nông dân"), use(9, 11, None, Kind.TALK, audience="nông dân")

    (found,) = conflicts([first, second])

    assert (found.code, found.is_warning) == (Code.AUDIENCE_TWICE, True)
    assert codes(first, use(8, 10, None, audience="Nông dân", activity=first.activity)) == []
    assert codes(use(8, 10, audience="Mọi người dân"), use(8, 10, None, audience="Mọi người dân")) == []


@pytest.mark.parametrize(
    ("first", "second", "short"),
    [
        ("máy chiếu:1", "máy chiếu:1; Wi-Fi:9", 0),
        ("máy chiếu:1", "2 máy chiếu", 1),
        ("Máy Chiếu", "2 cái máy chiếu, 1 bút lông", 1),
        ("10 máy tính bảng và 1 máy chiếu", "máy chiếu", 0),
        ("10 máy tính", "máy tính để bàn: 20", 0),
        ("11 máy tính", "máy tính để bàn: 20", 1),
        ("9 máy tính bảng", "2 máy tính bảng", 1),
        ("không", "", 0),
    ],
)
def test_equipment_is_lent_as_far_as_there_is_some(first: str, second: str, short: int) -> None:
    found = conflicts([use(8, 10, equipment=first), use(9, 11, None, equipment=second)], PROJECTORS)

    assert [(one.code, one.wanted - one.available) for one in found] == ([(Code.EQUIPMENT_SHORT, short)] if short else [])


def test_equipment_with_a_comma_in_its_name_is_one_thing() -> None:
    loudspeakers = [Equipment("loa, micro", "bộ", 1), Equipment("máy chiếu", "cái", 1)]

    assert codes(use(8, 9, equipment="loa, micro: 1, máy chiếu: 1"), use(8, 9, None, equipment="loa"), equipment=loudspeakers) == ["equipment_short"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Máy tính: 10; loa, micro:1", "máy tính bàn: 10; loa, micro:1"),
        ("10 may tinh, 2 máy tính bảng", "10 máy tính bàn, 2 máy tính bảng"),
        ("máy tính bảng", "máy tính bảng"),
        ("2 cái máy tính và 3 máy tính", "2 cái máy tính bàn và 3 máy tính bàn"),
        ("", ""),
    ],
)
def test_equipment_is_asked_for_by_its_new_name(text: str, expected: str) -> None:
    assert renamed(text, "máy tính", "máy tính bàn", ["máy tính bảng", "loa, micro"]) == expected


def test_a_slot_is_asked_about_as_it_would_stand_not_as_it_stood() -> None:
    standing, other = use(8, 10), use(10, 12)
    moved = use(9, 11, key=standing.key)

    assert conflicts_of(standing, [standing, other]) == []
    assert [found.uses for found in conflicts_of(moved, [standing, other])] == [(moved, other)]
    assert conflicts_of(use(6, 7, None), [use(8, 10), use(8, 10)]) == []


def test_what_overlaps_in_a_chain_is_one_line_to_read() -> None:
    first, second, third, later = use(8, 10), use(9, 12), use(11, 13), use(12.5, 14)

    found = gathered(conflicts([first, second, third, later, use(8, 10, people=200)]))

    assert [(one.code, len(one.uses)) for one in found] == [
        (Code.OVER_CAPACITY, 1),
        (Code.SPACE_TAKEN, 3),
        (Code.SPACE_TAKEN, 2),
        (Code.SPACE_TAKEN, 2),
    ]


_CLAIMS = st.lists(
    st.builds(lambda start, length, amount: claim(start, start + length, amount), *[st.integers(0, 30)] * 2, st.integers(0, 4)), max_size=14
)


def claim(start: int, end: int, amount: int = 1) -> Claim:
    return Claim(MIDNIGHT + timedelta(minutes=start), MIDNIGHT + timedelta(minutes=end), amount)


@given(_CLAIMS)
def test_the_sweep_finds_the_pairs_that_a_look_at_every_pair_finds(claims: list[Claim]) -> None:
    ones = [Claim(one.starts_at, one.ends_at) for one in claims if one.starts_at < one.ends_at]
    pairs = {(a, b) for a in range(len(ones)) for b in range(a) if ones[a].starts_at < ones[b].ends_at and ones[b].starts_at < ones[a].ends_at}

    assert {(max(found.last, n), min(found.last, n)) for found in excesses(ones, 1) for n in found.held} == pairs


@given(_CLAIMS, st.integers(0, 8))
def test_the_sweep_finds_the_minutes_that_a_look_at_every_minute_finds(claims: list[Claim], limit: int) -> None:
    minutes = [MIDNIGHT + timedelta(minutes=n) for n in range(61)]
    loads = Counter({at: sum(one.amount for one in claims if one.starts_at <= at < one.ends_at) for at in minutes})
    told = excesses(claims, limit)

    assert {at for at in minutes if any(found.starts_at <= at < found.ends_at for found in told)} == {at for at in minutes if loads[at] > limit}
    assert max((found.claimed for found in told), default=0) == max((load for load in loads.values() if load > limit), default=0)


@pytest.mark.parametrize("number", [1, 12, 9999, 123456])
def test_a_code_names_its_number(number: int) -> None:
    assert number_of(code_of(number)) == number


@pytest.mark.parametrize(("text", "number"), [("HD-0012", 12), (" hd 12 ", 12), ("HĐ-0012", 12), ("GH01", None), ("", None), ("HD-0000", None)])
def test_codes_as_people_write_them(text: str, number: int | None) -> None:
    assert number_of(text) == number
