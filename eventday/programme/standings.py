"""How far the plans of many communes are: counts, two statements whatever their number."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import case, func, select

from eventday.db import db
from eventday.programme.domain import Admission
from eventday.programme.models import Plan, Slot, Wish


@dataclass(frozen=True)
class PlanStanding:
    """A commune's plan: slots that are not cancelled, wishes, and registrations at those slots, seated and waiting."""

    published_at: datetime | None = None
    slots: int = 0
    wishes: int = 0
    registrations: int = 0

    @property
    def is_begun(self) -> bool:
        return bool(self.published_at or self.slots or self.wishes)


def standings(event_id: UUID, communes: Collection[str]) -> dict[str, PlanStanding]:
    """By commune; what has no plan is left out. Registrations are those that the slots have counted: nobody is looked up."""
    seats = case((Slot.admission == Admission.SEATS, Slot.taken + Slot.waiting), else_=0)
    counts = (func.count(), func.coalesce(func.sum(seats), 0))
    slots = select(Slot.commune_code, *counts).where(Slot.commune_code.in_(communes), Slot.event_id == event_id, Slot.cancelled_at.is_(None))
    found = {code: (number, registered) for code, number, registered in db.session.execute(slots.group_by(Slot.commune_code))}
    wishes = select(func.count()).where(Wish.commune_code == Plan.commune_code, Wish.event_id == Plan.event_id).scalar_subquery()
    plans = select(Plan.commune_code, Plan.published_at, wishes).where(Plan.event_id == event_id, Plan.commune_code.in_(communes))
    return {
        code: PlanStanding(published, found.get(code, (0, 0))[0], wished, found.get(code, (0, 0))[1])
        for code, published, wished in db.session.execute(plans)
    }
