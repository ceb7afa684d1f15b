"""The organiser's home: what needs doing now, figures second."""

from flask import render_template

from eventday.access.domain import Role
from eventday.access.guards import needs
from eventday.kernel import clock
from eventday.workspace import domain, messages, queries, todos
from eventday.workspace.todos import Situation
from eventday.workspace.views.frame import PAGE, blueprint, commune_of, todo_url


@blueprint.get(PAGE)
@needs(Role.VIEWER, of=commune_of)
def show_home(code: str, event: str) -> str:
    now = clock.now()
    at = queries.desk(code, event)
    situation = queries.situation(at, now=now)
    lines = _lines(situation, at)
    return render_template(
        "workspace/home.html",
        **vars(at),
        tab="home",
        urgent=len(lines),
        todos=lines,
        steps=[(step, *messages.step_words(step)) for step in todos.steps(situation)],
        situation=situation,
        figures=domain.figures(situation.slots),
        people=queries.registered(at, now=now),
        now=now,
    )


def _lines(situation: Situation, at: queries.Desk) -> list[tuple[messages.TodoLine, str]]:
    """What stops the day comes first."""
    lines = [(messages.todo_line(todo), todo_url(todo, at)) for todo in todos.todos(situation)]
    return sorted(lines, key=lambda one: one[0].words.tone != "bad")
