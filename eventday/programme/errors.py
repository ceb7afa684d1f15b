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
