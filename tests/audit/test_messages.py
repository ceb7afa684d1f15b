"""What services note has words on the page: codes are read from the code itself."""

import ast
from dataclasses import fields

import pytest

from eventday.access.domain import Role
from eventday.audit.messages import ACTIONS, FIELDS, KINDS, VALUES
from eventday.places.domain import Profile
from eventday.places.entries import ENTRIES
from eventday.programme.domain import Admission, Kind, Part
from eventday.programme.drafts import ActivityDraft, EventDraft, OccurrenceDraft
from eventday.registrations.domain import Status
from eventday.registrations.people import Details
from tests.test_architecture import SOURCES

_NOTING = {"note", "note_of_staff", "tell"}
_NOTING_OF_PEOPLE = {"tell_of_person", "tell_of_session"}


def _said():
    """(action, kind) of each call that notes something, as far as they stand there as constants."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and len(node.args) >= 6 and _name(node.func) in _NOTING:
                subject = node.args[3].elts[0] if isinstance(node.args[3], ast.Tuple) else node.args[3]
                yield from ((where, text) for where, part in (("action", node.args[2]), ("kind", subject)) for text in _texts(part))


def _said_of_people():
    """Acts of the calls that tell of an account or a session."""
    calls = (node for path in SOURCES for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call))
    return {text for call in calls if _name(call.func) in _NOTING_OF_PEOPLE for text in _texts(call.args[2])}


def _name(function):
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _texts(node):
    """The constants an expression may be: itself, or either branch of a choice."""
    if isinstance(node, ast.IfExp):
        return _texts(node.body) + _texts(node.orelse)
    return [node.value] if isinstance(node, ast.Constant) else []


@pytest.mark.parametrize(("where", "words"), [("action", ACTIONS), ("kind", KINDS)])
def test_every_act_and_thing_that_is_noted_has_words(where, words):
    said = {text for found, text in _said() if found == where}

    assert len(said) > 5
    assert said - words.keys() == set()


def test_every_act_of_signing_in_has_words():
    assert {"signed_in", "signed_out", "refused", "ended", "disabled"} <= _said_of_people() <= ACTIONS.keys()


def test_what_has_no_words_would_be_found():
    call = ast.parse("note(session, commune, 'burnt' if hot else 'added', ('house', x), a, b, now)").body[0].value

    assert (_texts(call.args[2]), _texts(call.args[3].elts[0])) == (["burnt", "added"], ["house"])


@pytest.mark.parametrize("noted", [EventDraft, ActivityDraft, OccurrenceDraft, Profile, Details, *ENTRIES.values()])
def test_every_field_of_what_is_noted_has_words(noted):
    assert {field.name for field in fields(noted)} - FIELDS.keys() == set()


@pytest.mark.parametrize(("field", "values"), [("kind", Kind), ("part", Part), ("admission", Admission), ("status", Status)])
def test_every_value_of_a_closed_list_has_words(field, values):
    assert {value for value in values if (field, value.value) not in VALUES} == set()


def test_every_role_has_words():
    assert {role for role in Role if ("role", role.name.lower()) not in VALUES} == set()
