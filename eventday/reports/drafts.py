"""The letter before anybody changed anything: what is so in every commune."""

from eventday.reports import names
from eventday.reports.letter import Body, Letter
from eventday.web.translation import translated as _


def letter(body: Body, villages: str) -> Letter:
    """`villages`: what they are called there (“thôn, bản”)."""
    kind = body.kind
    return Letter(
        place=names.proper_name(body.name, kind),
        addressees=(_("Ủy ban nhân dân %(province)s", province=body.province),),
        recipients=(
            _("Như trên"),
            _("Thường trực Đảng ủy, HĐND %(kind)s (b/c)", kind=kind),
            _("Ủy ban MTTQ Việt Nam %(kind)s", kind=kind),
            _("Chủ tịch, các Phó Chủ tịch UBND %(kind)s", kind=kind),
            _("Các phòng, đơn vị thuộc UBND %(kind)s", kind=kind),
            _("Trưởng các %(villages)s", villages=villages),
            _("Lưu: VT, VHXH"),
        ),
    )
