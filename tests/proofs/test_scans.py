"""The judge of scans is told each kind of lie."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from proofs.scans import Known, Scan, judge

AT = datetime(2027, 10, 10, 1, tzinfo=UTC)
SCANS = [
    Scan("north", "a", "AAA", AT),
    Scan("south", "a", "AAA", AT - timedelta(minutes=1)),
    Scan("south", "b", "AAA", AT + timedelta(days=1)),
    Scan("south", "c", None, AT),
]
FACTS = [
    Known("north", "a", "AAA", "already_admitted"),
    Known("south", "a", "AAA", "admitted"),
    Known("south", "b", "AAA", "admitted"),
    Known("south", "c", None, "invalid"),
]


def wrong(facts: list[Known]) -> list[int]:
    """The numbers of the claims that do not hold."""
    return [number for number, claim in enumerate(judge(SCANS, facts)) if not claim.holds]


def test_what_is_true_is_believed() -> None:
    assert wrong(FACTS) == []


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        pytest.param(FACTS[1:], [0], id="one is lost"),
        pytest.param([*FACTS, FACTS[0]], [0], id="one is there twice"),
        pytest.param([*FACTS, Known("east", "z", "AAA", "already_admitted")], [0], id="one was made up"),
        pytest.param([replace(one, outcome="already_admitted") for one in FACTS], [1, 2], id="nobody came"),
        pytest.param([replace(FACTS[0], outcome="admitted"), replace(FACTS[1], outcome="already_admitted"), *FACTS[2:]], [2], id="the later counts"),
        pytest.param([replace(FACTS[0], outcome="admitted"), *FACTS[1:]], [2], id="both count"),
        pytest.param([*FACTS[:3], replace(FACTS[3], outcome="admitted")], [1, 2, 3], id="a forged one"),
    ],
)
def test_each_lie_is_found(facts: list[Known], found: list[int]) -> None:
    assert wrong(facts) == found
