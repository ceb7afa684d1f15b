"""The log: who did what, when, read and filtered; whether it is whole."""

from flask import render_template, request

from eventday.access.domain import Role
from eventday.access.guards import needs
from eventday.audit import queries as audit
from eventday.audit.messages import FAULTS
from eventday.workspace import log, queries
from eventday.workspace.forms.audit import LogForm
from eventday.workspace.views.frame import PAGE, blueprint, commune_of

_LARGEST = 2**31 - 1


@blueprint.get(f"{PAGE}/nhat-ky")
@needs(Role.ORGANISER, of=commune_of)
def show_log(code: str, event: str) -> str | tuple[str, int]:
    """`?ai=`, `?viec=`, `?tu=`, `?den=` narrow it down, `?cua=` is the id of one thing, `?sau=` the number to go on after; `?kiem=1` verifies."""
    form, at = LogForm(request.args), queries.desk(code, event)
    form.offer(log.actors(code))
    is_right = form.validate()
    subject, after = request.args.get("cua", ""), request.args.get("sau", type=int)
    wanted = form.to_wanted(subject)
    found = log.read(code, wanted, after=min(max(after, 0), _LARGEST) if after is not None else None) if is_right else log.Log((), None)
    page = render_template(
        "workspace/audit.html",
        **vars(at),
        tab="audit",
        form=form,
        log=found,
        subject=wanted.subject_id,
        query=form.to_query() | ({"cua": wanted.subject_id} if wanted.subject_id else {}),
        verified=audit.verify(code) if request.args.get("kiem") else None,
        faults=FAULTS,
    )
    return page if is_right else (page, 422)
