"""The worked example of docs/a-new-kind.md, applied to a copy of the house."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
PATCH = PROJECT / "docs" / "a-new-kind.patch"
MOST = 30  # changed lines


def test_it_is_few_lines():
    added = re.findall(r"^\+(?!\+\+ )", PATCH.read_text(encoding="utf-8"), re.MULTILINE)

    assert 0 < len(added) <= MOST


@pytest.fixture
def house(tmp_path):
    """A copy with the new kind in it."""
    for part in ("eventday", "templates", "static", "tests", "tools"):
        shutil.copytree(PROJECT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__", "browser"))
    shutil.copy(PROJECT / "pyproject.toml", tmp_path)
    subprocess.run(
        ["git", "apply", "-p1", str(PATCH)], cwd=tmp_path, check=True, env={"PATH": "/usr/bin:/bin", "GIT_CEILING_DIRECTORIES": str(tmp_path)}
    )
    return tmp_path


def test_people_pages_excel_and_figures_know_it(house):
    command = [sys.executable, "-m", "pytest", "--verbosity=0", "-p", "no:cacheprovider", "-p", "no:xdist", "tests/new_kind/scenario.py"]
    done = subprocess.run(command, cwd=house, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout[-3000:]
    assert "4 passed" in done.stdout
