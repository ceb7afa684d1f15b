"""The organiser's home: what needs doing now, figures second."""

from flask import render_template

from eventday.access.domain import Role
from eventday.access.guards import needs
from eventday.kernel import clock
from eventday.workspace import domain, messages, queries
from eventday.workspace.views.frame import PAGE, blueprint, commune_of, todo_url


@blueprint.get(PAGE)
@needs(Role.VIEWER, of=commune_of)
def show_home(code: str, event: str) -> str:
    now = clock.now()
    at = queries.desk(code, event)
    situation = queries.situation(at, now=now)
    todos = [(messages.todo_line(todo), todo_url(todo, at)) for todo in domain.todos(situation)]
    todos.sort(key=lambda one: one[0].words.tone != "bad")  # what stops the day comes first
    steps = [(step, *messages.step_words(step)) for step in domain.steps(situation)]
    return render_template(
        "workspace/home.html",
        **vars(at),
        tab="home",
        urgent=len(todos),
        todos=todos,
        steps=steps,
        situation=situation,
        figures=domain.figures(situation.slots),
        now=now,
    )
