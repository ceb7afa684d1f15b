"""An audit that could not ask is no audit that found nothing."""

import json

import pytest

from tools import audit

SOUND = {"name": "flask", "version": "3", "vulns": []}
WEAK = {"name": "flask", "version": "2", "vulns": [{"id": "PYSEC-1"}]}
SKIPPED = {"name": "flask", "skip_reason": "Dependency not found on PyPI"}


@pytest.mark.parametrize(
    ("dependencies", "holds"),
    [
        pytest.param([SOUND, SOUND], True, id="all looked up"),
        pytest.param([SOUND, SKIPPED], None, id="one skipped"),
        pytest.param([SOUND], None, id="one left out"),
        pytest.param([WEAK, SKIPPED], False, id="one weak"),
    ],
)
def test_what_was_not_looked_up_is_no_pass(dependencies, holds):
    assert audit.judge_python(json.dumps({"dependencies": dependencies}), "", wanted=2).holds is holds


@pytest.mark.parametrize("out", ["", "No known vulnerabilities found", "[]", "{}", '{"dependencies": []}'])
def test_a_database_that_does_not_answer_is_no_pass(out):
    told = audit.judge_python(out, "ERROR: no such host", wanted=2)

    assert (told.holds, "0 of 2 could be looked up: ERROR: no such host" in told.words) == (None, True)
    assert audit.judge_npm(out, wanted=2).holds is None


@pytest.mark.parametrize(
    ("found", "holds"),
    [
        ({"vulnerabilities": {}, "metadata": {"dependencies": {"total": 2}}}, True),
        ({"vulnerabilities": {}, "metadata": {"dependencies": {"total": 1}}}, None),
        ({"vulnerabilities": {"idb": {}}, "metadata": {"dependencies": {"total": 2}}}, False),
        ({"statusCode": 405, "message": "405 Method Not Allowed", "error": {}}, None),
    ],
)
def test_npm_s_answer_is_held_to_the_same(found, holds):
    assert audit.judge_npm(json.dumps(found), wanted=2).holds is holds


@pytest.mark.parametrize(("told", "status"), [([True], 0), ([True, None], audit.NOT_CHECKED), ([None, False], 1), ([None], audit.NOT_CHECKED)])
def test_only_what_was_checked_ends_with_0(monkeypatch, capsys, told, status):
    monkeypatch.setattr(audit, "CHECKS", [lambda one=one: audit.Told(one, "x") for one in told])

    assert audit.main() == status
    assert ("NOT CHECKED  x" in capsys.readouterr().out) is (None in told)
