"""II.3 to II.5. Who came and when, what they learnt, who helped."""

from eventday.reports import names, wording
from eventday.reports.report import Report
from eventday.web.filters import number, share
from eventday.web.translation import translated as _


def people(r: Report) -> str:
    if not r.figures.passes:
        return _("Chưa có người đăng ký và chưa cấp thẻ ngày hội nào.")
    return wording.paragraph(_issued(r), _came(r))


def _issued(r: Report) -> str:
    passes, registered, walk_ins = number(r.figures.passes), r.figures.totals.registered, r.figures.issued_at_gate
    if not walk_ins:
        return _("Đã cấp %(passes)s thẻ ngày hội, mỗi người một thẻ, đều cho người đăng ký trước.", passes=passes)
    if not registered:
        return _("Đã cấp %(passes)s thẻ ngày hội, mỗi người một thẻ, đều cho người đăng ký tại chỗ.", passes=passes)
    return _(
        "Đã cấp %(passes)s thẻ ngày hội, mỗi người một thẻ: %(registered)s người đăng ký trước, %(walk_ins)s người đăng ký tại chỗ.",
        passes=passes,
        registered=number(registered),
        walk_ins=number(walk_ins),
    )


def _came(r: Report) -> str:
    total = r.figures.totals
    known = {"came": number(total.came), "some": _some(r)}
    rate = {"of_registered": number(total.of_registered), "share": share(total.of_registered, total.registered)}
    if not total.came:
        return _("Chưa ghi nhận được người nào có mặt.")
    if not total.registered:
        return _("Tổng số người có mặt là %(came)s người%(some)s.", **known)
    if not total.walk_ins:
        return _("Có %(of_registered)s người đăng ký trước đã đến (đạt %(share)s)%(some)s.", some=known["some"], **rate)
    return _(
        "Có %(of_registered)s người đăng ký trước đã đến (đạt %(share)s); cùng với %(walk_ins)s người đăng ký tại chỗ, "
        "tổng số người có mặt là %(came)s người%(some)s.",
        walk_ins=number(total.walk_ins),
        **rate,
        **known,
    )


def _some(r: Report) -> str:
    """Women and older people among who came, as a clause."""
    came, women, old = r.figures.totals.came, r.figures.group(r.figures.genders, "female"), r.figures.group(r.figures.ages, "from_60")
    told = [
        _("nữ %(people)s người (%(share)s)", people=number(women), share=share(women, came)) if women else "",
        _("người từ 60 tuổi trở lên %(people)s người (%(share)s)", people=number(old), share=share(old, came)) if old else "",
    ]
    groups = ", ".join(group for group in told if group)
    return _(", trong đó %(groups)s", groups=groups) if groups else ""


def arrivals_chart(r: Report) -> str:
    """What the chart of half hours shows, for who hears it."""
    return _("Số người đến lần đầu trong từng nửa giờ, tổng cộng %(people)s người", people=number(r.figures.totals.came))


def arrivals_key(r: Report) -> tuple[str, str]:
    """What the black and the white of the chart are."""
    total = r.figures.totals
    return (
        _("Đã đăng ký trước: %(people)s người", people=number(total.of_registered)),
        _("Đăng ký tại chỗ: %(people)s người", people=number(total.walk_ins)),
    )


def arrivals(r: Report) -> str:
    return wording.paragraph(_peak(r), _homes(r))


def _peak(r: Report) -> str:
    peak = r.peak()
    if peak is None:
        return ""
    start, end, people = peak
    return _(
        "Người dân đến đông nhất từ %(start)s đến %(end)s (%(people)s người, %(share)s).",
        start=wording.hour_in_words(start),
        end=wording.hour_in_words(end),
        people=number(people),
        share=share(people, r.figures.totals.came),
    )


def _homes(r: Report) -> str:
    every, present = len(r.hamlets), r.hamlets_present
    if not every:
        return _("Phân theo nơi ở: Phụ lục I.")
    known = {"present": len(present), "every": every, "villages": r.villages}
    if not present:
        return _("%(present)s/%(every)s %(villages)s có người tham gia (Phụ lục I).", **known)
    first = present[0]
    return _(
        "%(present)s/%(every)s %(villages)s có người tham gia; nhiều nhất là %(village)s (%(people)s người) (Phụ lục I).",
        village=names.in_sentence(first.hamlet.name if first.hamlet else ""),
        people=number(first.count.came),
        **known,
    )


def skills(r: Report) -> str:
    figures = r.figures
    if not figures.totals.stamps:
        return _("Chưa ghi nhận lượt kỹ năng nào qua máy quét.")
    by_kind = [
        _("%(kind)s %(stamps)s lượt", kind=names.in_sentence(str(wording.KIND_WORDS[kind])), stamps=number(count.stamps))
        for kind, count in figures.by_kind.items()
        if count.stamps
    ]
    learnt = _(
        "Có %(learners)s người học được ít nhất một kỹ năng số, với %(stamps)s lượt kỹ năng được ghi nhận, gồm: %(kinds)s.",
        learners=number(figures.learners),
        stamps=number(figures.totals.stamps),
        kinds="; ".join(by_kind),
    )
    return wording.paragraph(learnt, _("Các kỹ năng được nhiều người học nhất:") if figures.skills else "")


def skill_lines(r: Report) -> list[str]:
    """The five skills that most people learnt, without the signs of a list."""
    return [_("%(skill)s: %(stamps)s lượt", skill=title, stamps=number(stamps)) for title, stamps in r.figures.skills[:5]]


def forces(r: Report) -> str:
    if r.wrote("forces"):
        return ""
    return wording.paragraph(
        _("Lực lượng gồm %(hosts)s cơ quan, đơn vị phụ trách hoạt động.", hosts=number(r.hosts)) if r.hosts else "",
        _("Báo cáo này chưa tổng hợp kinh phí."),
    )


def untold(r: Report) -> str:
    """The note below annex I."""
    genders, years = r.untold
    return wording.paragraph(
        _("Đơn vị: người; riêng “Lượt tham gia” là lượt, không kể hoạt động trực tuyến."),
        _("%(people)s người có mặt không khai hoặc khai khác về giới tính.", people=number(genders)) if genders else "",
        _("%(people)s người có mặt không khai năm sinh.", people=number(years)) if years else "",
        _("“Trên 1.000 dân” không tính người nơi khác hoặc không khai.") if r.hamlets and r.is_joined_from_elsewhere else "",
    )
