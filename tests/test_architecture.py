"""Rules about the code itself that import-linter cannot see (docs: architecture)."""

import ast
import importlib
import pkgutil
import re
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

import eventday
from eventday.config import PROJECT, Settings
from eventday.db import Base, db
from eventday.kernel.errors import Refusal
from eventday.web.messages import known_codes
from eventday.web.rules import rule_of

PACKAGE = Path(eventday.__file__).parent
SOURCES = sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)

# Every route that anybody may use. A new one is a decision: it is written down here, or it carries a rule.
PUBLIC = {
    "static",
    "files.show_current",
    "web.healthz",
    "openapi.show_document",
    "accounts.show_sign_in",
    "accounts.sign_in_by_pasting",
    "accounts.show_password",
    "accounts.sign_in_by_password",
    "accounts.show_link",
    "accounts.sign_in",
    "residents.show_communes",
    "residents.show_commune",
    "residents.show_event",
    "residents.show_activity",
    "residents.show_privacy",
    "residents.show_logo",
    "registrations.show_form",
    "registrations.create",
    "residents.show_pass",
    "residents.show_pass_small",
    # behind the secret of the holder's page, which is the right itself
    "residents.show_holder",
    "residents.show_picture",
    "residents.show_pdf",
    "residents.show_calendar",
    "residents.show_cancel",
    "residents.cancel",
    "residents.show_reissue",
    "residents.reissue",
    "residents.show_add",
    "residents.add",
    "residents.attend",
    # a scanner's pages hold nothing; the code of an enrolment is the right to use it
    "checkins.show_scanner",
    "checkins.show_enrolment",
    "checkins_api.create_device",
    "programme_api.list_events",
    "programme_api.list_slots",
}


def _calls(path: Path, method: str) -> bool:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return any(isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == method for node in ast.walk(tree))


@pytest.fixture(scope="module")
def modules():
    """Every module of the package, imported."""
    return [importlib.import_module(found.name) for found in pkgutil.walk_packages(eventday.__path__, "eventday.") if ".migrations" not in found.name]


def test_only_the_database_module_commits():
    assert [path.name for path in SOURCES if _calls(path, "commit")] == []


def test_a_call_that_commits_would_be_found(tmp_path):
    sinner = tmp_path / "sinner.py"
    sinner.write_text("def save(session):\n    session.commit()\n")

    assert _calls(sinner, "commit")


def test_every_route_has_a_rule_or_is_public_on_purpose(app):
    rules = {name: rule_of(view) for name, view in app.view_functions.items()}

    assert {name for name, rule in rules.items() if rule is None} == {"static"}
    assert {name for name, rule in rules.items() if rule is None or rule.who == "anybody"} == PUBLIC


def test_every_refusal_has_a_sentence(app, modules):
    codes = {kind.code for kind in _refusals(Refusal) if kind.code is not None and kind.__module__.startswith("eventday.")}

    assert codes - known_codes() == set()


def _refusals(kind: type[Refusal]) -> set[type[Refusal]]:
    return {kind} | {below for child in kind.__subclasses__() for below in _refusals(child)}


def test_every_setting_stands_in_the_readme():
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    names = {"PORT" if name == "port" else f"EVENTDAY_{name.upper()}" for name in Settings.model_fields}

    assert {name for name in names if f"`{name}`" not in readme and f"`{name}=" not in readme} == set()


def test_there_is_one_newest_migration():
    config = Config()
    config.set_main_option("script_location", str(PACKAGE / "migrations"))

    assert len(ScriptDirectory.from_config(config).get_heads()) == 1


def test_migrations_make_what_the_models_say(each_app):
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, Base.metadata)

    assert differences == []


def test_every_table_name_of_the_models_is_made(each_app):
    with db.engine.connect() as connection:
        made = set(db.inspect(connection).get_table_names())

    assert set(Base.metadata.tables) <= made


def test_no_template_switches_escaping_off():
    found = [
        str(path.relative_to(PROJECT))
        for path in (PROJECT / "templates").rglob("*")
        if path.is_file() and re.search(r"\|\s*safe\b|autoescape\s+false|Markup\(", path.read_text(encoding="utf-8"))
    ]

    assert found == []


def test_no_template_carries_its_own_script_or_style_attribute():
    """The content security policy refuses them: what looks right without it would not work."""
    found = [
        str(path.relative_to(PROJECT))
        for path in (PROJECT / "templates").rglob("*.html")
        if not {"paper", "pdf"} & set(path.parts) and re.search(r"\sstyle=|\son[a-z]+=\"|javascript:", path.read_text(encoding="utf-8"))
    ]

    assert found == []


# Heartbeats of workers are the machine's, whatever day is being tried out.
MACHINE_TIME = {"kernel/clock.py", "jobs/tasks.py", "jobs/worker.py"}


def test_only_the_clock_tells_what_time_it_is():
    wrong = re.compile(r"datetime\.(now|utcnow|today)\(|date\.today\(")
    found = {str(path.relative_to(PACKAGE)) for path in SOURCES if wrong.search(path.read_text(encoding="utf-8"))}

    assert found <= MACHINE_TIME


@pytest.mark.parametrize("word", ["TODO", "FIXME", "XXX"])
def test_nothing_is_left_for_later(word):
    assert [str(path.relative_to(PACKAGE)) for path in SOURCES if re.search(rf"\b{word}\b", path.read_text(encoding="utf-8"))] == []
