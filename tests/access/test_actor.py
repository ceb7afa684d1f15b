from flask import request

from eventday.access.actor import NOBODY, Actor, acting, acting_as, acts

NGAN = Actor("person", "p1", "Ngân")


def test_nobody_acts_unless_told(app):
    assert acting() == NOBODY


def test_an_actor_acts_for_as_long_as_told(app):
    with acting_as(NGAN):
        within = acting()

    assert (within, acting()) == (NGAN, NOBODY)


def test_a_request_knows_only_its_own_actor(app):
    with acting_as(NGAN), app.test_request_context("/"):
        before = acting()
        acts(Actor("device", "d1"))
        after = acting()

    assert (before, after) == (NOBODY, Actor("device", "d1"))
    with app.test_request_context("/"):
        assert (request.path, acting()) == ("/", NOBODY)
