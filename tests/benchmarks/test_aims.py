"""What is called reached, and what is not."""

from benchmarks.aims import Aim, judged, told


def row(what: str, floors: float) -> dict[str, object]:
    return {"what": what, "floors": floors}


def found(**parts: object) -> dict[str, tuple[float, bool]]:
    return {aim.what: (aim.found, aim.reached) for aim in judged(parts)}


def test_the_worst_number_of_clients_counts() -> None:
    rows = [row(what, 0.2) for what in ("registration, API", "registration, form", "check-in in a batch", "live board")]

    aims = found(costs={"sqlite": [*rows, row("check-in", 2.9), row("check-in", 3.1)]})

    assert aims["check-in, × floor"] == (3.1, False)
    assert aims["check-in in a batch, × floor"] == (0.2, True)


def test_growth_is_from_the_fewest_to_the_most() -> None:
    sizes = {"1000000": 6.1, "10000": 5.0, "100000": 9.0}

    aims = found(growth={"sqlite": {size: [row("bare view, one row", 1.0), row("check-in", floors)] for size, floors in sizes.items()}})

    assert aims == {"check-in, 1,000,000 : 10,000": (1.22, False)}


def test_only_what_was_measured_is_judged() -> None:
    way = {"first page": {"requests": 1, "bytes": 14_336}, "whole way": {"requests": 6, "bytes": 40_000}}

    assert found() == {}
    assert found(way=way) == {"first page, bytes": (14_336, True), "whole way, bytes": (40_000, True), "whole way, requests": (6, False)}


def test_the_table_says_what_is_not_reached() -> None:
    lines = told([Aim("memory at rest, MB", "sqlite", 251, 250), Aim("check-in, × floor", "sqlite", 3.0, 3.0)]).splitlines()

    assert [line.split()[0] for line in lines[:2]] == ["NOT", "reached"]
    assert lines[-1] == "1 of 2 aims reached"
