"""The day as it happens: who is in, per slot, and how sure that is."""

from flask import render_template, request

from eventday.access.domain import Role
from eventday.access.guards import needs
from eventday.kernel import clock
from eventday.workspace import board, messages, queries
from eventday.workspace.views.frame import PAGE, blueprint, commune_of


@blueprint.get(f"{PAGE}/ngay-hoi")
@needs(Role.VIEWER, of=commune_of)
def show_live(code: str, event: str) -> str:
    """`?phan=bang` is the board alone, for the script that keeps the page fresh."""
    now = clock.now()
    at = queries.desk(code, event)
    template = "workspace/live_board.html" if request.args.get("phan") == "bang" else "workspace/live.html"
    return render_template(
        template, **vars(at), tab="live", board=board.board(at, now=now), ago=messages.ago, clock_told=messages.clock_told, now=now
    )
