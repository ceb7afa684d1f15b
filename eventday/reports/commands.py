"""`report build`."""

import sys
from pathlib import Path

import click
from flask import json

from eventday.kernel import clock
from eventday.paper.documents import PaperNotReady
from eventday.reports import service
from eventday.web.translation import translated as _

_FORMATS = ("pdf", "docx", "xlsx", "json")
_NOW = ("pdf", "json")


@click.command("build")
@click.option("--event", required=True, help="The event's id or short code.")
@click.option("--scope", required=True, help="commune:CODE")
@click.option("--format", "form", required=True, type=click.Choice(_FORMATS))
@click.option("--output", required=True, type=click.Path(dir_okay=False, writable=True, path_type=Path))
def build_command(event: str, scope: str, form: str, output: Path) -> None:
    """Write a commune's report as PDF or JSON."""
    kind, _colon, code = scope.partition(":")
    if kind != "commune" or not code:
        raise click.UsageError(_("Hiện mới lập được báo cáo của một xã: --scope commune:MÃ. Báo cáo tỉnh và từng hoạt động chưa có."))
    if form not in _NOW:
        raise click.UsageError(_("Hiện mới có --format pdf và --format json; docx và xlsx chưa có."))
    found = service.report(event, code, now=clock.now())
    try:
        content = service.draw(found) if form == "pdf" else (json.dumps(service.as_data(found), indent=2) + "\n").encode()
    except PaperNotReady as problem:
        click.echo(_("Máy này thiếu thứ cần để vẽ PDF: %(problem)s", problem=problem), err=True)
        sys.exit(1)
    try:
        output.write_bytes(content)
    except OSError as problem:
        click.echo(_("Không ghi được %(file)s: %(problem)s", file=output, problem=problem.strerror), err=True)
        sys.exit(1)
    counts = {"size": len(content), "people": found.figures.totals.came, "attendances": found.figures.totals.attendances}
    click.echo(_("%(file)s: %(size)s byte; %(people)s người có mặt, %(attendances)s lượt.", file=output, **counts))


COMMANDS = [("report", build_command)]
