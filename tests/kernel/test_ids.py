from uuid import RFC_4122

from eventday.kernel import ids


def test_ids_of_one_millisecond_are_in_the_order_they_were_made(monkeypatch):
    monkeypatch.setattr(ids, "_last", 0)
    monkeypatch.setattr("time.time_ns", lambda: 1_800_000_000_123_456_789)

    made = [ids.new() for _ in range(500)]

    assert made == sorted(set(made))
    assert {(one.version, one.variant) for one in made} == {(7, RFC_4122)}


def test_ids_do_not_go_back_with_the_clock(monkeypatch):
    monkeypatch.setattr(ids, "_last", 0)
    monkeypatch.setattr("time.time_ns", lambda: 1_900_000_000_000_000_000)
    before = ids.new()
    monkeypatch.setattr("time.time_ns", lambda: 1_899_000_000_000_000_000)

    assert ids.new() > before
