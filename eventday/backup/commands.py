"""`backup create`, `backup verify`, `backup restore`."""

from pathlib import Path

import click
from flask import current_app

from eventday.backup import service
from eventday.backup.service import About
from eventday.kernel import clock
from eventday.web.translation import translated as _

_NEW = click.Path(dir_okay=False, writable=True, path_type=Path)
_THERE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("create")
@click.argument("file", type=_NEW)
def create_command(file: Path) -> None:
    """All of the instance as it stands now, into FILE; the server may go on working meanwhile."""
    _tell(_("Đã sao lưu."), service.create(current_app.config["SETTINGS"], file.resolve(), now=clock.now()))


@click.command("verify")
@click.argument("file", type=_THERE)
def verify_command(file: Path) -> None:
    """Whether FILE is whole: every part as it was made, the database sound."""
    _tell(_("Bản sao lưu còn nguyên vẹn."), service.verify(file.resolve()))


@click.command("restore")
@click.argument("file", type=_THERE)
def restore_command(file: Path) -> None:
    """Put FILE back into an empty instance; the server must not be running there."""
    _tell(_("Đã khôi phục."), service.restore(current_app.config["SETTINGS"], file.resolve()))


def _tell(done: str, about: About) -> None:
    click.echo(f"{done} {about.made_at}, {about.database}, {len(about.files)}")


COMMANDS = [("backup", create_command), ("backup", verify_command), ("backup", restore_command)]
