"""Many people's passes on paper, for those without a phone: eight on a sheet with cut lines, each hamlet's after a slip with its name."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import groupby
from uuid import UUID

import pikepdf
from flask import render_template

from eventday.paper import documents, qr
from eventday.programme.domain import Slot
from eventday.registrations import queries as registrations
from eventday.registrations.domain import PassView
from eventday.reports import passes
from eventday.reports.passes import ON_EIGHTH, ON_SHEET, PaperPass, PassSheet

_AT_ONCE = 3 * ON_SHEET  # cards of one document: longer ones cost more than they save


@dataclass(frozen=True)
class Cover:
    """The slip before a hamlet's passes; `hamlet` is empty for people of whom none is known."""

    hamlet: str
    count: int


Card = PaperPass | Cover


def papers(views: Iterable[PassView], slots: Mapping[UUID, Slot], hamlets: Mapping[UUID, str]) -> list[PaperPass]:
    """The passes that let in, by hamlet in the order of `hamlets` (none: last), within it by given name. `slots` are all that they name."""
    order = {hamlet_id: n for n, hamlet_id in enumerate(hamlets)}
    living = sorted((view for view in views if not view.revoked_at), key=lambda view: (_place(view, order), view.sort_key, str(view.id)))
    return [_paper(view, slots, hamlets) for view in living]


def _place(view: PassView, order: Mapping[UUID, int]) -> int:
    return order.get(view.hamlet_id, len(order)) if view.hamlet_id else len(order)


def _paper(view: PassView, slots: Mapping[UUID, Slot], hamlets: Mapping[UUID, str]) -> PaperPass:
    held = sorted(((one, slots[one.slot_id]) for one in view.registrations if one.slot_id in slots), key=lambda held: held[1].starts_at)
    hamlet = hamlets.get(view.hamlet_id, "") if view.hamlet_id else ""
    return PaperPass(view.name, hamlet, view.code, passes.address_of(registrations.token_of(view)), passes.lines_of(held))


def draw(sheet: PassSheet, report: Callable[[int], None]) -> bytes:
    """One PDF of all the sheet's passes, in their order; `report` hears how many are drawn. Raises: PaperNotReady."""
    cards = _cards(sheet.passes)
    with pikepdf.new() as book:
        for first in range(0, len(cards), _AT_ONCE):
            report(first)
            with pikepdf.open(BytesIO(_drawn(sheet, cards[first : first + _AT_ONCE]))) as part:
                book.pages.extend(part.pages)
        file = BytesIO()
        book.save(file)
        return file.getvalue()


def _cards(people: Sequence[PaperPass]) -> list[Card]:
    found: list[Card] = []
    for hamlet, group in groupby(people, key=lambda one: one.hamlet):
        of_hamlet = list(group)
        found += [Cover(hamlet, len(of_hamlet)), *of_hamlet]
    return found


def _drawn(sheet: PassSheet, cards: Sequence[Card]) -> bytes:
    pages = [cards[first : first + ON_SHEET] for first in range(0, len(cards), ON_SHEET)]
    page = render_template("paper/pass_sheet.html", sheet=replace(sheet, passes=()), pages=pages, shown=ON_EIGHTH, qr=qr.svg)
    return documents.render(page, "pass.css")
