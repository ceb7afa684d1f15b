"""Letting somebody work at a place."""

import re
from collections.abc import Mapping
from typing import Any

from eventday.access.domain import Role
from eventday.accounts.messages import ROLES
from eventday.web.forms import BaseForm, ChoiceField, TextField, choice, fail, required
from eventday.web.translation import lazily as _l

_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_ROLES = [choice(role.name, words[0]) for role, words in ROLES.items()]


class RoleForm(BaseForm):
    role = ChoiceField(_l("Vai trò"), [required(_l("Hãy chọn vai trò."))], choices=_ROLES)

    def to_role(self) -> Role:
        return Role[self.role.data]


class InvitationForm(RoleForm):
    email = TextField(
        _l("Thư điện tử"),
        [required(_l("Hãy ghi thư điện tử."))],
        most=254,
        render_kw={"type": "email", "autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"},
    )
    name = TextField(_l("Họ và tên"), render_kw={"autocomplete": "off"})
    scope = ChoiceField(_l("Nơi làm việc"), [required(_l("Hãy chọn nơi làm việc."))], choices=[])

    def offer(self, scopes: Mapping[str, str]) -> "InvitationForm":
        """The places to choose from; where there is one, it is that one whatever is sent."""
        self.scope.choices = [choice(scope, name) for scope, name in scopes.items()]
        if len(scopes) == 1 or not self.scope.data:
            self.scope.data = next(iter(scopes))
        return self

    def validate_email(self, field: Any) -> None:
        if field.data and not _ADDRESS.fullmatch(field.data):
            fail(field, _l("Đây chưa phải địa chỉ thư điện tử. Ví dụ: ngan.le@nghean.gov.vn."))
