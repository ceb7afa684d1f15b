"""What can be wrong with what a walk-in says of a person. Pure."""

from enum import StrEnum

from eventday.checkins.records import WalkInRecord
from eventday.kernel import name, phone
from eventday.places.domain import Hamlet
from eventday.registrations.domain import Gender, Group, plausible_birth_year

_LONGEST_NAME = 120


class Fault(StrEnum):
    """Why a walk-in is invalid."""

    MALFORMED = "malformed"
    NAME = "name"
    BIRTH_YEAR = "birth_year"
    GENDER = "gender"
    GROUP = "group"
    HAMLET = "hamlet"
    PHONE = "phone"
    OUTSIDE = "outside"
    SPARE = "spare"
    TAKEN = "taken"


def fault_of(record: WalkInRecord, hamlet: Hamlet | None, year: int) -> Fault | None:
    shown = name.display(record.name)
    wrong = {
        Fault.NAME: len(shown) > _LONGEST_NAME or not any(char.isalpha() for char in shown),
        Fault.BIRTH_YEAR: record.birth_year is not None and not plausible_birth_year(record.birth_year, year),
        Fault.GENDER: bool(record.gender) and record.gender not in [gender.value for gender in Gender],
        Fault.GROUP: bool(record.group) and record.group not in [group.value for group in Group],
        Fault.HAMLET: bool(record.hamlet) and hamlet is None,
    }
    return next((fault for fault, is_wrong in wrong.items() if is_wrong), None)


def number_of(text: str | None) -> str | Fault | None:
    try:
        return phone.read(text)
    except phone.PhoneProblem:
        return Fault.PHONE
