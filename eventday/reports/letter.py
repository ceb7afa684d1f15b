"""What a report says beside its figures: to whom, by whom, on what basis, and the organiser's own words. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from eventday.reports import wording

# The parts that an organiser may write; what is left empty is filled from the figures, or said neutrally.
SECTIONS = ("direction", "publicity", "preparation", "forces", "strengths", "weaknesses", "causes", "lessons", "tasks", "proposals")


@dataclass(frozen=True, kw_only=True)
class Body:
    """Whose report it is. `name` with its type (“Xã Anh Sơn”); `province_in_sentence` (“tỉnh Nghệ An”)."""

    name: str
    kind: str
    province: str

    @property
    def in_sentence(self) -> str:
        return wording.in_sentence(self.name)


@dataclass(frozen=True, kw_only=True)
class Letter:
    """`dated` None: the day it is drawn. `signer` empty: a blank above which somebody signs. A deputy signs for the chairman."""

    place: str
    dated: date | None = None
    bases: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    deputy: bool = False
    signer: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)


def default(body: Body, hamlet_words: str) -> Letter:
    """What stands there before anybody changed anything: what is so in every commune."""
    kind = body.kind
    return Letter(
        place=wording.proper_name(body.name, kind),
        addressees=(f"Ủy ban nhân dân {body.province}",),
        recipients=(
            "Như trên",
            f"Thường trực Đảng ủy, HĐND {kind} (b/c)",
            f"Ủy ban MTTQ Việt Nam {kind}",
            f"Chủ tịch, các Phó Chủ tịch UBND {kind}",
            f"Các phòng, đơn vị thuộc UBND {kind}",
            f"Trưởng các {hamlet_words}",
            "Lưu: VT, VHXH",
        ),
    )
