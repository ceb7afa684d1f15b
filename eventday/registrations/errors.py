"""What registering refuses."""

from eventday.kernel.errors import Refusal


class WaitingListFull(Refusal):
    """As many people wait for the slot as may. Facts: slot."""

    code = "waiting_list_full"


class PassTaken(Refusal):
    """The id or the spare code that a phone chose belongs to somebody already."""

    code = "pass_taken"


class CapacityBelowTaken(Refusal):
    """More seats are taken than the new capacity has. Facts: taken."""

    code = "capacity_below_taken"


class HamletGone(Refusal):
    """The hamlet that was chosen is deleted at this very moment."""

    code = "hamlet_gone"


class NoFreeKey(Refusal):
    """All 256 key ids are in use or rest for two years after their event."""

    code = "no_free_key"


class AdmissionFixed(Refusal):
    """People have registered: how they get in stays as it is. Facts: people."""

    code = "admission_fixed"


class SlotHadPeople(Refusal):
    """Somebody has, or had, to do with the slot: it can be cancelled, not deleted, and a cancelling that took places stays."""

    code = "slot_had_people"


class EventHadPeople(Refusal):
    """People lost their places when the event was called off: that stays."""

    code = "event_had_people"


class RegisteredThere(Refusal):
    """The person has a seat or a place in the queue at the slot they would be moved to."""

    code = "registered_there"


class SamePerson(Refusal):
    """With these words the pass would be another one of the same person (phone, name, birth year). Facts: code, of that other pass."""

    code = "same_person"


class MergedWasChanged(Refusal):
    """Since the passes were merged the person was corrected, merged again, withdrawn, or their registrations changed: it stays."""

    code = "merged_was_changed"


class MergedWasSeen(Refusal):
    """Since the passes were merged a scanner saw the person: it stays."""

    code = "merged_was_seen"


class MergedSeatIsGone(Refusal):
    """Both passes held the slot, and the seat that was given back has gone to somebody else. Facts: slot."""

    code = "merged_seat_is_gone"
