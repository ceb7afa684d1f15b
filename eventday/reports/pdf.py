"""The commune's “Báo cáo kết quả” as PDF. It prints figures and sentences; it counts and words nothing.

The law wants it in Vietnamese, whoever asks for it and whatever drew it: the worker has no request that would say a language.
"""

from itertools import count
from typing import Any

from flask import render_template

from eventday.paper import documents
from eventday.programme.domain import Kind
from eventday.reports import wording
from eventday.reports.prose import head, judgement, people, results, work
from eventday.reports.report import Report
from eventday.reports.tables import annexes, kinds
from eventday.reports.tables.people import people as people_table
from eventday.web.translation import in_language

_STYLE = "state.css"


def draw(report: Report) -> bytes:
    """The document. Raises: PaperNotReady."""
    return documents.render(page(report), _STYLE)


def page(report: Report, *, on_screen: bool = False) -> str:
    """The document as HTML: for the printer without its styles, for a screen with them, as one sheet that no page ends."""
    with in_language("vi"):
        return _page(report, documents.style(_STYLE) if on_screen else "")


def _page(report: Report, style: str) -> str:
    return render_template(
        "reports/pdf/report.html",
        style=style,
        r=report,
        f=report.figures,
        letter=report.letter,
        body=report.subject.body,
        head=head,
        work=work,
        results=results,
        people=people,
        judgement=judgement,
        w=wording,
        Kind=Kind,
        next_table=count(1).__next__,
        next_chart=count(1).__next__,
        **_tables(report),
    )


def _tables(report: Report) -> dict[str, Any]:
    """Of the text and of its annexes."""
    figures, days = report.figures, max(1, len(report.days))
    return {
        "tables": kinds.of_kinds(figures, days),
        "people_table": people_table(figures),
        "kind_rows": [(str(wording.KIND_WORDS[kind]), found.all_attendances) for kind, found in figures.by_kind.items()],
        "hamlet_rows": annexes.hamlet_rows(figures),
        "hamlet_total": annexes.hamlet_total(figures),
        "hamlet_widths": annexes.HAMLET_WIDTHS,
        "activity_rows": annexes.activity_rows(figures, days, report.subject.body),
        "activity_total": annexes.activity_total(figures),
        "activity_widths": annexes.ACTIVITY_WIDTHS,
    }
