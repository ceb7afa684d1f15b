"""What a proof found: claims, each true or false. Every proof prints them and ends with “N passed, M failed”."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Claim:
    """`detail` says what was seen; it is shown where the claim is false, and where it is a figure."""

    text: str
    holds: bool
    detail: str = ""


def of_all_rounds(rounds: Sequence[Sequence[Claim]]) -> list[Claim]:
    """A claim holds that held in every round; the first round in which it did not is told."""
    found: dict[str, Claim] = {}
    for number, claims in enumerate(rounds, 1):
        for claim in claims:
            before = found.setdefault(claim.text, claim)
            if before.holds and not claim.holds:
                found[claim.text] = Claim(claim.text, False, f"round {number}: {claim.detail}")
    return list(found.values())


def report(claims: Sequence[Claim]) -> int:
    """Print them. Returns the exit code: 0 where all hold and there is one at all."""
    for claim in claims:
        print(f"{'PASS' if claim.holds else 'FAIL'}  {claim.text}" + (f"   [{claim.detail}]" if claim.detail else ""), flush=True)
    passed = sum(claim.holds for claim in claims)
    print(f"{passed} passed, {len(claims) - passed} failed", flush=True)
    return 0 if claims and passed == len(claims) else 1
