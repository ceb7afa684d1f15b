"""The province's home: all its communes on one page, searched and sorted by links."""

from functools import partial
from typing import Any

from flask import render_template, request, url_for

from eventday.access import queries as access
from eventday.access.domain import Place, Role, may
from eventday.access.guards import needs, this_person
from eventday.kernel import clock
from eventday.kernel.text import tidy
from eventday.workspace import messages, province
from eventday.workspace.domain import freshness
from eventday.workspace.views.frame import blueprint


def _place(province: str) -> Place:
    return access.province_place(province)


@blueprint.get("/tinh/<province>")
@needs(Role.VIEWER, of=_place)
def show_province(province: str) -> str:
    """`?q=` looks for words of a name, `?tinh-trang=` keeps one state, `?xep=` sorts, `?ngay-hoi=` is the event (else the one to work on)."""
    return _page(province)


def _page(code: str) -> str:
    now = clock.now()
    asked = {name: tidy(request.args.get(name, ""))[:80] for name in ("q", "tinh-trang", "xep", "ngay-hoi")}
    over = province.overview(code, asked["ngay-hoi"], now=now)
    return render_template(
        "workspace/province.html",
        over=over,
        event=over.event,
        lines=province.found(over.lines, text=asked["q"], state=asked["tinh-trang"], sort=asked["xep"] or province.SORTS[0]),
        counts=over.counts(),
        asked=asked,
        url_with=partial(_url, code, asked),
        may_invite=may(this_person(), Role.ORGANISER, _place(code)),
        sorts={key: str(word) for key, word in messages.SORTS.items()},  # once, not in each of 130 lines
        states={key: str(word) for key, word in messages.STATES.items()},
        freshness=lambda moment: freshness(moment, now),
        ago=messages.ago,
        now=now,
    )


def _url(code: str, asked: dict[str, str], **changed: str | None) -> str:
    """This page with what was asked, and something of it changed."""
    wanted: dict[str, Any] = {name: value or None for name, value in (asked | changed).items()}
    return url_for("workspace.show_province", province=code, **wanted)
