"""Sentences say what was counted, and nothing where nothing was counted."""

from dataclasses import replace

import pytest

from eventday.programme.domain import Kind
from eventday.reports.facts import HamletFact
from eventday.reports.prose import head, judgement, people, results
from tests.reports.facts import activity, entry, facts, named, person, report

EVERYBODY = [person("An", at=("class",), gender="female", birth_year=1950), person("Bình", channel="walk_in", gender="male")]


@pytest.mark.parametrize(
    ("known", "seen", "words"),
    [
        ((), (), "Chưa có người đăng ký và chưa cấp thẻ ngày hội nào."),
        (
            EVERYBODY[:1],
            (),
            "Đã cấp 1 thẻ ngày hội, mỗi người một thẻ, đều cho người đăng ký trước. Chưa ghi nhận được người nào có mặt.",
        ),
        (
            EVERYBODY[:1],
            [entry("An")],
            "Đã cấp 1 thẻ ngày hội, mỗi người một thẻ, đều cho người đăng ký trước. Có 1 người đăng ký trước đã đến (đạt 100,0%), "
            "trong đó nữ 1 người (100,0%), người từ 60 tuổi trở lên 1 người (100,0%).",
        ),
        (
            EVERYBODY[1:],
            [entry("Bình")],
            "Đã cấp 1 thẻ ngày hội, mỗi người một thẻ, đều cho người đăng ký tại chỗ. Tổng số người có mặt là 1 người.",
        ),
        (
            EVERYBODY,
            [entry("An"), entry("Bình")],
            "Đã cấp 2 thẻ ngày hội, mỗi người một thẻ: 1 người đăng ký trước, 1 người đăng ký tại chỗ. Có 1 người đăng ký trước đã đến (đạt 100,0%); "
            "cùng với 1 người đăng ký tại chỗ, tổng số người có mặt là 2 người, trong đó nữ 1 người (50,0%), người từ 60 tuổi trở lên 1 người (50,0%).",
        ),
    ],
    ids=["nobody", "nobody came", "all had registered", "all at the gate", "both"],
)
def test_people_are_told_by_how_they_came(known, seen, words):
    assert people.people(report(facts(known, seen))) == words


@pytest.mark.parametrize(
    ("kinds", "words"),
    [
        ([Kind.CONFERENCE], "Đã tổ chức 1 hội nghị với 30 chỗ; có 0 lượt đăng ký trước, 0 lượt có mặt."),
        ([Kind.TALK], "Đã tổ chức 1 tọa đàm với 30 chỗ; có 0 lượt đăng ký trước, 0 lượt có mặt."),
        ([Kind.CONFERENCE, Kind.TALK], "Đã tổ chức 1 hội nghị, 1 tọa đàm với 60 chỗ; có 0 lượt đăng ký trước, 0 lượt có mặt."),
    ],
)
def test_kinds_that_there_were_not_are_not_told(kinds, words):
    assert results.meetings(report(facts(activities=[activity(kind) for kind in kinds]))) == words


@pytest.mark.parametrize(
    ("bases", "words"),
    [
        ((), "Ủy ban nhân dân (UBND) xã Anh Sơn báo cáo"),
        (("A",), "Thực hiện A, ủy ban nhân dân (UBND) xã Anh Sơn báo cáo"),
        (("A", "B", "C"), "Thực hiện A; B và C, ủy ban nhân dân (UBND) xã Anh Sơn báo cáo"),
    ],
)
def test_opening_says_what_the_report_rests_on(bases, words):
    assert head.opening(report(facts(), bases=bases)).startswith(words)


def test_shortcomings_are_who_stayed_away_who_waited_and_whence_nobody_came():
    hamlets = [HamletFact(named("h1"), "Thôn 1", 10, 40), HamletFact(named("h2"), "Thôn 2", 10, 40)]
    known = [person("An", hamlet_id=named("h1")), person("Bình", at=("class",), status="waiting")]

    told = judgement.weaknesses(report(facts(known, [entry("An")], hamlets=hamlets)))

    assert told == (
        "Còn 1 người đăng ký trước nhưng không đến (50,0% số người đăng ký). 1 người ở danh sách chờ chưa được xếp chỗ. 1 thôn, bản chưa có người tham gia."
    )


def test_letter_of_a_ward_speaks_of_its_own_kind():
    told = report(facts())
    ward = replace(told, subject=replace(told.subject, hamlet_words="", body=replace(told.subject.body, name="Phường Trường Vinh", kind="phường")))

    assert (ward.villages, head.title(ward)[1]) == ("tổ dân phố", "năm\u00a02027 trên địa bàn phường Trường Vinh")
