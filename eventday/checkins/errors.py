"""What enrolling and the live figures refuse."""

from eventday.kernel.errors import NotFound, Refusal


class SlotNotHere(Refusal):
    """A slot that a device is to be for is not one of the commune and event. Facts: slot."""

    code = "slot_not_here"
    status = 422


class NoEvent(NotFound):
    """The place has no event yet."""

    code = "no_event"


class NotOnNow(Refusal):
    """Being at an online slot counts only while it is on."""

    code = "not_on_now"
