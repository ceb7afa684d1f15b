import json
from pathlib import Path

import pytest

from eventday.imports.encodings import Encoding, detect, to_unicode
from eventday.imports.old_text import in_unicode
from eventday.imports.plan import read_plan
from tests.imports.samples import KNOWN, sheet_of, told

CASES = json.loads((Path(__file__).parent.parent / "cases" / "old_encodings.json").read_text(encoding="utf-8"))
COLUMNS = [(Encoding.TCVN3, "tcvn3", "tcvn3_reads_as"), (Encoding.VNI, "vni", "text"), (Encoding.CP1258, "cp1258_read_as_cp1252", "text")]


@pytest.mark.parametrize(("encoding", "old", "meant"), COLUMNS)
def test_every_text_comes_back(encoding: Encoding, old: str, meant: str) -> None:
    assert [to_unicode(case[old], encoding) for case in CASES["cases"]] == [case[meant] for case in CASES["cases"]]


@pytest.mark.parametrize(("encoding", "old"), [(encoding, old) for encoding, old, _ in COLUMNS if encoding is not Encoding.CP1258])
def test_a_column_tells_its_encoding(encoding: Encoding, old: str) -> None:
    assert detect([case[old] for case in CASES["cases"]]) is encoding


def test_what_is_no_old_text_stays() -> None:
    assert [detect([text] * 5) for text in CASES["never"]] == [None] * len(CASES["never"])
    assert detect([case["text"] for case in CASES["cases"]]) is None


def test_a_lone_word_is_no_evidence_but_with_its_font_it_is() -> None:
    assert detect(["Héi"]) is None
    assert detect(["Héi"], [".VnTime"]) is Encoding.TCVN3


def test_a_font_of_capitals_draws_capitals() -> None:
    assert to_unicode("kÕ ho¹ch", Encoding.TCVN3, ".VnTimeH") == "KẾ HOẠCH"


HEAD = ["STT", "Néi dung", "§¬n vÞ chñ tr×", "§Þa ®iÓm", "Ngµy", "B¾t ®Çu", "KÕt thóc"]
ROW = [1, "Héi nghÞ tæng kÕt", "ñy ban nh©n d©n x·", "Héi tr­êng UBND x·", "10/10/2027", "7h30", "9h"]


def test_a_plan_in_an_old_encoding_is_read_and_that_is_said() -> None:
    read = read_plan([sheet_of([HEAD, ROW])], KNOWN)

    assert [(row["title"], row["host"], row["place"], row["end"]) for row in told(read)] == [
        ("Hội nghị tổng kết", "UBND xã", "Hội trường tầng 2, Trụ sở UBND xã Anh Sơn", "09:00")
    ]
    assert [(problem.cell, problem.code) for problem in read.warnings] == [("B1", "old_encoding")]


def test_a_sheet_in_unicode_is_the_very_same() -> None:
    sheet = sheet_of([["STT", "Nội dung", "Đơn vị"], [1, "Hội nghị A", "UBND xã"], [2, "Là và hòa", "Café"]])

    assert in_unicode(sheet) == (sheet, None)
