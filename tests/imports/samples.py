"""Sheets to read and what to read them against, without a database."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from eventday.imports.findings import PlanRead
from eventday.imports.plan import Known, read_plan
from eventday.imports.sheet import Area, Sheet, Value
from eventday.imports.when import Days
from tests.places.samples import sample_places
from tests.places.test_domain import SPACES

DATA = Path(__file__).parent.parent / "data"
DAYS = Days(date(2027, 10, 9), date(2027, 10, 10))
KNOWN = Known(DAYS, tuple(SPACES), sample_places().hosts)
PLANS = sorted(path.name.removesuffix(".xlsx") for path in DATA.glob("ke-hoach-*.xlsx"))


def expectation(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((DATA / f"{name}.expected.json").read_text(encoding="utf-8"))
    return found


def sheet_of(rows: Sequence[Sequence[Value | None]], name: str = "Kế hoạch", merged: Sequence[Area] = (), **more: Any) -> Sheet:
    cells: Mapping[tuple[int, int], Value] = {(r, c): value for r, row in enumerate(rows, 1) for c, value in enumerate(row, 1) if value is not None}
    return Sheet(name, cells, tuple(merged), **more)


def told(read: PlanRead) -> list[dict[str, Any]]:
    """Rows without an error, as the expectations tell them."""
    return [
        {
            "sheet": row.sheet,
            "row": row.row,
            "title": row.planned.title,
            "kind": str(row.planned.kind),
            "host": row.planned.host,
            "co_hosts": list(row.planned.co_hosts),
            "place": row.space.full_name if row.space else None,
            "date": row.planned.day.isoformat() if row.planned.day else None,
            "start": f"{row.planned.start:%H:%M}" if row.planned.start else None,
            "end": f"{row.planned.end:%H:%M}" if row.planned.end else None,
            "part": row.planned.part and str(row.planned.part),
            "capacity": row.planned.capacity,
        }
        for row in read.rows
        if not row.faulty
    ]


def read_rows(rows: Sequence[Sequence[Value | None]], name: str = "Kế hoạch", **more: Any) -> PlanRead:
    return read_plan([sheet_of(rows, name, **more)], KNOWN)
