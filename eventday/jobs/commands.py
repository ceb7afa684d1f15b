"""`worker`."""

import click
from flask import Flask, current_app

from eventday.paper import documents
from eventday.web.translation import translated as _


@click.command("worker")
@click.option("--threads", default=2, show_default=True, type=click.IntRange(1, 16), help="Jobs done at the same time.")
def worker_command(threads: int) -> None:
    """Do background work until SIGTERM: reports, passes on paper."""
    try:
        documents.check()
    except documents.PaperNotReady as problem:
        raise click.ClickException(_("Máy này thiếu thứ cần để vẽ PDF: %(problem)s", problem=problem)) from None
    from eventday.jobs import worker

    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    click.echo(_("Bộ phận làm việc nền đã sẵn sàng."))
    worker.run(app, threads)


COMMANDS = [("", worker_command)]
