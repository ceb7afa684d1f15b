"""Forms about one's own account."""

from typing import Any

from wtforms import PasswordField

from eventday.web.forms import BaseForm, TextField, fail, required
from eventday.web.translation import lazily as _l


class SecretField(PasswordField):
    """A password as it was typed: never tidied, never shown again."""

    def __init__(self, label: Any, validators: Any = (), *, kind: str, **kwargs: Any) -> None:
        attributes = {"autocomplete": kind, "autocapitalize": "none", "spellcheck": "false"}
        super().__init__(label, validators, render_kw=attributes, **kwargs)


class SignInForm(BaseForm):
    email = TextField(
        _l("Thư điện tử"),
        [required(_l("Hãy ghi thư điện tử."))],
        most=254,
        render_kw={"type": "email", "autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    password = SecretField(_l("Mật khẩu"), [required(_l("Hãy gõ mật khẩu."))], kind="current-password")


class NameForm(BaseForm):
    name = TextField(_l("Họ và tên"), [required(_l("Hãy ghi họ và tên."))], render_kw={"autocomplete": "name"})


class DropForm(BaseForm):
    former = SecretField(_l("Mật khẩu đang dùng"), kind="current-password")


class PasswordForm(DropForm):
    password = SecretField(_l("Mật khẩu mới"), [required(_l("Hãy gõ mật khẩu mới."))], kind="new-password")
    again = SecretField(_l("Gõ lại mật khẩu mới"), kind="new-password")

    def is_sound(self) -> bool:
        """Filled in, and twice the same."""
        sound = self.validate()
        if self.password.data and self.password.data != self.again.data:
            fail(self.again, _l("Hai lần gõ chưa giống nhau."))
            return False
        return sound
