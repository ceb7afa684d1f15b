"""What stands above the report's parts."""

from eventday.reports import lines, wording
from eventday.reports.report import Report
from eventday.web.translation import translated as _

_LONG_NAME = 26  # letters


def title(r: Report) -> tuple[str, str]:
    """The two lines below the word BÁO CÁO."""
    event, body = r.subject.event, r.subject.body
    whole = _(
        "Kết quả tổ chức %(event)s năm\u00a0%(year)s trên địa bàn %(commune)s", event=event.name, year=event.first_day.year, commune=body.in_sentence
    )
    return lines.balanced(whole)


def issuer(r: Report) -> tuple[str, str]:
    """The commune's name; a long one on two lines, as its column is 66 mm wide."""
    name = r.subject.body.name
    return lines.balanced(name.replace(" - ", f"{lines.NO_BREAK}- ")) if len(name) > _LONG_NAME else (name, "")


def place_and_day(r: Report) -> str:
    """Where the place is too long for one line, the day stands whole on the next."""
    return _("%(place)s, %(day)s", place=r.letter.place, day=wording.day_in_words(r.dated).replace(" ", lines.NO_BREAK))


def opening(r: Report) -> str:
    """On what basis who reports what."""
    event, body = r.subject.event, r.subject.body
    known = {"commune": body.in_sentence, "kind": body.kind, "event": event.name, "year": event.first_day.year}
    if r.letter.bases:
        return _(
            "Thực hiện %(bases)s, ủy ban nhân dân (UBND) %(commune)s báo cáo kết quả tổ chức %(event)s năm %(year)s trên địa bàn %(kind)s "
            "(sau đây gọi tắt là Ngày hội) như sau:",
            bases=_bases([lines.document_number(basis) for basis in r.letter.bases]),
            **known,
        )
    return _(
        "Ủy ban nhân dân (UBND) %(commune)s báo cáo kết quả tổ chức %(event)s năm %(year)s trên địa bàn %(kind)s "
        "(sau đây gọi tắt là Ngày hội) như sau:",
        **known,
    )


def _bases(bases: list[str]) -> str:
    return wording.both("; ".join(bases[:-1]), bases[-1]) if len(bases) > 1 else bases[0]
