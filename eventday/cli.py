"""The commands' root: it collects each feature's `COMMANDS`, pairs of (group, command); an empty group is the root."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import click
from flask import Flask

from eventday.accounts import commands as accounts
from eventday.catalogue import commands as catalogue
from eventday.checkins import commands as checkins
from eventday.imports import commands as imports
from eventday.jobs import commands as jobs
from eventday.kernel.errors import Refusal
from eventday.programme import commands as programme
from eventday.registrations import commands as registrations
from eventday.rehearsal import commands as rehearsal
from eventday.reports import commands as reports
from eventday.web.messages import sentence_of

_FEATURES = (
    imports,
    registrations,
    accounts,
    catalogue,
    programme,
    jobs,
    checkins,
    rehearsal,
    reports,
)


@contextmanager
def _refusals_told() -> Iterator[None]:
    """A refusal is told on stderr in its own words; the exit code is 1."""
    try:
        yield
    except Refusal as refusal:
        click.echo(sentence_of(refusal), err=True)
        sys.exit(1)


class _Group(click.Group):
    def invoke(self, context: click.Context) -> Any:
        with _refusals_told():
            return super().invoke(context)


def _telling(command: click.Command) -> click.Command:
    callback = command.callback
    if callback is not None:
        command.callback = _refusals_told()(callback)
    return command


def init_app(app: Flask) -> None:
    pairs: Iterable[tuple[str, click.Command]] = (pair for feature in _FEATURES for pair in feature.COMMANDS)
    groups: dict[str, _Group] = {}
    for group, command in pairs:
        if not group:
            app.cli.add_command(_telling(command))
            continue
        if group not in groups:
            groups[group] = _Group(group)
            app.cli.add_command(groups[group])
        groups[group].add_command(command)
