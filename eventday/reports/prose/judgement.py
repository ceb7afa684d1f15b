"""III to V. What the figures let us say of the day, what is to be done, what is asked for. Empty where the organiser's own words stand alone."""

from flask import current_app

from eventday.reports import wording
from eventday.reports.report import Report
from eventday.web.filters import number, share
from eventday.web.translation import translated as _


def strengths(r: Report) -> str:
    total, learners = r.figures.totals, r.figures.learners
    if not total.came:
        return "" if r.wrote("strengths") else _("Chưa có số liệu người tham gia để đánh giá.")
    return _(
        "Ngày hội thu hút %(came)s người trực tiếp tham gia%(rate)s%(learnt)s.",
        came=number(total.came),
        rate=_("; %(share)s số người đăng ký trước đã đến", share=share(total.of_registered, total.registered)) if total.registered else "",
        learnt=_("; %(learners)s người được hướng dẫn và làm được ít nhất một kỹ năng số", learners=number(learners)) if learners else "",
    )


def weaknesses(r: Report) -> str:
    if not r.figures.totals.came:
        return "" if r.wrote("weaknesses") else _("Chưa có số liệu người tham gia để đánh giá.")
    told = _shortcomings(r)
    return told or ("" if r.wrote("weaknesses") else _("Số liệu không cho thấy tồn tại, hạn chế."))


def _shortcomings(r: Report) -> str:
    total, waiting = r.figures.totals, r.figures.waiting
    missing, absent = total.registered - total.of_registered, len(r.hamlets) - len(r.hamlets_present)
    return wording.paragraph(
        _(
            "Còn %(people)s người đăng ký trước nhưng không đến (%(share)s số người đăng ký).",
            people=number(missing),
            share=share(missing, total.registered),
        )
        if missing
        else "",
        _("%(people)s người ở danh sách chờ chưa được xếp chỗ.", people=number(waiting)) if waiting else "",
        _("%(count)s %(villages)s chưa có người tham gia.", count=number(absent), villages=r.villages) if absent else "",
    )


def tasks(r: Report) -> list[str]:
    """A paragraph each."""
    if r.wrote("tasks"):
        return []
    forget = _(
        "2. Xóa họ tên, số điện thoại của người tham gia sau %(days)s ngày kể từ ngày kết thúc Ngày hội theo quy định về bảo vệ dữ liệu cá nhân; "
        "chỉ giữ số liệu tổng hợp.",
        days=current_app.config["SETTINGS"].retention_days,
    )
    return [_go_on(r), forget]


def _go_on(r: Report) -> str:
    learners, villages = r.figures.learners, r.villages
    if not learners:
        return _("1. Tiếp tục hướng dẫn người dân thực hành các kỹ năng số tại các %(villages)s.", villages=villages)
    return _(
        "1. Tiếp tục hướng dẫn %(people)s người đã học thực hành các kỹ năng số tại các %(villages)s.", people=number(learners), villages=villages
    )


def proposals(r: Report) -> str:
    if r.wrote("proposals"):
        return ""
    return _(
        "Kính đề nghị %(addressees)s tiếp tục quan tâm, chỉ đạo, tạo điều kiện để %(kind)s tổ chức Ngày hội trong những năm tiếp theo.",
        addressees=", ".join(r.letter.addressees) or _("cấp trên"),
        kind=r.subject.body.kind,
    )


def closing(r: Report) -> str:
    """The last sentence; “./.” says that nothing follows."""
    event, body, addressees = r.subject.event, r.subject.body, r.letter.addressees
    known = {"event": event.name, "year": event.first_day.year, "commune": body.in_sentence, "kind": body.kind}
    if addressees:
        return _(
            "Trên đây là báo cáo kết quả tổ chức %(event)s năm %(year)s trên địa bàn %(commune)s, UBND %(kind)s kính báo cáo %(addressees)s xem xét, "
            "chỉ đạo./.",
            addressees=", ".join(addressees),
            **known,
        )
    return _("Trên đây là báo cáo kết quả tổ chức %(event)s năm %(year)s trên địa bàn %(commune)s, UBND %(kind)s kính báo cáo./.", **known)
