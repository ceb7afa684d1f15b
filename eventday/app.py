"""create_app(): the one place, with cli, that knows all features. Nobody imports it but wsgi.py and the tests."""

from collections.abc import Callable
from typing import Any

from flask import Flask
from flask_babel import Babel
from flask_compress import Compress
from werkzeug.middleware.proxy_fix import ProxyFix

from eventday import cli, config, db, instance
from eventday.access import csrf, observers
from eventday.access.messages import MESSAGES as ACCESS_MESSAGES
from eventday.accounts import views as accounts
from eventday.accounts.messages import MESSAGES as ACCOUNTS_MESSAGES
from eventday.audit.service import note
from eventday.backup.messages import MESSAGES as BACKUP_MESSAGES
from eventday.checkins import api as checkins_api
from eventday.checkins import views as checkins
from eventday.checkins.messages import MESSAGES as CHECKINS_MESSAGES
from eventday.imports import frame as imports_frame
from eventday.imports import mending_views as imports_mending
from eventday.imports import people_views as people_imports
from eventday.imports import plan_tasks
from eventday.imports import tasks as imports_tasks
from eventday.imports import views as imports
from eventday.imports.messages import MESSAGES as IMPORT_MESSAGES
from eventday.jobs import views as jobs
from eventday.jobs.messages import MESSAGES as JOBS_MESSAGES
from eventday.kernel import clock
from eventday.places.messages import MESSAGES as PLACES_MESSAGES
from eventday.programme import api as programme_api
from eventday.programme import kind_words
from eventday.programme.messages import MESSAGES as PROGRAMME_MESSAGES
from eventday.registrations import api as registrations_api
from eventday.registrations import settling
from eventday.registrations import views as registrations
from eventday.registrations.messages import MESSAGES as REGISTRATIONS_MESSAGES
from eventday.reports import tasks as reports_tasks
from eventday.reports import views as reports
from eventday.residents import views as residents
from eventday.web import converters, errors, filters, look, messages, openapi, pages, security, static, translation, unread
from eventday.workspace import pass_tasks
from eventday.workspace import tasks as workspace_tasks
from eventday.workspace import views as workspace

_MESSAGES = (
    REGISTRATIONS_MESSAGES,
    ACCESS_MESSAGES,
    ACCOUNTS_MESSAGES,
    PROGRAMME_MESSAGES,
    JOBS_MESSAGES,
    IMPORT_MESSAGES,
    CHECKINS_MESSAGES,
    PLACES_MESSAGES,
    BACKUP_MESSAGES,
)
_COMPRESSED = ("text/html", "text/css", "text/javascript", "text/calendar", "image/svg+xml", "application/wasm", "application/json")
_BLUEPRINTS = (
    imports_frame.blueprint,
    people_imports.blueprint,
    accounts.blueprint,
    workspace.blueprint,
    pages.blueprint,
    static.blueprint,
    openapi.blueprint,
    programme_api.blueprint,
    registrations.blueprint,
    registrations_api.blueprint,
    residents.blueprint,
    checkins.blueprint,
    checkins_api.blueprint,
    jobs.blueprint,
    reports.blueprint,
)
_PAGES = (imports, imports_mending)  # imported, their pages hang on one blueprint
_TASKS = (reports_tasks, imports_tasks, plan_tasks, pass_tasks, workspace_tasks, settling)  # imported, the worker can do them


class Eventday(Flask):
    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The function itself: none of ours is a coroutine, and asking each one at each request has its price."""
        return func


def create_app(settings: config.Settings | None = None) -> Flask:
    """An app that can serve: instance, keys, database and migrations are made where they are missing.

    Raises: SettingsError.
    """
    settings = settings or config.read()
    instance.make_folder(settings)
    app = Eventday("eventday", root_path=str(config.PROJECT), instance_path=str(settings.instance), static_url_path=static.address())
    _configure(app, settings)
    clock.shift_to(settings.now)
    db.init_app(app, settings)
    instance.migrate(app)
    Babel(app, default_locale="vi", default_timezone="Asia/Ho_Chi_Minh")
    Compress(app)
    for part in (translation, converters, filters, kind_words, look, security, static, unread, csrf, errors):
        part.init_app(app)
    observers.observe(app, note)
    for sentences in _MESSAGES:
        messages.register(sentences)
    for blueprint in _BLUEPRINTS:
        app.register_blueprint(blueprint)
    cli.init_app(app)
    return app


def _configure(app: Flask, settings: config.Settings) -> None:
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=instance.secret(settings, "cookies"),
        TRUSTED_HOSTS=[settings.public_host, *(["127.0.0.1", "localhost", "[::1]"] if settings.is_local else [])],
        MAX_CONTENT_LENGTH=64 * 1024,
        MAX_FORM_MEMORY_SIZE=64 * 1024,
        MAX_FORM_PARTS=200,
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=4,
        COMPRESS_MIN_SIZE=400,
        COMPRESS_MIMETYPES=[*_COMPRESSED, "application/javascript", "application/problem+json"],
    )
    app.url_map.strict_slashes = False
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    if settings.trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.trusted_proxies, x_proto=settings.trusted_proxies)  # type: ignore[method-assign]
