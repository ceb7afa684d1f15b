"""II.1 and II.2. How large the day was, and what came of each kind of activity."""

from collections import Counter
from collections.abc import Sequence

from eventday.programme.domain import Kind
from eventday.reports import names, wording
from eventday.reports.figures import MEETINGS, ActivityFigures
from eventday.reports.report import Report
from eventday.web.filters import number
from eventday.web.translation import translated as _


def scale(r: Report) -> str:
    return wording.paragraph(_when_and_where(r), _attended(r))


def _when_and_where(r: Report) -> str:
    figures = r.figures
    return _(
        "Ngày hội diễn ra %(days)s%(hours)s%(where)s%(size)s.",
        days=wording.days_in_words(r.days or r.planned_days),
        hours=_(", từ %(start)s đến %(end)s", start=wording.hour_in_words(r.hours[0]), end=wording.hour_in_words(r.hours[1])) if r.hours else "",
        where=_where(r.venues),
        size=_(", với %(activities)s hoạt động, %(slots)s ca", activities=number(len(figures.activities)), slots=number(figures.slots))
        if figures.activities
        else "",
    )


def _where(venues: Sequence[str]) -> str:
    if not venues:
        return ""
    if len(venues) == 1:
        return _(", tại %(venue)s", venue=venues[0])
    return _(", tại %(venue)s và %(others)s địa điểm khác", venue=venues[0], others=number(len(venues) - 1))


def _attended(r: Report) -> str:
    total = r.figures.totals
    people, attendances = number(total.came), number(total.attendances)
    if total.online:
        return _(
            "Có %(people)s người trực tiếp tham gia với %(attendances)s lượt; %(online)s lượt tham gia trực tuyến; tổng cộng %(all)s lượt.",
            people=people,
            attendances=attendances,
            online=number(total.online),
            all=number(total.all_attendances),
        )
    if total.came:
        return _("Có %(people)s người trực tiếp tham gia với %(attendances)s lượt.", people=people, attendances=attendances)
    return _("Chưa ghi nhận được người nào có mặt.")


def booths(r: Report) -> str:
    count = r.figures.by_kind[Kind.BOOTH]
    known = {"booths": number(len(r.figures.of_kind(Kind.BOOTH))), "visits": number(count.attendances)}
    if not count.attendances:
        return _("Đã tổ chức %(booths)s gian hàng; chưa ghi nhận được lượt ghé.", **known)
    if count.stamps:
        first = _(
            "Đã tổ chức %(booths)s gian hàng, đón %(visits)s lượt người; %(stamps)s lượt được hướng dẫn thực hành.",
            stamps=number(count.stamps),
            **known,
        )
    else:
        first = _("Đã tổ chức %(booths)s gian hàng, đón %(visits)s lượt người.", **known)
    return wording.paragraph(first, _most_visited([names.short_title(one.fact) for one in r.most_visited(Kind.BOOTH)]))


def _most_visited(booths: Sequence[str]) -> str:
    if len(booths) == 2:
        return _("Đông nhất là gian hàng %(first)s và gian hàng %(second)s.", first=booths[0], second=booths[1])
    return _("Đông nhất là gian hàng %(booth)s.", booth=booths[0]) if booths else ""


def meetings(r: Report) -> str:
    every = r.figures.of_kind(*MEETINGS)
    seats = sum(one.seats or 0 for one in every)
    known = {
        "meetings": _counted(Counter(one.fact.kind for one in every)),
        "attendances": number(sum(one.count.attendances for one in every)),
    }
    if seats:
        return _(
            "Đã tổ chức %(meetings)s với %(seats)s chỗ; có %(registered)s lượt đăng ký trước, %(attendances)s lượt có mặt.",
            seats=number(seats),
            registered=number(_registered(every)),
            **known,
        )
    return _("Đã tổ chức %(meetings)s; có %(attendances)s lượt có mặt.", **known)


def _counted(meetings: Counter[Kind]) -> str:
    """“2 hội nghị, 5 tọa đàm”."""
    told = [f"{number(meetings[kind])} {names.in_sentence(str(wording.KIND_WORDS[kind]))}" for kind in MEETINGS if meetings[kind]]
    return ", ".join(told)


def _registered(activities: Sequence[ActivityFigures]) -> int:
    return sum(one.count.registered for one in activities)


def stations(r: Report) -> str:
    count = r.figures.by_kind[Kind.STATION]
    known = {"stations": number(len(r.figures.of_kind(Kind.STATION))), "attendances": number(count.attendances)}
    if not count.attendances:
        return _("Đã tổ chức %(stations)s trạm; chưa ghi nhận được lượt có mặt.", **known)
    if count.stamps:
        return _(
            "Đã tổ chức %(stations)s trạm, %(attendances)s lượt có mặt; %(stamps)s lượt làm được bài thực hành và được đóng dấu kỹ năng.",
            stamps=number(count.stamps),
            **known,
        )
    return _("Đã tổ chức %(stations)s trạm, %(attendances)s lượt có mặt.", **known)


def classes(r: Report) -> str:
    count = r.figures.by_kind[Kind.CLASS]
    known = {"classes": number(len(r.figures.of_kind(Kind.CLASS))), "attendances": number(count.attendances)}
    if not count.attendances:
        return _("Đã mở %(classes)s lớp; chưa ghi nhận được học viên có mặt.", **known)
    if count.stamps:
        return _(
            "Đã mở %(classes)s lớp, %(attendances)s lượt học viên có mặt, %(stamps)s lượt đạt kỹ năng của lớp.", stamps=number(count.stamps), **known
        )
    return _("Đã mở %(classes)s lớp, %(attendances)s lượt học viên có mặt.", **known)


def online(r: Report) -> str:
    every = r.figures.of_kind(Kind.ONLINE)
    known = {"activities": number(len(every)), "registered": number(_registered(every))}
    attendances = r.figures.by_kind[Kind.ONLINE].online
    if attendances:
        return _(
            "Có %(activities)s hoạt động trực tuyến với %(registered)s lượt đăng ký; ghi nhận %(attendances)s lượt tham gia.",
            attendances=number(attendances),
            **known,
        )
    return _("Có %(activities)s hoạt động trực tuyến với %(registered)s lượt đăng ký; chưa ghi nhận được lượt tham gia.", **known)


def kinds_chart(rows: Sequence[tuple[str, int]]) -> str:
    """What the chart of kinds shows, for who hears it."""
    return _("Lượt tham gia theo loại hoạt động: %(figures)s", figures="; ".join(f"{word} {found}" for word, found in rows))
