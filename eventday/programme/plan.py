"""Making a commune's plan of planned rows: used by the import and by the demo. All functions compose: they are given a session."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session, scoped_session

from eventday.kernel import ids
from eventday.kernel.clock import VIETNAM
from eventday.programme import models, seats
from eventday.programme.domain import default_admission
from eventday.programme.drafts import Occurrence
from eventday.programme.planned import Planned
from eventday.programme.records import of_slot, of_wish
from eventday.programme.revision import Decision, Revision, Standing, revise
from eventday.programme.service import begin_plan

_ABOUT = ("kind", "title", "host", "description", "audience", "equipment", "speaker", "note")
Reading = Session | scoped_session[Any]


@dataclass(frozen=True)
class Written:
    """Slots that now have more seats than before: who waits for them can move up."""

    larger_slots: tuple[UUID, ...]


def apply(session: Session, event_id: UUID, commune: str, rows: Sequence[Planned]) -> Revision:
    """Decide and write in one go, for rows that are known to be right."""
    begin_plan(session, event_id, commune)
    revision = read_revision(session, event_id, commune, rows, lock=True)
    write(session, event_id, commune, revision)
    return revision


def read_revision(session: Reading, event_id: UUID, commune: str, rows: Sequence[Planned], *, lock: bool = False) -> Revision:
    """What the rows would change. With `lock` the plan's slots are held, in order of id, so that nobody registers meanwhile."""
    activities = _activities(session, event_id, commune)
    about = {one.id: {name: getattr(one, name) for name in _ABOUT} | {"co_hosts": tuple(one.co_hosts)} for one in activities.values()}
    return revise(rows, _standing(session, event_id, commune, activities, lock), about)


def _activities(session: Reading, event_id: UUID, commune: str) -> dict[UUID, models.Activity]:
    query = select(models.Activity).where(models.Activity.event_id == event_id, models.Activity.commune_code == commune)
    return {one.id: one for one in session.scalars(query.execution_options(populate_existing=True))}


def _standing(session: Reading, event_id: UUID, commune: str, activities: dict[UUID, models.Activity], lock: bool) -> list[Standing]:
    mine = {"event_id": event_id, "commune_code": commune}
    slots = select(models.Slot).filter_by(**mine).order_by(models.Slot.id).execution_options(populate_existing=True)
    wishes = select(models.Wish).filter_by(**mine).execution_options(populate_existing=True)
    found = [of_slot(one, activities[one.activity_id]) for one in session.scalars(slots.with_for_update() if lock else slots)]
    found += [of_wish(one, activities[one.activity_id]) for one in session.scalars(wishes)]
    return [_as_standing(one, activities[one.activity_id]) for one in found]


def _as_standing(found: Occurrence, activity: models.Activity) -> Standing:
    return Standing(**vars(found), key=(activity.kind, activity.title_key, activity.host_key))


def write(session: Session, event_id: UUID, commune: str, revision: Revision) -> Written:
    """Carry a revision out; the caller holds the plan (`service.begin_plan`). What stands and is not spoken of stays."""
    writer = _Writer(session, event_id, commune)
    writer.write_activities(revision)
    number = begin_plan(session, event_id, commune)
    for decision in revision.decisions:
        if decision.standing is None:
            number += 1
            writer.add(decision, ids.new(), number)
        elif decision.changes:
            writer.change(decision, decision.standing)
    writer.finish(number)
    return Written(tuple(writer.larger))


def _renamed(revision: Revision) -> dict[tuple[str, str, str], UUID]:
    """Activities of which every slot and wish goes to one new title, kind or host: they are renamed and keep what else they say."""
    keys: dict[UUID, set[tuple[str, str, str] | None]] = {one.activity_id: {None} for one in revision.left}
    for decision in revision.decisions:
        if decision.standing:
            keys.setdefault(decision.standing.activity_id, set()).add(decision.row.key)
    return {key: activity_id for activity_id, found in keys.items() if len(found) == 1 and (key := next(iter(found))) is not None}


class _Writer:
    def __init__(self, session: Session, event_id: UUID, commune: str) -> None:
        self.session, self.event_id, self.commune = session, event_id, commune
        self.mine = {"event_id": event_id, "commune_code": commune}
        self.larger: list[UUID] = []
        self._activities: dict[tuple[str, str, str], UUID] = {}
        self._left: set[UUID] = set()

    def write_activities(self, revision: Revision) -> None:
        """Add the activities that are missing and put right what the known ones say of themselves."""
        every = _activities(self.session, self.event_id, self.commune)
        known = {(one.kind, one.title_key, one.host_key): one for one in every.values()}
        renamed = _renamed(revision)
        for key, said in revision.said.items():
            one = known.get(key) or every.get(renamed.get(key, self.event_id))
            if one is None:
                one = models.Activity(id=ids.new(), **self.mine)
                self.session.add(one)
            one.kind, one.title_key, one.host_key = key
            for name, value in said.items():
                setattr(one, name, list(value) if isinstance(value, tuple) else value)
            self._activities[key] = one.id
        self.session.flush()

    def add(self, decision: Decision, occurrence_id: UUID, number: int) -> None:
        row, target = decision.row, decision.target
        shared: dict[str, Any] = {
            "id": occurrence_id,
            "number": number,
            "activity_id": self._activities[row.key],
            "space_id": target.space_id,
            **self.mine,
        }
        if target.is_slot:
            self.session.add(
                models.Slot(
                    **shared,
                    starts_at=_moment(target.day, target.start),
                    ends_at=_moment(target.day, target.end),
                    admission=default_admission(row.kind),
                    capacity=target.capacity or 0,
                )
            )
        else:
            self.session.add(models.Wish(**shared, day=target.day, start=target.start, end=target.end, part=target.part, capacity=target.capacity))

    def change(self, decision: Decision, standing: Standing) -> None:
        if standing.is_slot:
            self._change_slot(decision, standing)
            return
        self._leave(decision, standing)
        if not decision.target.is_slot:
            values = {name: getattr(decision.target, name) for name in ("day", "start", "end", "part", "space_id", "capacity")}
            values["activity_id"] = self._activities[decision.row.key]
            self.session.execute(
                update(models.Wish).where(models.Wish.id == standing.id).values(**values).execution_options(synchronize_session=False)
            )
            return
        self.session.execute(delete(models.Wish).where(models.Wish.id == standing.id))
        self.add(decision, standing.id, standing.number)

    def _change_slot(self, decision: Decision, standing: Standing) -> None:
        target = decision.target
        slot = self.session.get_one(models.Slot, standing.id)
        starts_at = _moment(target.day, target.start)
        values: dict[str, Any] = {"starts_at": starts_at, "ends_at": _moment(target.day, target.end), "space_id": target.space_id}
        values["activity_id"] = self._activities[decision.row.key]
        if slot.closes_at:
            values["closes_at"] = slot.closes_at + (starts_at - slot.starts_at)
        if standing.key[0] != decision.row.kind and not standing.people:
            values["admission"] = default_admission(decision.row.kind)
        self.session.execute(update(models.Slot).where(models.Slot.id == slot.id).values(**values).execution_options(synchronize_session=False))
        self._leave(decision, standing)
        if target.capacity != standing.capacity:
            seats.set_capacity(self.session, slot.id, target.capacity or 0)
            if (target.capacity or 0) > (standing.capacity or 0):
                self.larger.append(slot.id)

    def _leave(self, decision: Decision, standing: Standing) -> None:
        if self._activities[decision.row.key] != standing.activity_id:
            self._left.add(standing.activity_id)

    def finish(self, number: int) -> None:
        """Note the number given last; drop activities that a new title left without any slot or wish."""
        self.session.flush()
        self.session.execute(update(models.Plan).filter_by(**self.mine).values(last_number=number).execution_options(synchronize_session=False))
        for activity_id in self._left:
            used = [select(model.id).where(model.activity_id == activity_id).exists() for model in (models.Slot, models.Wish)]
            gone = delete(models.Activity).where(models.Activity.id == activity_id, ~used[0], ~used[1])
            self.session.execute(gone.execution_options(synchronize_session=False))


def _moment(day: date | None, clock: time | None) -> datetime:
    assert day is not None
    assert clock is not None
    return datetime.combine(day, clock, tzinfo=VIETNAM)
