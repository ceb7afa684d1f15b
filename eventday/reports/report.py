"""A commune's report as a whole: the figures, the letter around them, and what its sentences ask of both."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, time, timedelta

from eventday.kernel.clock import day_of, local
from eventday.programme.domain import Kind
from eventday.reports import wording
from eventday.reports.figures import ActivityFigures, Figures, HamletFigures
from eventday.reports.letter import Letter
from eventday.reports.queries import Subject


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

    def wrote(self, section: str) -> bool:
        """Whether the organiser has words of their own for this section."""
        return bool(self.letter.texts.get(section))

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
    def villages(self) -> str:
        """What they are called here (“thôn, bản”)."""
        return wording.villages(self.subject.body.kind, self.subject.hamlet_words)

    @property
    def hamlets(self) -> list[HamletFigures]:
        return [row for row in self.figures.by_hamlet if row.hamlet]

    @property
    def hamlets_present(self) -> list[HamletFigures]:
        """Hamlets somebody came from, the most people first."""
        return sorted((row for row in self.hamlets if row.count.came), key=lambda row: -row.count.came)

    @property
    def is_joined_from_elsewhere(self) -> bool:
        """Whether somebody came who lives elsewhere or did not tell."""
        return any(row.count.came for row in self.figures.by_hamlet if row.hamlet is None)

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
