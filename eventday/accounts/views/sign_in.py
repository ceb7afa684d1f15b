"""Signing in by a one-time link or a password, signing out."""

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from eventday.access import csrf, queries
from eventday.access import service as access
from eventday.access.csrf import session_cookie
from eventday.access.guards import know_person, signed_in
from eventday.access.guesses import TooManyGuesses
from eventday.accounts import browser, passwords, service
from eventday.accounts.forms import SignInForm
from eventday.accounts.passwords import WrongPassword
from eventday.kernel import clock
from eventday.kernel.errors import Refusal, TryLater
from eventday.web.messages import sentence_of
from eventday.web.rules import public

blueprint = Blueprint("accounts", __name__)


@blueprint.get("/dang-nhap")
@public
def show_sign_in() -> Response:
    if know_person():
        return _go_on()
    return _door("accounts/sign_in.html", next=request.args.get("next", ""), wrong=False)


@blueprint.post("/dang-nhap")
@public
def sign_in_by_pasting() -> Response:
    """For a link that was copied by hand; it is used only if it works."""
    csrf.check()
    secret = service.secret_of(request.form.get("link", ""))
    if not queries.link_works(secret, now=clock.now()):
        return _door("accounts/sign_in.html", 422, next=request.form.get("next", ""), wrong=True)
    return _sign_in(secret)


@blueprint.get("/dang-nhap/mat-khau")
@public
def show_password() -> Response:
    if know_person():
        return _go_on()
    return _password_page(SignInForm())


@blueprint.post("/dang-nhap/mat-khau")
@public
def sign_in_by_password() -> Response:
    """A wrong password, an unknown address and a closed account get the same answer after the same work."""
    csrf.check()
    form = SignInForm(request.form)
    if not form.validate():
        return _password_page(form, 422)
    try:
        person_id, session = passwords.sign_in(form.email.data or "", form.password.data or "", browser.asking(), now=clock.now())
    except (WrongPassword, TooManyGuesses, TryLater) as refusal:
        return _refused(form, refusal)
    response = _enter(session)
    browser.remember(response, person_id)
    return response


@blueprint.get("/dang-nhap/<link>")
@public
def show_link(link: str) -> Response | tuple[str, int]:
    """A button, so that whoever merely looks at the address (a preview in a chat) does not use it up."""
    if not queries.link_works(link, now=clock.now()):
        return render_template("accounts/expired.html"), 410
    return _door("accounts/link.html", link=link)


@blueprint.post("/dang-nhap/<link>")
@public
def sign_in(link: str) -> Response | tuple[str, int]:
    """The form's token is asked for: no other site can sign a browser in as somebody else."""
    csrf.check()
    if not queries.link_works(link, now=clock.now()):
        return render_template("accounts/expired.html"), 410
    return _sign_in(link)


@blueprint.post("/dang-xuat")
@signed_in
def sign_out() -> Response:
    """Ends the session on the server, and asks the browser to forget what it kept."""
    access.sign_out(request.cookies[session_cookie()], now=clock.now())
    response = make_response(redirect(url_for("accounts.show_sign_in"), 303))
    browser.forget(response)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def _sign_in(secret: str) -> Response:
    return _enter(access.sign_in(secret, now=clock.now(), device=browser.device()))


def _enter(session: str) -> Response:
    """The old session of this browser ends; the new one has a secret of its own."""
    former = request.cookies.get(session_cookie(), "")
    if former:
        access.sign_out(former, now=clock.now())
    response = _go_on()
    browser.let_in(response, session)
    return response


def _go_on() -> Response:
    target = service.local_path(request.values.get("next", ""))
    return make_response(redirect(target or url_for("workspace.show_choice"), 303))


def _password_page(form: SignInForm, status: int = 200, told: str = "") -> Response:
    return _door("accounts/password.html", status, form=form, next=request.values.get("next", ""), told=told)


def _door(template: str, status: int = 200, **context: object) -> Response:
    """A page with a form for who is not signed in yet."""
    csrf.fresh()
    response = csrf.before_sign_in(render_template(template, **context))
    response.status_code = status
    return response


def _refused(form: SignInForm, refusal: Refusal) -> Response:
    """What was typed stays, but for the password."""
    response = _password_page(form, refusal.status, sentence_of(refusal))
    if "seconds" in refusal.facts:
        response.headers["Retry-After"] = str(refusal.facts["seconds"])
    return response
