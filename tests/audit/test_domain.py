import json
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256

import pytest

from eventday.access.domain import Role
from eventday.audit.domain import FIRST, Entry, hash_of, kept, label_of, masked_text
from eventday.programme.domain import Kind

AT = datetime(2027, 10, 10, 1, 30, tzinfo=UTC)


def entry(**more):
    values = {"chain": "17329", "number": 1, "at": AT, "actor_kind": "person", "actor_id": "p1", "action": "changed", "subject_kind": "hamlet"}
    return Entry(**{**values, "subject_id": "h1", "label": "Thôn Đông", "before": {"b": 1, "a": "ă"}, "after": None, **more})


def test_the_hash_is_that_of_the_canonical_json_with_the_hash_before():
    text = (
        '{"action":"changed","actor_id":"p1","actor_kind":"person","after":null,"at":"2027-10-10T01:30:00.000000+00:00",'
        '"before":{"a":"\\u0103","b":1},"chain":"17329","label":"Th\\u00f4n \\u0110\\u00f4ng","number":1,"previous":"'
        + "00" * 32
        + '","subject_id":"h1","subject_kind":"hamlet"}'
    )
    assert json.loads(text)["number"] == 1

    assert hash_of(entry(), FIRST) == sha256(text.encode()).digest()


def test_the_same_moment_on_another_clock_is_the_same_hash():
    vietnam = AT.astimezone(timezone(timedelta(hours=7)))

    assert hash_of(entry(at=vietnam), FIRST) == hash_of(entry(), FIRST)
    assert hash_of(entry(at=AT + timedelta(microseconds=1)), FIRST) != hash_of(entry(), FIRST)


@pytest.mark.parametrize("kind", ["person", "pass", "registration"])
def test_people_are_masked(kind):
    _, after = kept(kind, None, {"name": "Trần Thị Hồng Nhung", "phone": "+84912345678", "email": "nhung.tran@xa.gov.vn"})

    assert after == {"name": "T. T. H. N.", "phone": "•••678", "email": "n•••@xa.gov.vn"}


def test_of_residents_nothing_else_is_told_but_that_it_changed():
    before, after = kept("pass", {"birth_year": 1970, "group": "pupil", "gender": None}, {"birth_year": 1971, "group": "pupil", "gender": "female"})

    assert (before, after) == ({"birth_year": "•••", "gender": None}, {"birth_year": "•••", "gender": "•••"})
    assert kept("registration", None, {"slot_id": "s1", "status": "confirmed"})[1] == {"slot_id": "s1", "status": "confirmed"}


def test_places_keep_their_names_and_the_commune_s_own_number_is_public():
    assert kept("venue", None, {"name": "Nhà văn hóa xã"})[1] == {"name": "Nhà văn hóa xã"}
    assert kept("profile", None, {"phone": "0238 3000 000"})[1] == {"phone": "0238 3000 000"}


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Gọi anh Nam 0912 345 678 hoặc 0238.3.000.000", "Gọi anh Nam •••678 hoặc •••000"),
        ("+84 912 345 678", "•••678"),
        ("hỏi ngan@xa.vn, hung@xa.gov.vn", "hỏi n•••@xa.vn, h•••@xa.gov.vn"),
        ("07:30–09:00 ngày 09/10/2027, phòng 0912", "07:30–09:00 ngày 09/10/2027, phòng 0912"),
        ("019237e1-0123-7456-8901-234567890123", "019237e1-0123-7456-8901-234567890123"),
    ],
)
def test_numbers_and_addresses_in_any_text_are_masked(text, masked):
    assert masked_text(text) == masked
    assert kept("venue", None, {"aliases": [text]})[1] == {"aliases": [masked]}


def test_very_long_text_is_cut():
    assert len(masked_text("a" * 5000)) == 2000


def test_only_what_differs_is_kept_and_nothing_is_as_good_as_empty():
    assert kept("venue", {"name": "A", "code": "V01", "note": ""}, {"name": "B", "code": "V01", "note": None}) == ({"name": "A"}, {"name": "B"})
    assert kept("venue", {"capacity": 0, "open": False}, {"capacity": None, "open": True}) == (
        {"capacity": 0, "open": False},
        {"capacity": None, "open": True},
    )


def test_what_differs_only_in_what_is_masked_is_still_seen():
    assert kept("pass", {"name": "Lê An"}, {"name": "Lê Ân"}) == ({"name": "L. A."}, {"name": "L. Â."})
    assert kept("pass", {"name": "Lê An"}, {"name": "Lê Anh"}) == ({"name": "L. A."}, {"name": "L. A."})


def test_enumerations_are_kept_by_their_words():
    assert kept("person", None, {"role": Role.DESK, "kind": Kind.CLASS})[1] == {"role": "desk", "kind": "class"}


def test_what_json_has_not_is_refused():
    with pytest.raises(TypeError):
        kept("venue", None, {"logo": b"\x89PNG"})


@pytest.mark.parametrize(
    ("kind", "before", "after", "label"),
    [
        ("slot", None, {"title": "Lớp học số", "name": "x"}, "Lớp học số"),
        ("venue", {"name": "Cũ"}, {"name": "Mới"}, "Cũ"),
        ("pass", {"name": "Lê Văn An"}, None, "L. V. A."),
        ("plan", None, None, ""),
        ("venue", None, {"name": "x" * 300}, "x" * 200),
    ],
)
def test_a_thing_is_called_by_its_title_or_name(kind, before, after, label):
    assert label_of(kind, before, after) == label
