"""The commune's “Báo cáo kết quả” as PDF. It prints figures and sentences; it counts and words nothing.

Drawn by the worker and by a command, where nobody's browser asks for a language: it comes out in the app's own, Vietnamese, as the law wants it.
"""

from itertools import count

from flask import render_template

from eventday.paper import documents
from eventday.programme.domain import Kind
from eventday.reports import wording
from eventday.reports.prose import head, judgement, people, results, work
from eventday.reports.report import Report
from eventday.reports.tables import annexes, kinds
from eventday.reports.tables.people import people as people_table


def draw(report: Report) -> bytes:
    """The document. Raises: PaperNotReady."""
    figures, days = report.figures, max(1, len(report.days))
    page = render_template(
        "reports/pdf/report.html",
        r=report,
        f=figures,
        letter=report.letter,
        body=report.subject.body,
        head=head,
        work=work,
        results=results,
        people=people,
        judgement=judgement,
        w=wording,
        tables=kinds.of_kinds(figures, days),
        people_table=people_table(figures),
        hamlet_rows=[annexes.hamlet_row(at, row) for at, row in enumerate(figures.by_hamlet, start=1)],
        hamlet_total=annexes.hamlet_total(figures),
        hamlet_widths=annexes.HAMLET_WIDTHS,
        activity_rows=annexes.activity_rows(figures, days),
        activity_total=annexes.activity_total(figures),
        activity_widths=annexes.ACTIVITY_WIDTHS,
        kind_rows=[(str(wording.KIND_WORDS[kind]), found.all_attendances) for kind, found in figures.by_kind.items()],
        Kind=Kind,
        next_table=count(1).__next__,
        next_chart=count(1).__next__,
    )
    return documents.render(page, "state.css")
