"""The judge of a stampede finds each kind of lie: what a broken server would have done, one at a time."""

from dataclasses import replace

import pytest

from proofs.claims import Claim, of_all_rounds, report
from proofs.history import Attempt, Kept, Said, judge

SEAT = Attempt("+84912000001", "key-1", 1.0, 1.2, Said.SEAT, "AAA-111")
OTHER = Attempt("+84912000002", "key-2", 1.1, 1.3, Said.SEAT, "BBB-222")
FULL = Attempt("+84912000003", "key-3", 1.2, 1.4, Said.FULL, "waiting_list_full")
TRUE_DAY = [SEAT, OTHER, FULL]
KEPT = [Kept(one.phone, one.told) for one in (SEAT, OTHER)]


def wrong(history, kept, capacity=2):
    return [claim.text for claim in judge(history, kept, capacity) if not claim.holds]


def test_a_day_without_a_lie_is_believed():
    assert wrong(TRUE_DAY, KEPT) == []


@pytest.mark.parametrize(
    ("history", "kept", "claim"),
    [
        (TRUE_DAY, [KEPT[0], Kept(OTHER.phone, "CCC-333")], "every acknowledged seat is there"),
        (TRUE_DAY, [*KEPT, Kept(OTHER.phone, "CCC-333")], "never more seats given than there are"),
        (TRUE_DAY, [KEPT[0], KEPT[1], KEPT[1]], "one seat a phone, no code twice"),
        ([*TRUE_DAY, replace(SEAT, told="DDD-444")], KEPT, "one key has one answer"),
        ([SEAT, FULL], KEPT, "nobody is there who did not ask"),
        (TRUE_DAY, [KEPT[0], Kept(FULL.phone, "EEE-555")], "who was told “full” is not there"),
        ([*TRUE_DAY, Attempt("+84912000004", "key-4", 2.0, 2.1, Said.UNKNOWN, "503")], KEPT, "every client has a certain answer in the end"),
        ([SEAT, FULL], KEPT[:1], "“full” was true: every seat is taken at the end"),
        ([SEAT, FULL, replace(OTHER, asked=1.5, answered=1.6)], KEPT, "after the first “full” nobody new gets in"),
    ],
)
def test_each_lie_is_found(history, kept, claim):
    assert claim in wrong(history, kept)


def test_who_was_told_nothing_certain_may_have_a_seat():
    unsure = replace(OTHER, said=Said.UNKNOWN, told="ReadTimeout")

    assert wrong([SEAT, unsure, OTHER, FULL], KEPT) == []


def test_a_claim_must_hold_in_every_round(capsys):
    claims = of_all_rounds([[Claim("holds", True), Claim("breaks", True)], [Claim("holds", True), Claim("breaks", False, "3 lost")]])

    assert report(claims) == 1
    assert capsys.readouterr().out == "PASS  holds\nFAIL  breaks   [round 2: 3 lost]\n1 passed, 1 failed\n"


def test_no_claim_at_all_proves_nothing(capsys):
    assert report([]) == 1
