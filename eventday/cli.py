"""The commands' root: it collects each feature's `COMMANDS`, pairs of (group, command); an empty group is the root."""

import sys
from collections.abc import Iterable
from typing import Any

import click
from flask import Flask

from eventday.catalogue import commands as catalogue
from eventday.kernel.errors import Refusal
from eventday.web.messages import sentence_of

_FEATURES = (catalogue,)


class _Group(click.Group):
    """Tells a refusal on stderr in its own words and exits with 1."""

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except Refusal as refusal:
            click.echo(sentence_of(refusal), err=True)
            sys.exit(1)


def init_app(app: Flask) -> None:
    pairs: Iterable[tuple[str, click.Command]] = (pair for feature in _FEATURES for pair in feature.COMMANDS)
    groups: dict[str, _Group] = {}
    for group, command in pairs:
        if not group:
            app.cli.add_command(command)
            continue
        if group not in groups:
            groups[group] = _Group(group)
            app.cli.add_command(groups[group])
        groups[group].add_command(command)
