"""The commands' root: it collects each feature's `COMMANDS`, pairs of (group, command); an empty group is the root."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import ContextDecorator, contextmanager
from copy import copy
from typing import Any

import click
from flask import Flask

from eventday.access.actor import Actor, acting_as
from eventday.accounts import commands as accounts
from eventday.audit import commands as audit
from eventday.backup import commands as backup
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
    audit,
    catalogue,
    programme,
    jobs,
    checkins,
    rehearsal,
    reports,
    backup,
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
    return _within(_refusals_told(), command)


def _acting(group: str, command: click.Command) -> click.Command:
    """What the command changes is noted as done by it, under its words."""
    return _within(acting_as(Actor("command", f"{group} {command.name}".strip())), command)


def _within(around: ContextDecorator, command: click.Command) -> click.Command:
    """A command of this app's own: a process may make several apps."""
    own = copy(command)
    own.callback = around(command.callback) if command.callback else None
    return own


def init_app(app: Flask) -> None:
    pairs: Iterable[tuple[str, click.Command]] = (pair for feature in _FEATURES for pair in feature.COMMANDS)
    groups: dict[str, _Group] = {}
    for group, command in pairs:
        own = _acting(group, command)
        if not group:
            app.cli.add_command(_telling(own))
            continue
        if group not in groups:
            groups[group] = _Group(group)
            app.cli.add_command(groups[group])
        groups[group].add_command(own)
