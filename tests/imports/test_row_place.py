import pytest

from eventday.imports.context import Known
from eventday.imports.likeness import near_names
from eventday.imports.messages import told as in_words
from eventday.imports.plan import read_plan
from tests.imports.samples import DAYS, KNOWN, sheet_of

HEAD = ["STT", "Nội dung", "Đơn vị", "Địa điểm"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Hội trường UBND", ("Hội trường tầng 2, Trụ sở UBND xã Anh Sơn",)),
        ("Phòng tin học", ("Phòng tin học, Trường THCS Anh Sơn", "Phòng tin học, Trường Tiểu học Anh Sơn")),
        ("NVH Đông Tiên", ("Nhà văn hóa thôn Đồng Tiến",)),
        ("NVH thôn 4", ()),
        ("Hội trường tầng 3 UBND xã", ()),
        ("Nhà văn hóa thôn Hạnh Phúc", ()),
    ],
)
def test_places_that_may_be_meant(text: str, names: tuple[str, ...]) -> None:
    assert near_names(text, KNOWN.spaces) == names


@pytest.mark.parametrize(
    ("place", "known", "said"),
    [
        ("Phòng tin học", KNOWN, "Có phải “Phòng tin học, Trường THCS Anh Sơn” hay “Phòng tin học, Trường Tiểu học Anh Sơn”?"),
        ("Nhà rông", KNOWN, "Ghi một nơi xã đã khai"),
        ("Nhà rông", Known(DAYS, ()), "xã chưa khai địa điểm nào"),
    ],
)
def test_an_unknown_place_says_how_it_is_mended(place: str, known: Known, said: str) -> None:
    read = read_plan([sheet_of([HEAD, [1, "Gian hàng A", "VNPT", place]])], known)

    assert [(problem.cell, problem.code) for problem in read.errors] == [("D2", "unknown_place")]
    assert said in str(in_words(read.errors[0]))
