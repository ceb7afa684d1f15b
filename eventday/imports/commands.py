"""`people import`, `plan import`."""

import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

import click

from eventday.imports import enlisting, export, people_printing, printing, service
from eventday.imports.errors import BadWorkbook, NoSuchPlan
from eventday.imports.limits import MAX_BYTES
from eventday.kernel import clock
from eventday.kernel.errors import NotFound, Refusal
from eventday.kernel.ids import parse
from eventday.programme.domain import Event
from eventday.web.messages import sentence_of
from eventday.web.translation import translated as _


@click.command("export")
@click.option("--event", required=True, help="Id or short code of the event.")
@click.option("--commune", required=True, help="Code of the commune, 5 digits.")
@click.option("--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The .xlsx to write.")
def export_command(event: str, commune: str, output: Path) -> None:
    """Write a commune's plan as an Excel workbook that can be edited and imported again."""
    rows = export.own_rows(_event(event, commune), commune)
    output.write_bytes(export.plan_file(rows))
    click.echo(_("Đã ghi %(rows)s dòng vào %(file)s.", rows=len(rows), file=output))


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--event", required=True, help="Id or short code of the event.")
@click.option("--commune", required=True, help="Code of the commune, 5 digits.")
@click.option("--dry-run", is_flag=True, help="Say what would change; change nothing.")
@click.option("--json", "as_json", is_flag=True, help="Tell it as JSON.")
def import_command(file: Path, event: str, commune: str, dry_run: bool, as_json: bool) -> None:
    """Import a commune's plan from an Excel workbook: all of it, or nothing and a list of errors by cell."""
    found_event = _event(event, commune)
    try:
        changes = service.import_plan(service.read(_content(file), found_event, commune), found_event, commune, dry_run=dry_run, now=clock.now())
    except BadWorkbook as refusal:
        _refuse(refusal, as_json)
    _tell(changes, printing, as_json)


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--event", required=True, help="Id or short code of the event.")
@click.option("--commune", required=True, help="Code of the commune, 5 digits.")
@click.option("--slot", required=True, help="Id of the slot that they register for.")
@click.option("--dry-run", is_flag=True, help="Say what would change; change nothing.")
@click.option("--json", "as_json", is_flag=True, help="Tell it as JSON.")
def import_people_command(file: Path, event: str, commune: str, slot: str, dry_run: bool, as_json: bool) -> None:
    """Register a list of people from an Excel workbook for a slot: all of them, or nobody and a list of errors by cell."""
    found_event = _event(event, commune)
    found_slot = enlisting.slot_of(found_event, commune, parse(slot))
    try:
        looked = enlisting.enlist(enlisting.read(_content(file), found_event, commune), found_slot, dry_run=dry_run, now=clock.now())
    except Refusal as refusal:
        _refuse(refusal, as_json)
    _tell(looked, people_printing, as_json)


def _refuse(refusal: Refusal, as_json: bool) -> NoReturn:
    """What is refused as a whole has no cell: as JSON it is the only error."""
    if not as_json:
        raise refusal
    error = {"sheet": "", "cell": "", "code": refusal.code, "message": sentence_of(refusal)}
    click.echo(json.dumps({"rows": [], "errors": [error], "warnings": []}, ensure_ascii=False))
    sys.exit(1)


def _tell(found: Any, words: ModuleType, as_json: bool) -> NoReturn:
    """By the module that has the words for what was found; exit 1 where anything is wrong."""
    if as_json:
        click.echo(json.dumps(words.as_json(found), ensure_ascii=False, indent=1))
    else:
        for line in words.lines(found):
            click.echo(line, err=bool(found.errors))
    sys.exit(1 if found.errors else 0)


def _event(event: str, commune: str) -> Event:
    try:
        return service.event_of(commune, event)
    except NotFound:
        raise NoSuchPlan(event=event, commune=commune) from None


def _content(file: Path) -> bytes:
    """Not more than what is refused for its size anyway."""
    with file.open("rb") as content:
        return content.read(MAX_BYTES + 1)


COMMANDS = [("plan", import_command), ("plan", export_command), ("people", import_people_command)]
