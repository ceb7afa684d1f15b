import unicodedata
from datetime import time

import pytest

from eventday.kernel import ids
from eventday.places.domain import Hamlet, Host, Space, canonical_host, find_hamlet, find_space
from tests.places.samples import sample_places


def spaces() -> list[Space]:
    return [
        Space(
            id=ids.new(),
            commune_code="17329",
            venue=record.venue,
            name=record.name,
            full_name=record.full_name,
            kind=record.kind,
            capacity=record.capacity,
            pitches=record.pitches,
            opens=record.opens,
            closes=record.closes,
            aliases=record.aliases,
        )
        for record in sample_places().spaces
    ]


SPACES = spaces()
HAMLETS = [Hamlet(ids.new(), record.code, record.name, record.aliases) for record in sample_places().hamlets]
HOSTS = sample_places().hosts


@pytest.mark.parametrize("space", SPACES, ids=lambda space: space.full_name)
def test_every_alias_in_every_writing_finds_its_space(space: Space) -> None:
    for name in (space.full_name, *space.aliases):
        for written in (name, name.upper(), f"  {name.replace(' ', chr(0xA0))} ", unicodedata.normalize("NFD", name), f"Tại {name}."):
            assert find_space(written, SPACES) == space


@pytest.mark.parametrize(
    ("text", "full_name"),
    [
        ("Phòng tin học, Trường THCS Anh Sơn", "Phòng tin học, Trường THCS Anh Sơn"),
        ("Trường THCS Anh Sơn - Phòng tin học", "Phòng tin học, Trường THCS Anh Sơn"),
        ("Phòng tin học (Trường Trung học cơ sở Anh Sơn)", "Phòng tin học, Trường THCS Anh Sơn"),
        ("Sân NVH xã Anh Sơn", "Sân, Nhà văn hóa xã Anh Sơn"),
        ("Nhà văn hoá xã, sân", "Sân, Nhà văn hóa xã Anh Sơn"),
        ("hội trường ủy ban nhân dân xã", "Hội trường tầng 2, Trụ sở UBND xã Anh Sơn"),
        ("NVH thôn 03", "Nhà văn hóa thôn 3"),
        ("Chợ trung tâm xã Anh Sơn", "Đình chợ, Chợ trung tâm xã Anh Sơn"),
    ],
)
def test_other_spellings(text: str, full_name: str) -> None:
    found = find_space(text, SPACES)

    assert found is not None
    assert found.full_name == full_name


@pytest.mark.parametrize(
    "text", ["", "Nhà văn hóa xã", "Trường THCS Anh Sơn", "Nhà văn hóa thôn Hạnh Phúc", "Sân trường", "Phòng tin học", "Hội trường", "NVH thôn 33"]
)
def test_what_is_unknown_or_fits_several_is_not_guessed(text: str) -> None:
    assert find_space(text, SPACES) is None


def test_two_spaces_of_one_name_are_found_by_neither() -> None:
    twins = [Space(ids.new(), "17329", f"Trường {n}", "Sân", f"Sân, Trường {n}", "yard", 1, 1, time(7), time(17), ("Sân trường",)) for n in (1, 2)]

    assert find_space("sân trường", twins) is None
    assert find_space("sân trường 1", twins) == twins[0]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Thôn 3", "H03"),
        ("THÔN 3", "H03"),
        ("T3", "H03"),
        ("thôn 03", "H03"),
        ("H03", "H03"),
        ("Khối 6B", "H06"),
        ("Đồng Tiến", "H07"),
        ("Cao Vều 2", "H19"),
        ("vều 2", "H19"),
    ],
)
def test_a_hamlet_is_found_by_code_name_and_former_name(text: str, code: str) -> None:
    found = find_hamlet(text, HAMLETS)

    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("text", ["", "Thôn 7", "3", "Vều", "Thôn Hạnh Phúc"])
def test_an_unknown_hamlet_is_not_guessed(text: str) -> None:
    assert find_hamlet(text, HAMLETS) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Hội Phụ nữ", "Hội Liên hiệp Phụ nữ xã"),
        ("Phòng Văn hoá - Xã hội", "Phòng Văn hóa – Xã hội xã"),
        ("CÔNG AN XÃ", "Công an xã"),
        ("Câu lạc bộ  Dân ca", "Câu lạc bộ Dân ca"),
    ],
)
def test_a_host_gets_its_known_name_and_others_stay(text: str, name: str) -> None:
    assert canonical_host(text, HOSTS) == name


def test_an_alias_of_two_hosts_stands_for_neither() -> None:
    hosts = [Host("Hội A", "hội", ("Hội",)), Host("Hội B", "hội", ("Hội",))]

    assert canonical_host("hội", hosts) == "hội"
