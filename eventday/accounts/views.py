"""Signing in by a one-time link, signing out."""

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request, url_for

from eventday.access import queries
from eventday.access import service as access
from eventday.access.csrf import session_cookie
from eventday.access.guards import know_person, signed_in
from eventday.accounts import service
from eventday.kernel import clock
from eventday.web.rules import public

blueprint = Blueprint("accounts", __name__)


@blueprint.get("/dang-nhap")
@public
def show_sign_in() -> str | Response:
    if know_person():
        return _go_on()
    return render_template("accounts/sign_in.html", next=request.args.get("next", ""), wrong=False)


@blueprint.post("/dang-nhap")
@public
def sign_in_by_pasting() -> Response | tuple[str, int]:
    """For a link that was copied by hand; it is used only if it works."""
    secret = service.secret_of(request.form.get("link", ""))
    if not queries.link_works(secret, now=clock.now()):
        return render_template("accounts/sign_in.html", next=request.form.get("next", ""), wrong=True), 422
    return _sign_in(secret)


@blueprint.get("/dang-nhap/<link>")
@public
def show_link(link: str) -> str | tuple[str, int]:
    """A button, so that whoever merely looks at the address (a preview in a chat) does not use it up."""
    if not queries.link_works(link, now=clock.now()):
        return render_template("accounts/expired.html"), 410
    return render_template("accounts/link.html", link=link)


@blueprint.post("/dang-nhap/<link>")
@public
def sign_in(link: str) -> Response | tuple[str, int]:
    if not queries.link_works(link, now=clock.now()):
        return render_template("accounts/expired.html"), 410
    return _sign_in(link)


@blueprint.post("/dang-xuat")
@signed_in
def sign_out() -> Response:
    """Ends the session on the server, and asks the browser to forget what it kept."""
    access.sign_out(request.cookies[session_cookie()], now=clock.now())
    response = make_response(redirect(url_for("accounts.show_sign_in"), 303))
    _set_cookie(response, "", 0)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def _sign_in(secret: str) -> Response:
    """The old session of this browser ends; the new one has a secret of its own."""
    former = request.cookies.get(session_cookie(), "")
    session = access.sign_in(secret, now=clock.now())
    if former:
        access.sign_out(former, now=clock.now())
    response = _go_on()
    _set_cookie(response, session, int(queries.SESSION_LIFE.total_seconds()))
    return response


def _go_on() -> Response:
    target = service.local_path(request.values.get("next", ""))
    return make_response(redirect(target or url_for("workspace.show_choice"), 303))


def _set_cookie(response: Response, value: str, seconds: int) -> None:
    response.set_cookie(
        session_cookie(), value, max_age=seconds, path="/", secure=current_app.config["SETTINGS"].is_secure, httponly=True, samesite="Lax"
    )
