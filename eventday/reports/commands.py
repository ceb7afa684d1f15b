"""`report build`."""

import sys
from pathlib import Path

import click
from flask import json

from eventday.kernel import clock
from eventday.paper.documents import PaperNotReady
from eventday.reports import service

_FORMATS = ("pdf", "docx", "xlsx", "json")
_NOW = ("pdf", "json")


@click.command("build")
@click.option("--event", required=True, help="The event's id or short code.")
@click.option("--scope", required=True, help="commune:CODE")
@click.option("--format", "form", required=True, type=click.Choice(_FORMATS))
@click.option("--output", required=True, type=click.Path(dir_okay=False, writable=True, path_type=Path))
def build_command(event: str, scope: str, form: str, output: Path) -> None:
    """Write a commune's report as PDF or JSON."""
    kind, _, code = scope.partition(":")
    if kind != "commune" or not code:
        raise click.UsageError("Hiện mới lập được báo cáo của một xã: --scope commune:MÃ. Báo cáo tỉnh và từng hoạt động chưa có.")
    if form not in _NOW:
        raise click.UsageError("Hiện mới có --format pdf và --format json; docx và xlsx chưa có.")
    found = service.report(event, code, now=clock.now())
    try:
        content = service.draw(found) if form == "pdf" else (json.dumps(service.as_data(found), indent=2) + "\n").encode()
    except PaperNotReady as problem:
        click.echo(f"Máy này thiếu thứ cần để vẽ PDF: {problem}", err=True)
        sys.exit(1)
    try:
        output.write_bytes(content)
    except OSError as problem:
        click.echo(f"Không ghi được {output}: {problem.strerror}", err=True)
        sys.exit(1)
    click.echo(f"{output}: {len(content)} byte; {found.figures.totals.came} người có mặt, {found.figures.totals.attendances} lượt.")


COMMANDS = [("report", build_command)]
