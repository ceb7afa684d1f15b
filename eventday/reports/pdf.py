"""The commune's “Báo cáo kết quả” as PDF. It prints figures; it counts nothing. Only in Vietnamese: the law names the words."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import count

from flask import current_app, render_template

from eventday.kernel.clock import day_of, local
from eventday.paper import documents
from eventday.programme.domain import Kind
from eventday.reports import tables, wording
from eventday.reports.figures import ActivityFigures, Figures, HamletFigures
from eventday.reports.letter import Letter
from eventday.reports.queries import Subject

KIND_WORDS = {
    Kind.BOOTH: "Gian hàng",
    Kind.CONFERENCE: "Hội nghị",
    Kind.TALK: "Tọa đàm",
    Kind.STATION: "Trạm trải nghiệm",
    Kind.CLASS: "Lớp học số",
    Kind.ONLINE: "Hoạt động trực tuyến",
}


@dataclass(frozen=True, kw_only=True)
class Report:
    """All that the document shows. `dated` stands at its head."""

    subject: Subject
    figures: Figures
    letter: Letter
    dated: date

    @property
    def days(self) -> list[date]:
        """The days on which something took place."""
        return sorted({day_of(slot.starts_at) for one in self.figures.activities for slot in one.fact.slots})

    @property
    def planned_days(self) -> list[date]:
        """The event's days, whether anything took place or not."""
        event = self.subject.event
        return [event.first_day + timedelta(days=n) for n in range((event.last_day - event.first_day).days + 1)]

    @property
    def abstract(self) -> tuple[str, str]:
        event, body = self.subject.event, self.subject.body
        nb = wording.NO_BREAK
        return wording.balanced(f"Kết quả tổ chức {event.name} năm{nb}{event.first_day.year} trên địa bàn {body.in_sentence}")

    @property
    def hosts(self) -> int:
        return len({one.fact.host for one in self.figures.activities if one.fact.host})

    @property
    def venues(self) -> list[str]:
        """Where something took place in a hall or yard, the place with most slots first."""
        found = Counter(slot.venue for one in self._in_person for slot in one.fact.slots if slot.venue)
        return sorted(found, key=lambda venue: (-found[venue], venue))

    @property
    def hours(self) -> tuple[time, time] | None:
        """From when to when on the wall clock something took place in a hall or yard."""
        slots = [slot for one in self._in_person for slot in one.fact.slots]
        if not slots:
            return None
        return min(local(slot.starts_at).time() for slot in slots), max(local(slot.ends_at).time() for slot in slots)

    @property
    def _in_person(self) -> list[ActivityFigures]:
        return [one for one in self.figures.activities if one.fact.kind is not Kind.ONLINE]

    @property
    def seats(self) -> int:
        return sum(one.seats or 0 for one in self._in_person)

    @property
    def hamlets(self) -> list[HamletFigures]:
        return [row for row in self.figures.by_hamlet if row.hamlet]

    @property
    def hamlets_present(self) -> list[HamletFigures]:
        """Hamlets somebody came from, the most people first."""
        return sorted((row for row in self.hamlets if row.count.came), key=lambda row: -row.count.came)

    @property
    def untold(self) -> tuple[int, int]:
        """People present who did not tell their gender, and their year of birth or another gender."""
        present = self.figures.by_hamlet
        genders = sum(number for row in present for key, number in row.genders.items() if key not in ("male", "female"))
        return genders, sum(number for row in present for key, number in row.ages.items() if key == "unknown")

    def most_visited(self, *kinds: Kind) -> list[ActivityFigures]:
        """The one or two activities of these kinds that most people came to."""
        ranked = sorted(self.figures.of_kind(*kinds), key=lambda one: -one.count.attendances)
        return [one for one in ranked[:2] if one.count.attendances] if len(ranked) > 2 else []

    def peak(self) -> tuple[time, time, int] | None:
        """The two hours (of half hours in a row) in which most people arrived: from, until, how many."""
        arrivals = self.figures.arrivals
        if len(arrivals) < 6:
            return None
        windows = [arrivals[at : at + 4] for at in range(len(arrivals) - 3)]
        best = max(windows, key=lambda window: sum(half.people for half in window))
        end = best[-1].start
        until = time(end.hour + (end.minute == 30), 0 if end.minute else 30) if end < time(23, 30) else time(23, 59)
        return best[0].start, until, sum(half.people for half in best)

    def attendances_by_kind(self) -> list[tuple[str, int]]:
        """Attendances by kind in words, in the order of the report."""
        return [(KIND_WORDS[kind], found.all_attendances) for kind, found in self.figures.by_kind.items()]


def draw(report: Report) -> bytes:
    """The document. Raises: PaperNotReady."""
    days = max(1, len(report.days))
    kinds = report.attendances_by_kind()
    page = render_template(
        "reports/pdf/report.html",
        r=report,
        f=report.figures,
        t=report.figures.totals,
        letter=report.letter,
        body=report.subject.body,
        event=report.subject.event,
        tables=tables.of_kinds(report.figures, days),
        people_table=tables.people(report.figures),
        hamlet_rows=[tables.hamlet_row(at, row) for at, row in enumerate(report.figures.by_hamlet, start=1)],
        hamlet_total=tables.hamlet_total(report.figures),
        hamlet_widths=tables.HAMLET_WIDTHS,
        activity_rows=tables.activity_rows(report.figures, days),
        activity_total=tables.activity_total(report.figures),
        activity_widths=tables.ACTIVITY_WIDTHS,
        kind_words=KIND_WORDS,
        Kind=Kind,
        w=wording,
        next_table=count(1).__next__,
        next_chart=count(1).__next__,
        day_of=day_of,
        short_title=tables.short_title,
        kind_rows=kinds,
        kind_sentence="Lượt tham gia theo loại hoạt động: " + "; ".join(f"{word} {found}" for word, found in kinds),
        retention_days=current_app.config["SETTINGS"].retention_days,
    )
    return documents.render(page, "state.css")
