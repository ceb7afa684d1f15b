"""The interface asked for all that its own document allows and forbids, by schemathesis against the server as `make run` has it.

`python -m proofs.schema [EXAMPLES]`: so many cases for each operation and each kind of bearer.
"""

import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.server import place
from proofs.claims import Claim, report
from proofs.site import COMMUNE, EVENT, Site, site

# No document can say which numbers are Vietnamese phones, which enrolments are fresh, what a cursor holds, that 42.0 is no count.
LEFT_OUT = ("positive_data_acceptance",)
_SCHEMATHESIS = str(Path(sys.executable).parent / "schemathesis")
_DEVICES = "devices/me|checkins|walk-ins"
_TESTED = re.compile(r"(\d+) generated")


def main(examples: int = 300) -> int:
    with place("sqlite") as at, site(at) as served:
        served.start()
        slot = served.new_slot(20)
        claims = [
            _asked(served, slot, "an organiser", served.organiser, examples),
            _asked(served, slot, "a scanner", served.enrol("Cổng")["token"], examples, "--include-path-regex", _DEVICES),
            _asked(served, slot, "a token that is nobody's", "x" * 43, max(examples // 10, 5)),
            served.counters_agree(),
            served.said_no_traceback(),
        ]
    return report(claims)


def _asked(served: Site, slot: str, who: str, token: str, examples: int, *more: str) -> Claim:
    """No 5xx, no answer, type or header that the document does not know, nothing wrong accepted, no method let through that has no route."""
    with TemporaryDirectory() as folder:
        known = {"query.slot": slot, "path.event": EVENT, "query.event": EVENT, "query.commune": COMMUNE, "query.scope": f"commune:{COMMUNE}"}
        config = Path(folder) / "schemathesis.toml"
        config.write_text("[parameters]\n" + "".join(f'"{name}" = "{value}"\n' for name, value in known.items()))
        options = ["-H", f"Authorization: Bearer {token}", "-c", "all", "--exclude-checks", ",".join(LEFT_OUT), "-n", str(examples), *more]
        options += ["--phases", "coverage,fuzzing", "--continue-on-failure", "--no-color", "--warnings", "off"]
        command = [_SCHEMATHESIS, "--config-file", str(config), "run", f"{served.url}/api/v1/openapi.json", *options]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    asked = _TESTED.search(done.stdout)
    holds = done.returncode == 0 and asked is not None
    found = "" if holds else done.stdout.partition("FAILURES")[2][:3000] or done.stdout[-1500:]
    return Claim(f"{who}: {asked[1] if asked else 0} requests, each answer as the document says", holds, found)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:2])))
