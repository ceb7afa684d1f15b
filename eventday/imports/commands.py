"""`plan import`."""

import json
import sys
from pathlib import Path

import click

from eventday.imports import printing, service
from eventday.imports.errors import BadWorkbook, NoSuchPlan
from eventday.imports.limits import MAX_BYTES
from eventday.kernel import clock
from eventday.kernel.errors import NotFound
from eventday.web.messages import sentence_of


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--event", required=True, help="Id or short code of the event.")
@click.option("--commune", required=True, help="Code of the commune, 5 digits.")
@click.option("--dry-run", is_flag=True, help="Say what would change; change nothing.")
@click.option("--json", "as_json", is_flag=True, help="Tell it as JSON.")
def import_command(file: Path, event: str, commune: str, dry_run: bool, as_json: bool) -> None:
    """Import a commune's plan from an Excel workbook: all of it, or nothing and a list of errors by cell."""
    try:
        found_event = service.event_of(commune, event)
    except NotFound:
        raise NoSuchPlan(event=event, commune=commune) from None
    try:
        changes = service.import_plan(service.read(_content(file), found_event, commune), found_event, commune, dry_run=dry_run, now=clock.now())
    except BadWorkbook as refusal:
        if not as_json:
            raise
        error = {"sheet": "", "cell": "", "code": refusal.code, "message": sentence_of(refusal)}
        click.echo(json.dumps({"rows": [], "errors": [error], "warnings": []}, ensure_ascii=False))
        sys.exit(1)
    if as_json:
        click.echo(json.dumps(printing.as_json(changes), ensure_ascii=False, indent=1))
    else:
        for line in printing.lines(changes):
            click.echo(line, err=bool(changes.errors))
    sys.exit(1 if changes.errors else 0)


def _content(file: Path) -> bytes:
    """Not more than what is refused for its size anyway."""
    with file.open("rb") as content:
        return content.read(MAX_BYTES + 1)


COMMANDS = [("plan", import_command)]
