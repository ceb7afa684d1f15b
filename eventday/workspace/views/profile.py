"""How a commune presents itself: its words, its phone, its logo."""

from pathlib import Path
from typing import Any

from flask import Response, current_app, make_response, redirect, render_template, request, url_for
from werkzeug.exceptions import RequestEntityTooLarge

from eventday import instance
from eventday.access.domain import Role
from eventday.access.guards import needs
from eventday.audit.editors import who
from eventday.kernel import clock
from eventday.kernel.errors import NotFound
from eventday.places import logos, profiles
from eventday.places import queries as places
from eventday.places.logos import BadLogo
from eventday.programme import queries as programme
from eventday.web import api
from eventday.web.edits import Stale, stamp
from eventday.web.errors import answer
from eventday.web.messages import sentence_of
from eventday.workspace import queries
from eventday.workspace.forms.places import ProfileForm
from eventday.workspace.place_words import DONE
from eventday.workspace.views.frame import PAGE, blueprint, commune_of

_HERE = f"{PAGE}/dia-phuong/gioi-thieu"


@blueprint.get(_HERE)
@needs(Role.ORGANISER, of=commune_of)
def show_profile(code: str, event: str) -> Response:
    return _page(code, event)


@blueprint.post(_HERE)
@needs(Role.ORGANISER, of=commune_of)
def save_profile(code: str, event: str) -> Response:
    form, seen = ProfileForm(request.form), request.form.get("seen", "")
    if not form.validate():
        return _page(code, event, form, seen=seen, status=422)
    try:
        profiles.save_words(code, form.text.data or "", form.phone.data or "", form.desk.data or "", seen=seen, now=clock.now())
    except Stale as stale:
        return _page(code, event, form, seen=stale.now, status=409, stale=stale, who=who(code, code, stale))
    return make_response(redirect(url_for("workspace.show_places", code=code, event=event, da="gioi-thieu"), 303))


@blueprint.post(f"{_HERE}/logo")
@needs(Role.ORGANISER, of=commune_of, upload=2 * logos.MAX_BYTES)
def save_logo(code: str, event: str) -> Response:
    """A picture that cannot be taken is told beside its field."""
    file = request.files.get("logo")
    try:
        if file is None or not file.filename:
            raise BadLogo
        profiles.save_logo(code, _folder(code), file.stream.read(logos.MAX_BYTES + 1), now=clock.now())
    except BadLogo as refusal:
        return _page(code, event, logo_error=sentence_of(refusal), status=422)
    return make_response(redirect(url_for("workspace.show_profile", code=code, event=event, da="logo"), 303))


@blueprint.errorhandler(RequestEntityTooLarge)
def _tell_too_large(_: RequestEntityTooLarge) -> Response:
    """A picture that a guard would not even read is told beside its field; whatever else is too large, as everywhere."""
    if request.endpoint != f"{blueprint.name}.{save_logo.__name__}":
        return answer(api.TooLarge())
    refusal, at = logos.too_large(), request.view_args or {}
    return _page(at["code"], at["event"], logo_error=sentence_of(refusal), status=413)


@blueprint.post(f"{_HERE}/logo/bo")
@needs(Role.ORGANISER, of=commune_of)
def remove_logo(code: str, event: str) -> Response:
    old = places.profile(code).logo
    profiles.show_logo(code, "", now=clock.now())
    return make_response(redirect(url_for("workspace.show_profile", code=code, event=event, da="bo-logo", cu=old), 303))


@blueprint.post(f"{_HERE}/logo/lai")
@needs(Role.ORGANISER, of=commune_of)
def restore_logo(code: str, event: str) -> Response:
    """Show the one that was taken away. Raises: NotFound where the commune never had it."""
    name = request.form.get("logo", "")
    if name not in logos.names(_folder(code)):
        raise NotFound
    profiles.show_logo(code, name, now=clock.now())
    return make_response(redirect(url_for("workspace.show_profile", code=code, event=event, da="logo"), 303))


def _folder(code: str) -> Path:
    return instance.folder(current_app.config["SETTINGS"], f"logos/{code}")


def _page(code: str, event: str, form: ProfileForm | None = None, *, seen: str | None = None, status: int = 200, **context: Any) -> Response:
    at, profile = queries.desk(code, event), places.profile(code)
    words = profiles.words(profile)
    done = request.args.get("da", "")
    page = render_template(
        "workspace/profile.html",
        **vars(at),
        tab="places",
        form=form or ProfileForm(data=words),
        seen=stamp(words) if seen is None else seen,
        profile=profile,
        plan=programme.plan(at.event.id, code),
        megabytes=logos.MAX_BYTES // 1024 // 1024,
        done=DONE.get(done),
        old_logo=request.args.get("cu", "") if done == "bo-logo" else "",
        **context,
    )
    return make_response(page, status)
