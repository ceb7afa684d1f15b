"""I. What was done before the day. A sentence steps back where the organiser wrote their own."""

from eventday.kernel.clock import day_of
from eventday.reports import wording
from eventday.reports.report import Report
from eventday.web.filters import number
from eventday.web.translation import translated as _


def direction(r: Report) -> str:
    kind = r.subject.body.kind
    if r.hosts:
        return _(
            "UBND %(kind)s đã phân công %(hosts)s cơ quan, đơn vị phụ trách %(activities)s hoạt động của Ngày hội (Phụ lục II).",
            kind=kind,
            hosts=number(r.hosts),
            activities=number(len(r.figures.activities)),
        )
    return "" if r.wrote("direction") else _("Ngày hội được tổ chức theo chỉ đạo của cấp trên và sự phân công của UBND %(kind)s.", kind=kind)


def publicity(r: Report) -> str:
    registered = r.figures.totals.registered
    return wording.paragraph(_published(r), _("Đã có %(people)s người đăng ký trước.", people=number(registered)) if registered else "")


def _published(r: Report) -> str:
    kind, published_at = r.subject.body.kind, r.subject.published_at
    if published_at is None:
        return _("Chương trình Ngày hội chưa được công bố trên trang thông tin của %(kind)s.", kind=kind)
    return _(
        "Chương trình Ngày hội được công bố trên trang thông tin của %(kind)s từ %(day)s; người dân xem lịch, chọn hoạt động và đăng ký cho cả "
        "gia đình trên trang này.",
        kind=kind,
        day=wording.day_in_words(day_of(published_at)),
    )


def preparation(r: Report) -> str:
    figures = r.figures
    if not figures.slots:
        return _("Chương trình chưa có hoạt động nào được xếp giờ.")
    return _(
        "Chương trình gồm %(activities)s hoạt động, xếp thành %(slots)s ca%(where)s%(capacity)s.",
        activities=number(len(figures.activities)),
        slots=number(figures.slots),
        where=_(" tại %(venues)s địa điểm", venues=number(len(r.venues))) if r.venues else "",
        capacity=_("; các hoạt động phải đăng ký có tổng cộng %(seats)s chỗ", seats=number(r.seats)) if r.seats else "",
    )
