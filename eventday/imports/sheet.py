"""A sheet as it was read: plain values by place. Rows and columns count from 1, as Excel shows them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time


@dataclass(frozen=True)
class CellError:
    """`#REF!` and the like; `NO VALUE` is a formula that was never calculated."""

    text: str


Value = str | int | float | bool | datetime | date | time | CellError


@dataclass(frozen=True)
class Area:
    """A merged cell, its edges included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """`struck` cells are crossed out; `old_fonts` are fonts of an old encoding (“.VnTime”, “VNI-Times”), by cell.

    `typed` cells were corrected on the screen, `dropped` rows left out there.
    """

    name: str
    cells: Mapping[tuple[int, int], Value]
    merged: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = field(default_factory=frozenset)
    hidden_columns: frozenset[int] = field(default_factory=frozenset)
    hidden: bool = False
    date1904: bool = False
    struck: frozenset[tuple[int, int]] = field(default_factory=frozenset)
    old_fonts: Mapping[tuple[int, int], str] = field(default_factory=dict)
    typed: frozenset[tuple[int, int]] = field(default_factory=frozenset)
    dropped: frozenset[int] = field(default_factory=frozenset)


def column_letters(column: int) -> str:
    """A, B, …, Z, AA."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """E3."""
    return f"{column_letters(column)}{row}"
