"""The log: who did what, when, read and filtered; whether it is whole. Of a commune, and of a province or the country."""

from functools import partial
from typing import Any

from flask import render_template, request, url_for

from eventday.access import queries as access
from eventday.access.domain import Place, Role, may
from eventday.access.guards import needs, this_person
from eventday.audit import queries as audit
from eventday.audit.messages import FAULTS
from eventday.catalogue import queries as catalogue
from eventday.kernel.errors import NotFound
from eventday.workspace import log, queries
from eventday.workspace.forms.audit import LogForm
from eventday.workspace.views.frame import PAGE, blueprint, commune_of

_COUNTRY = "country"
_LARGEST = 2**31 - 1


def _wider_place(chain: str) -> Place:
    """Raises: NotFound."""
    return Place() if chain == _COUNTRY else access.province_place(chain)


@blueprint.get(f"{PAGE}/nhat-ky")
@needs(Role.ORGANISER, of=commune_of)
def show_log(code: str, event: str) -> str | tuple[str, int]:
    """`?ai=`, `?viec=`, `?tu=`, `?den=` narrow it down, `?cua=` is the id of one thing, `?sau=` the number to go on after; `?kiem=1` verifies."""
    at = queries.desk(code, event)
    chains = [chain for chain in (at.commune.province_code, _COUNTRY) if may(this_person(), Role.ORGANISER, _wider_place(chain))]
    return _page(code, partial(url_for, "workspace.show_log", code=code, event=event), wider=chains, **vars(at))


@blueprint.get("/nhat-ky/<chain>")
@needs(Role.ORGANISER, of=_wider_place)
def show_wider_log(chain: str) -> str | tuple[str, int]:
    """What is done for a whole province (events, rights, tokens) or the country; the same questions as of a commune's."""
    province = catalogue.province(chain)
    if province is None and chain != _COUNTRY:
        raise NotFound
    return _page(chain, partial(url_for, "workspace.show_wider_log", chain=chain), wider=[], province=province)


def _page(chain: str, address: partial[str], **about: Any) -> str | tuple[str, int]:
    form = LogForm(request.args)
    form.offer(log.actors(chain))
    is_right = form.validate()
    after = request.args.get("sau", type=int)
    wanted = form.to_wanted(request.args.get("cua", ""))
    found = log.read(chain, wanted, after=min(max(after, 0), _LARGEST) if after is not None else None) if is_right else log.Log((), None)
    page = render_template(
        "workspace/audit.html",
        **about,
        tab="audit",
        address=address,
        form=form,
        log=found,
        subject=wanted.subject_id,
        query=form.to_query() | ({"cua": wanted.subject_id} if wanted.subject_id else {}),
        verified=audit.verify(chain) if request.args.get("kiem") else None,
        faults=FAULTS,
    )
    return page if is_right else (page, 422)
