"""What a report says beside its figures: to whom, by whom, on what basis, and the organiser's own words. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from eventday.reports import names

# The parts that an organiser may write; what is left empty is filled from the figures, or said neutrally.
SECTIONS = ("direction", "publicity", "preparation", "forces", "strengths", "weaknesses", "causes", "lessons", "tasks", "proposals")


@dataclass(frozen=True, kw_only=True)
class Body:
    """Whose report it is. `name` with its type (“Xã Anh Sơn”); `province` as in a sentence (“tỉnh Nghệ An”)."""

    name: str
    kind: str
    province: str

    @property
    def in_sentence(self) -> str:
        return names.in_sentence(self.name)


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

    @property
    def said(self) -> dict[str, object]:
        """Field by field, as the form shows it: what its page's stamp is made of."""
        head = {name: value for name, value in vars(self).items() if name != "texts"}
        return head | {name: self.texts.get(name, "") for name in SECTIONS}
