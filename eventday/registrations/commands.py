"""`keys show`, `check`."""

import sys
from base64 import urlsafe_b64encode

import click

from eventday.programme import queries as programme
from eventday.registrations import checks, keys
from eventday.web.translation import translated as _


@click.command("show")
def show_keys_command() -> None:
    """The public keys of passes: id, event, last day, 32 raw bytes as base64url. Private halves are never shown."""
    codes = {event.id: event.code for event in programme.events()}
    for key in keys.public_keys():
        public = urlsafe_b64encode(key.public_key).decode().rstrip("=")
        click.echo(f"{key.key_id}\t{codes.get(key.event_id, key.event_id)}\t{key.last_day}\t{public}")


@click.command("check")
def check_command() -> None:
    """Compare the counters of seats with the registrations; exit 1 if anything differs."""
    findings = checks.seats_and_people()
    for finding in findings:
        click.echo(f"{finding.slot_id} {finding.code}: counter {finding.counted}, facts {finding.found}", err=True)
    if findings:
        sys.exit(1)
    click.echo(_("Số chỗ đã đếm khớp với các lượt đăng ký."))


COMMANDS = [("keys", show_keys_command), ("", check_command)]
