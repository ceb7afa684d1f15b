import pytest

from proofs import run


@pytest.mark.parametrize(
    ("codes", "status", "closing"),
    [
        ([0, 0], 0, "2 passed, 0 failed"),
        ([0, 1], 1, "1 passed, 1 failed"),
        ([0, run.NOT_CHECKED], 0, "1 passed, 0 failed, 1 NOT CHECKED: see above"),
        ([run.NOT_CHECKED, -9], 1, "0 passed, 1 failed, 1 NOT CHECKED: see above"),
        ([], 1, "0 passed, 0 failed"),
    ],
)
def test_what_could_not_be_asked_is_neither_passed_nor_hidden(monkeypatch, capsys, codes, status, closing):
    monkeypatch.setattr(run, "PROOFS", [run.Proof("x", str(code)) for code in codes])
    monkeypatch.setattr(run, "_prove", lambda proof: run.Outcome(proof, run._WORDS.get(int(proof.command), "FAIL"), "", 0))

    assert run.main([]) == status
    assert capsys.readouterr().out.splitlines()[-1] == closing
