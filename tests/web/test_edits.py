"""Two people editing one thing (eventday.web.edits)."""

from dataclasses import dataclass, replace
from datetime import time

import pytest

from eventday.web.edits import Change, Stale, changes, refuse_stale, stamp


@dataclass(frozen=True)
class Hall:
    name: str = "Hội trường"
    capacity: int = 250
    opens: time = time(7, 0)
    aliases: tuple[str, ...] = ("HT UBND", "Hội trường xã")
    note: str | None = None


def test_what_is_as_it_was_shown_is_saved():
    refuse_stale(stamp(Hall()), Hall())


def test_each_changed_field_is_told_with_then_and_now():
    with pytest.raises(Stale) as found:
        refuse_stale(stamp(Hall()), Hall(capacity=300, opens=time(13, 30), note="cổng sau"))

    assert found.value.changes == (Change("capacity", "250", "300"), Change("opens", "07:00", "13:30"), Change("note", "", "cổng sau"))


def test_a_second_press_overwrites():
    changed = Hall(capacity=300)
    with pytest.raises(Stale) as found:
        refuse_stale(stamp(Hall()), changed)

    refuse_stale(found.value.now, changed)


def test_long_values_that_begin_alike_differ():
    long = Hall(note="Ủy ban nhân dân xã " * 20)
    found = changes(stamp(long), stamp(replace(long, note=f"{long.note}!")))

    assert [change.name for change in found] == ["note"]
    assert found[0].now.endswith("…")
    assert len(found[0].now) == 60


def test_a_program_is_not_held_to_what_it_saw():
    refuse_stale(None, Hall())


@pytest.mark.parametrize("seen", ["", "[]", "không phải JSON", "3"])
def test_a_stamp_that_cannot_be_read_saves_nothing(seen):
    with pytest.raises(Stale):
        refuse_stale(seen, Hall())


def test_lists_are_told_as_one_line():
    assert changes(stamp({"aliases": ["A"]}), stamp({"aliases": ["A", "B"]})) == (Change("aliases", "A", "A; B"),)
