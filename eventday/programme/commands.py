"""`plan publish`, `slot add`."""

from datetime import datetime
from uuid import UUID

import click

from eventday.access.queries import commune_place
from eventday.kernel import clock
from eventday.programme import queries, service
from eventday.programme.domain import Admission, Kind
from eventday.web.translation import translated as _


class LocalTime(click.ParamType[datetime]):
    """An ISO 8601 moment; without an offset it is Vietnamese time."""

    name = "time"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        try:
            moment = datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r}: expected a time such as 2027-10-10T07:30", param, ctx)
        return moment if moment.tzinfo else moment.replace(tzinfo=clock.VIETNAM)


@click.command("publish")
@click.option("--event", required=True, help="Id or short code of the event.")
@click.option("--commune", required=True, help="Code of the commune, 5 digits.")
def publish_command(event: str, commune: str) -> None:
    """Make a commune's plan public; an empty plan is refused."""
    commune_place(commune)
    published = service.publish(queries.event(event).id, commune, now=clock.now())
    click.echo(_("Đã công bố %(slots)s ca; %(wishes)s việc chưa xếp không hiện ra ngoài.", slots=published.slots, wishes=published.wishes))


@click.command("add")
@click.option("--event", required=True)
@click.option("--commune", required=True)
@click.option("--title", required=True)
@click.option("--capacity", required=True, type=click.IntRange(0, 100_000))
@click.option("--start", required=True, type=LocalTime())
@click.option("--end", required=True, type=LocalTime())
@click.option("--space", type=click.UUID, help="Id of a space.")
def add_slot_command(event: str, commune: str, title: str, capacity: int, start: datetime, end: datetime, space: UUID | None) -> None:
    """Add a slot with seats and publish the commune's plan; the last line is its id."""
    commune_place(commune)
    slot = service.NewSlot(
        title=title, kind=Kind.CLASS, host="UBND", capacity=capacity, starts_at=start, ends_at=end, space_id=space, admission=Admission.SEATS
    )
    slot_id = service.add_slot(queries.event(event).id, commune, slot, now=clock.now(), publish=True)
    click.echo(str(slot_id))


COMMANDS = [("plan", publish_command), ("slot", add_slot_command)]
