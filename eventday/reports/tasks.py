"""What the worker draws."""

from typing import Any

from eventday.jobs import tasks
from eventday.kernel import clock
from eventday.reports import passes, service
from eventday.web.translation import lazily as _l


@tasks.answer(passes.DRAW)
def draw_passes(sheet: dict[str, Any]) -> None:
    passes.keep(sheet)


@tasks.task(service.BUILD)
def build_report(job: tasks.RunningJob) -> dict[str, Any]:
    """Draw a commune's report. Raises: NotFound."""
    event, commune = job.arguments["event"], job.arguments["commune"]
    job.report(10, str(_l("Đang gom số liệu")))
    found = service.report(event, commune, now=clock.now())
    job.report(40, str(_l("Đang vẽ các trang")))
    document = service.draw(found)
    job.report(95, str(_l("Đang cất tệp")))
    return service.keep(job.id, event, commune, document)
