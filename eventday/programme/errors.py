"""What a programme refuses."""

from eventday.kernel.errors import Refusal


class SlotClosed(Refusal):
    """Registration is over, or has not begun because the plan is not published. Facts: closed_at (as it reads)."""

    code = "slot_closed"


class SlotCancelled(Refusal):
    code = "slot_cancelled"


class NoRegistrationNeeded(Refusal):
    """The slot is walked into."""

    code = "no_registration_needed"


class EmptyPlan(Refusal):
    """There is nothing to publish."""

    code = "empty_plan"


class BadSlot(Refusal):
    """A slot that cannot be: facts say what is wrong."""

    code = "bad_slot"
    status = 422


class EventExists(Refusal):
    code = "event_exists"


class BadDays(Refusal):
    """An event's days that cannot be."""

    code = "bad_days"
    status = 422


class DaysInUse(Refusal):
    """Slots or wishes would lie outside the new days. Facts: count, communes, first, last (days, as they read)."""

    code = "days_in_use"


class ActivityExists(Refusal):
    """There is one of the same kind, title and host. Facts: activity (its id)."""

    code = "activity_exists"


class PlaceNeeded(Refusal):
    """What people see or registered for has to keep a day, hours and a place."""

    code = "place_needed"
