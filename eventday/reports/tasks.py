"""What the worker draws."""

from typing import Any

from eventday.jobs import tasks
from eventday.reports import passes


@tasks.answer(passes.DRAW)
def draw_passes(sheet: dict[str, Any]) -> None:
    passes.keep(sheet)
