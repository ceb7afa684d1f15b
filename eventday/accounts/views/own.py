"""One's own account: name, password, the browsers that are signed in."""

from flask import Response, make_response, redirect, render_template, request, url_for

from eventday.access import people, sessions, staff
from eventday.access.csrf import session_cookie
from eventday.access.guards import signed_in, this_person
from eventday.access.guesses import TooManyGuesses
from eventday.accounts import browser, passwords
from eventday.accounts.domain import WeakPassword
from eventday.accounts.forms import DropForm, NameForm, PasswordForm
from eventday.accounts.messages import device_words
from eventday.accounts.passwords import WrongPassword
from eventday.accounts.views.sign_in import blueprint
from eventday.kernel import clock
from eventday.kernel.errors import Refusal
from eventday.web.forms import fail
from eventday.web.messages import sentence_of
from eventday.web.translation import lazily as _l

_PAGE = "/lam-viec/tai-khoan"
_FORMER_WRONG = _l("Mật khẩu đang dùng chưa đúng.")


@blueprint.get(_PAGE)
@signed_in
def show_account() -> Response:
    return _page()


@blueprint.post(f"{_PAGE}/ten")
@signed_in
def save_name() -> Response:
    form = NameForm(request.form)
    if not form.validate():
        return _page(422, name=form)
    people.rename(this_person().id, form.name.data or "", now=clock.now())
    return _back("ten")


@blueprint.post(f"{_PAGE}/mat-khau")
@signed_in
def save_password() -> Response:
    """All other sessions end, and this one gets a secret of its own."""
    form = PasswordForm(request.form)
    if not form.is_sound():
        return _page(422, password=form)
    try:
        secret = passwords.choose(this_person(), form.former.data or "", form.password.data or "", browser.asking(), now=clock.now())
    except WeakPassword as weak:
        fail(form.password, sentence_of(weak))
        return _page(weak.status, password=form)
    except (WrongPassword, TooManyGuesses) as wrong:
        return _wrong_former(form, wrong)
    return _renewed("mat-khau", secret)


@blueprint.post(f"{_PAGE}/bo-mat-khau")
@signed_in
def drop_password() -> Response:
    form = PasswordForm(request.form)
    try:
        secret = passwords.drop(this_person(), form.former.data or "", browser.asking(), now=clock.now())
    except (WrongPassword, TooManyGuesses) as wrong:
        return _wrong_former(form, wrong)
    return _renewed("bo-mat-khau", secret)


@blueprint.post(f"{_PAGE}/phien/<session_id>")
@signed_in
def end_session(session_id: str) -> Response:
    """Raises: NotFound where it is no open session of this person."""
    sessions.end_one(this_person().id, session_id, now=clock.now())
    return _back("phien")


@blueprint.post(f"{_PAGE}/phien")
@signed_in
def end_other_sessions() -> Response:
    sessions.end_others(this_person().id, request.cookies[session_cookie()], now=clock.now())
    return _back("phien")


def _wrong_former(form: DropForm, wrong: Refusal) -> Response:
    fail(form.former, _FORMER_WRONG if isinstance(wrong, WrongPassword) else sentence_of(wrong))
    return _page(wrong.status, password=form)


def _renewed(done: str, secret: str) -> Response:
    response = _back(done)
    browser.let_in(response, secret)
    browser.remember(response, this_person().id)
    return response


def _back(done: str) -> Response:
    return make_response(redirect(url_for("accounts.show_account", da=done), 303))


def _page(status: int = 200, name: NameForm | None = None, password: DropForm | None = None) -> Response:
    now = clock.now()
    account = staff.account(this_person().id)
    name, password = name or NameForm(name=account.name), password or PasswordForm()
    page = render_template(
        "accounts/own.html",
        account=account,
        name=name,
        password=password,
        problems=name.problems() + password.problems(),
        sessions=sessions.sessions_of(account.id, now=now),
        this=sessions.id_of(request.cookies[session_cookie()]),
        device_words=device_words,
        done=request.args.get("da", ""),
    )
    return make_response(page, status)
