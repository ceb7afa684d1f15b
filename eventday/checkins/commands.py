"""`device enrol`, `device revoke`."""

from uuid import UUID

import click
from flask import current_app

from eventday.access import queries as access_queries
from eventday.access import service as access
from eventday.checkins.enrolment import open_enrolment
from eventday.kernel import clock
from eventday.web.translation import translated as _


@click.command("enrol")
@click.option("--scope", required=True, metavar="commune:CODE", help="Where the scanner stands.")
@click.option("--slot", "slots", multiple=True, type=click.UUID, help="Id of a slot; may be repeated. None: all of the commune.")
@click.option("--manual", is_flag=True, help="The scanner may look people up by name.")
@click.option("--event", help="Id or short code; else the event that the commune's page shows.")
def enrol_command(scope: str, slots: tuple[UUID, ...], manual: bool, event: str | None) -> None:
    """Make a code that turns one phone into a scanner within 15 minutes. The last two lines are the code and its URL."""
    place = access_queries.place(scope)
    if place.commune is None:
        raise click.BadParameter("expected commune:CODE", param_hint="--scope")
    code = open_enrolment(place.commune, slots, event=event, manual=manual, now=clock.now())
    click.echo(_("Mở địa chỉ dưới đây bằng điện thoại sẽ làm máy quét, trong 15 phút:"))
    click.echo(code)
    click.echo(f"{current_app.config['SETTINGS'].public_url}/quet/{code}")


@click.command("revoke")
@click.argument("device", type=click.UUID)
def revoke_command(device: UUID) -> None:
    """Refuse a scanner from its next request on."""
    access.revoke_device(device, now=clock.now())
    click.echo(_("Máy quét không còn dùng được."))


COMMANDS = [("device", enrol_command), ("device", revoke_command)]
