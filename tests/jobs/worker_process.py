"""A real worker in a process of its own, with a few tasks that only tests need. Run: python -m tests.jobs.worker_process."""

import os
import time
from pathlib import Path
from typing import Any

from eventday.app import create_app
from eventday.jobs import tasks, worker
from eventday.kernel.errors import NotFound


@tasks.task("test.add")
def add(job: tasks.RunningJob) -> dict[str, Any]:
    job.report(40, "Đang cộng")
    return {"sum": job.arguments["a"] + job.arguments["b"]}


@tasks.task("test.refuse")
def refuse(job: tasks.RunningJob) -> dict[str, Any]:
    raise NotFound


@tasks.task("test.break")
def break_down(job: tasks.RunningJob) -> dict[str, Any]:
    raise ZeroDivisionError("secret 0912345678")


@tasks.task("test.sleep")
def sleep(job: tasks.RunningJob) -> dict[str, Any]:
    job.report(10, "Đang ngủ")
    time.sleep(60)
    return {}


@tasks.task("test.die")
def die(job: tasks.RunningJob) -> dict[str, Any]:
    os.abort()


@tasks.answer("test.write")
def write(path: str, text: str) -> None:
    Path(path).write_text(text, "utf-8")


if __name__ == "__main__":
    worker.run(create_app())
