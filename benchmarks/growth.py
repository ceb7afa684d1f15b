"""Does a request cost more where there are more registrations? Three instances with 10⁴, 10⁵ and 10⁶ of them, asked in turn by one client."""

from contextlib import ExitStack

from benchmarks.costs import Measured, rows_of
from benchmarks.load import Cost
from benchmarks.server import place, serving
from benchmarks.works import API, BATCH, CHECK_IN, FLOOR, FORM, LIVE, PAGE, Works

SIZES = (10_000, 100_000, 1_000_000)
_KINDS = (FLOOR, LIVE, PAGE, API, FORM, CHECK_IN, BATCH)
_ROUNDS = 6


def measure(database: str, requests: int, sizes: tuple[int, ...] = SIZES) -> dict[str, list[Measured]]:
    """By the number of registrations. `flask --app wsgi check` is content with each instance before it is asked."""
    print(f"\n{database}: the same with more registrations in the tables", flush=True)
    with ExitStack() as stack:
        floor = stack.enter_context(serving(stack.enter_context(place(database)), bare=True))
        works = {}
        for size in sizes:
            at = stack.enter_context(place(database))
            at.flask("demo", "load", "--communes", "1")
            at.python("benchmarks.province", str(size))
            at.flask("check")
            works[size] = Works(at, stack.enter_context(serving(at)), floor, 1)
        rounds = [{size: _round(one, requests // _ROUNDS) for size, one in works.items()} for _ in range(_ROUNDS)]
        return {f"{size}": _told(size, [one[size] for one in rounds]) for size in sizes}


def _round(works: Works, requests: int) -> dict[str, Cost]:
    works.settle(1)
    return {what: works.cost(what, requests, 1) for what in _KINDS}


def _told(size: int, rounds: list[dict[str, Cost]]) -> list[Measured]:
    print(f" {size:,} registrations", flush=True)
    return rows_of(rounds, 1)
