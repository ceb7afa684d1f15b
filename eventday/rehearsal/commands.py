"""`demo load`."""

import click

from eventday.kernel import clock
from eventday.rehearsal import demo
from eventday.web.translation import translated as _


@click.command("load")
@click.option("--communes", default=1, show_default=True, type=click.IntRange(1, 130), help="Communes of one province; 17329 is always among them.")
@click.option("--people", default=300, show_default=True, type=click.IntRange(0, 100_000), help="People in each commune.")
@click.option("--day-passed", is_flag=True, help="The 9 and 10 October last past, with check-ins.")
@click.option("--no-plan", is_flag=True, help="Venues, hamlets and hosts only.")
@click.option("--seed", default=1, show_default=True, help="The same seed gives the same names, slots and statuses.")
def load_command(communes: int, people: int, day_passed: bool, no_plan: bool, seed: int) -> None:
    """Load a demo day; one that is there already is left alone."""
    wanted = demo.Wanted(communes=communes, people=people, day_passed=day_passed, with_plan=not no_plan, seed=seed)
    loaded = demo.load(wanted, now=clock.now())
    if loaded.communes:
        click.echo(f"{loaded.event.code}: {', '.join(loaded.communes)}")
    else:
        click.echo(_("%(event)s: đã có sẵn, giữ nguyên.", event=loaded.event.code))


COMMANDS = [("demo", load_command)]
