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


class DaysChanged(Refusal):
    """The event's days are not those that something was made for."""

    code = "days_changed"


class EventCancelled(Refusal):
    """Its province called the event off: nothing of its plans changes any more."""

    code = "event_cancelled"


class EventInUse(Refusal):
    """Somebody registered, something was scanned, or a report is being written: it can be called off, not deleted."""

    code = "event_in_use"


class NothingToCopy(Refusal):
    """The other event has nothing that is not in this plan already."""

    code = "nothing_to_copy"


class HostsMeet(Refusal):
    """By a new name of an organisation two activities would be one. Facts: title."""

    code = "hosts_meet"


class ActivityExists(Refusal):
    """There is one of the same kind, title and host. Facts: activity (its id)."""

    code = "activity_exists"


class PlaceGone(Refusal):
    """The place where it was is deleted: it cannot be put back there."""

    code = "place_gone"


class SpaceGone(Refusal):
    """The space that was chosen is deleted at this very moment."""

    code = "space_gone"


class PlaceNeeded(Refusal):
    """What people see or registered for has to keep a day, hours and a place."""

    code = "place_needed"
