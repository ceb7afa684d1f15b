"""docs/security.md tells the truth: every line of the checklist once, and each test that it names is there."""

import ast
import re

from eventday.config import PROJECT

LINES = {"A": 16, "B": 11, "C": 11, "D": 9, "F": 9, "G": 13, "H": 9, "I": 7}
TABLE = (PROJECT / "docs" / "security.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| ([A-I]\d+) \| .+? \| (.+) \|$", TABLE, re.M)
NAMED = re.compile(r"`([\w/]+\.py)::(test_\w+)`")


def test_each_line_stands_there_once():
    assert [line for line, _ in ROWS] == [f"{part}{number}" for part, most in LINES.items() for number in range(1, most + 1)]


def test_each_line_has_a_test_or_says_why_not():
    assert [line for line, told in ROWS if not NAMED.search(told) and not told.startswith("**Not yet**")] == []


def test_each_test_that_is_named_is_there():
    named = set(NAMED.findall(TABLE))
    known = {path: functions(path) for path in {path for path, _ in named}}

    assert len(named) > 100
    assert sorted(f"{path}::{name}" for path, name in named if name not in known[path]) == []


def functions(path):
    """Names of the functions in a test file; none where there is no such file."""
    file = PROJECT / "tests" / path
    tree = ast.parse(file.read_text(encoding="utf-8")) if file.exists() else ast.Module([], [])
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
