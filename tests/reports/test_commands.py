"""`report build`."""

import json

import pytest

from tests.factories import COMMUNE, make_slot
from tests.reports import reading


def _run(app, path, *arguments):
    make_slot(title="Lớp học số AI")
    return app.test_cli_runner().invoke(args=["report", "build", "--event", "ngay-hoi-2027", "--output", str(path), *arguments])


def test_pdf_is_drawn_in_the_command(app, tmp_path):
    result = _run(app, tmp_path / "report.pdf", "--scope", f"commune:{COMMUNE}", "--format", "pdf")

    assert (result.exit_code, result.stderr) == (0, "")
    assert "AI" in reading.text((tmp_path / "report.pdf").read_bytes())


def test_json_is_written_as_utf_8(app, tmp_path):
    result = _run(app, tmp_path / "report.json", "--scope", f"commune:{COMMUNE}", "--format", "json")

    assert result.exit_code == 0
    assert json.loads((tmp_path / "report.json").read_text("utf-8"))["activities"][0]["title"] == "Lớp học số AI"


@pytest.mark.parametrize(
    ("scope", "form", "words"),
    [
        ("province:40", "pdf", "báo cáo của một xã"),
        ("activity:1", "json", "báo cáo của một xã"),
        (f"commune:{COMMUNE}", "docx", "docx và xlsx chưa có"),
        (f"commune:{COMMUNE}", "xlsx", "docx và xlsx chưa có"),
    ],
)
def test_what_is_not_there_yet_is_refused_as_wrong_usage(app, tmp_path, scope, form, words):
    result = _run(app, tmp_path / "out", "--scope", scope, "--format", form)

    assert (result.exit_code, words in result.stderr, (tmp_path / "out").exists()) == (2, True, False)


def test_unknown_commune_is_refused(app, tmp_path):
    assert _run(app, tmp_path / "out", "--scope", "commune:99999", "--format", "json").exit_code == 1


def test_a_file_that_cannot_be_written_is_told(app, tmp_path):
    result = _run(app, tmp_path / "none" / "report.json", "--scope", f"commune:{COMMUNE}", "--format", "json")

    assert result.exit_code == 1
    assert "Không ghi được" in result.stderr
