"""Setting up: what was done is not done again, what is stale is; who cannot go on is told why in a sentence."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tools import setup

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture
def done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """Go over one step, which reads `input` and makes `result`. Returns how often it was worked on so far."""
    monkeypatch.setattr(setup, "PROJECT", tmp_path)
    monkeypatch.setattr(setup, "_STAMPS", tmp_path)
    result, runs = tmp_path / "result", []
    (tmp_path / "input").write_text("1")

    def work() -> None:
        runs.append(1)
        if (tmp_path / "input").read_text() == "bad":
            raise SystemExit("failed")
        result.touch()

    def step() -> int:
        setup._once("step", ["input"], work, there=result)
        return len(runs)

    return step


def test_a_step_is_done_once(done: Callable[[], int]) -> None:
    assert [done(), done()] == [1, 1]


@pytest.mark.parametrize("change", [lambda at: (at / "input").write_text("2"), lambda at: (at / "result").unlink()], ids=["input", "result gone"])
def test_a_stale_step_is_done_again(done: Callable[[], int], tmp_path: Path, change: Callable[[Path], object]) -> None:
    done()
    change(tmp_path)
    assert done() == 2


def test_a_step_that_failed_is_done_again_though_its_input_is_the_old_one(done: Callable[[], int], tmp_path: Path) -> None:
    done()
    (tmp_path / "input").write_text("bad")
    with pytest.raises(SystemExit):
        done()
    (tmp_path / "input").write_text("1")

    assert done() == 3


def test_a_venv_without_pip_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As after an upgrade of the system's Python, which leaves the libraries of .venv with the old one."""
    assert setup._is_ours()  # the one that runs this
    venv = tmp_path / ".venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", venv], check=True)
    (venv / "bin" / "pip").write_text(f"#!{venv}/bin/python\n")
    monkeypatch.setattr(setup, "_VENV", venv)
    monkeypatch.setattr(setup, "_PYTHON", venv / "bin" / "python")

    assert not setup._is_ours()


def test_a_venv_that_was_moved_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "pip").write_text("#!/home/elsewhere/.venv/bin/python\n")
    (tmp_path / "bin" / "python").symlink_to(sys.executable)
    monkeypatch.setattr(setup, "_VENV", tmp_path)
    monkeypatch.setattr(setup, "_PYTHON", tmp_path / "bin" / "python")

    assert not setup._is_ours()


@pytest.mark.parametrize("programs", [set(), {"apt-get"}, {"apt-get", "sudo"}], ids=["no apt", "no sudo", "sudo refuses"])
def test_missing_packages_are_named(programs: set[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(setup.shutil, "which", lambda name: "/usr/bin/false" if name in programs else None)
    monkeypatch.setattr(setup.sys, "stdin", open(os.devnull))  # noqa: SIM115 – nobody there to type a password

    with pytest.raises(SystemExit) as ended:
        setup._install_packages(["libpango-1.0-0", "chromium"])

    assert "libpango-1.0-0 chromium" in str(ended.value)
    assert capsys.readouterr().out == ""


def _prepare(**settings: str) -> "subprocess.CompletedProcess[str]":
    environ = os.environ | settings
    return subprocess.run([sys.executable, "-m", "tools.prepare", "--empty"], env=environ, cwd=PROJECT, capture_output=True, text=True, timeout=60)


def test_an_instance_that_cannot_be_written_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "keys").write_text("a file where a folder must be")

    done = _prepare(EVENTDAY_INSTANCE=str(tmp_path))

    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert f"eventday: the instance cannot be used: [Errno 17] File exists: '{tmp_path}/keys'" in done.stderr


def test_a_database_that_does_not_answer_is_told_in_a_sentence(tmp_path: Path) -> None:
    done = _prepare(EVENTDAY_INSTANCE=str(tmp_path), EVENTDAY_DATABASE_URL="postgresql://lan@127.0.0.1:1/day")

    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "the database cannot be used: connection failed" in done.stderr
