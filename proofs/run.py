"""`make prove`: every proof, one after the other, and at the end a table of what is claimed beside the command that shows it.

Exit 1 where one failed. What could not be asked here is NOT CHECKED, which the last line says too.

`python -m proofs.run [WORD …]` runs those whose command has one of the words. Some mount disks of their own and need root.
"""

import subprocess
import sys
import time
from dataclasses import dataclass

from benchmarks.server import PROJECT
from tools.audit import NOT_CHECKED


@dataclass(frozen=True)
class Proof:
    """What a command shows. Its last line is “N passed, M failed”."""

    shows: str
    command: str


_UNASKED = "NOT CHECKED"
_WORDS = {0: "PASS", NOT_CHECKED: _UNASKED}
_KEPT = "every acknowledged registration is there, no seat twice, counters equal facts"
PROOFS = (
    Proof(f"kill -9 of web and worker in a stampede (SQLite): {_KEPT}", "proofs.kill sqlite"),
    Proof(f"kill -9 of web and worker in a stampede (PostgreSQL): {_KEPT}", "proofs.kill postgresql"),
    Proof(f"power cut (SQLite): {_KEPT}", "proofs.power sqlite"),
    Proof(f"power cut (PostgreSQL): {_KEPT}", "proofs.power postgresql"),
    Proof("the control: on a disk that lies the power cut loses registrations, and the proof says so", "proofs.power sqlite --lying"),
    Proof("full disk (SQLite): 503 in words, nothing lost, works again without a restart", "proofs.full sqlite"),
    Proof("full disk (PostgreSQL): 503 in words, nothing lost, works again without a restart", "proofs.full postgresql"),
    Proof("database away for 20 seconds: 503 in words, nothing lost, works again without a restart", "proofs.away"),
    Proof("worker killed in a report (SQLite): the report is made all the same", "proofs.worker sqlite"),
    Proof("worker killed in a report (PostgreSQL): the report is made all the same", "proofs.worker postgresql"),
    Proof("hostile workbooks and pictures: told in words, nothing changed, memory and time bounded", "proofs.workbooks"),
    Proof("texts that have broken programs, in every form and query of every role: no 5xx, nothing born of them", "proofs.crawl"),
    Proof("methods, lengths, types, headers, hosts that do not belong: no 5xx, nothing echoed, no way elsewhere", "proofs.strange"),
    Proof("the interface answers as its document says, whatever is asked", "proofs.schema"),
    Proof("phones that were offline (SQLite): by a network that cuts, doubles and repeats every scan is there once", "proofs.sync sqlite"),
    Proof("phones that were offline (PostgreSQL): by a network that cuts, doubles and repeats every scan is there once", "proofs.sync postgresql"),
    Proof("the control: phones that forget a scan's id double it, and the proof says so", "proofs.sync sqlite --forgetful"),
    Proof("axe finds nothing on any page or state of any role, at 360 and 1280 px, in type of 100 and 200 %, light and dark", "proofs.axe"),
    Proof("residents' pages on slow 4G: Lighthouse gives 95 of 100 and more", "proofs.lighthouse"),
    Proof(
        "backup while people register (SQLite): put back elsewhere, all that was acknowledged before is there, and it serves", "proofs.backup sqlite"
    ),
    Proof("backup while people register (PostgreSQL): put back elsewhere, all that was acknowledged before is there", "proofs.backup postgresql"),
    Proof("no known weakness in code and libraries, each counted; what it is made of is listed", "tools.audit"),
)


@dataclass(frozen=True)
class Outcome:
    proof: Proof
    word: str
    closing: str
    seconds: float


def main(words: list[str]) -> int:
    wanted = [proof for proof in PROOFS if not words or any(word in proof.command for word in words)]
    outcomes = [_prove(proof) for proof in wanted]
    print("\nClaim, and the command that shows it (python -m …)")
    for one in outcomes:
        print(f"{one.word}  {one.proof.shows}\n      {one.proof.command}   {one.closing}, {one.seconds:.0f} s")
    print(closing_line([one.word for one in outcomes]))
    return 1 if "FAIL" in (one.word for one in outcomes) or not outcomes else 0


def closing_line(words: list[str]) -> str:
    """What could not be asked here (a database of others is out of reach) is counted by itself: it is neither."""
    unasked = f", {words.count(_UNASKED)} NOT CHECKED: see above" if _UNASKED in words else ""
    return f"{words.count('PASS')} passed, {words.count('FAIL')} failed{unasked}"


def _prove(proof: Proof) -> Outcome:
    print(f"\n— {proof.command}", flush=True)
    began = time.monotonic()
    done = subprocess.run([sys.executable, "-m", *proof.command.split()], cwd=PROJECT, stdout=subprocess.PIPE, text=True, check=False)
    print(done.stdout, end="", flush=True)
    closing = (done.stdout.strip().splitlines() or ["it ended without a word"])[-1]
    return Outcome(proof, _WORDS.get(done.returncode, "FAIL"), closing, time.monotonic() - began)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
