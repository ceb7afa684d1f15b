import pytest

from eventday.db import transaction
from eventday.web import idempotency
from eventday.web.idempotency import IdempotencyKeyReused, IdempotentCall
from tests.factories import BEFORE


def _keep(call, answer, now=BEFORE):
    with transaction() as session:
        kept = idempotency.claim(session, call, now=now)
        if kept is None:
            idempotency.keep(session, call, answer)
        return kept


def test_the_first_answer_is_kept_for_its_bearer_and_key(each_app):
    call = IdempotentCall.of("a", "k", {"x": 1})

    first, again, neighbour = _keep(call, "one"), _keep(call, "two"), _keep(IdempotentCall.of("b", "k", {"x": 1}), "three")

    assert (first, again, neighbour, idempotency.kept(call)) == (None, "one", None, "one")


def test_another_body_is_refused_the_order_of_its_fields_is_not_one(each_app):
    _keep(IdempotentCall.of("a", "k", {"x": 1, "y": 2}), "one")

    assert idempotency.kept(IdempotentCall.of("a", "k", {"y": 2, "x": 1})) == "one"
    with pytest.raises(IdempotencyKeyReused):
        idempotency.kept(IdempotentCall.of("a", "k", {"x": 1, "y": 3}))


def test_a_key_may_be_longer_than_its_column(each_app):
    call = IdempotentCall.of("a", "k" * 3000, {})
    _keep(call, "one")

    assert idempotency.kept(call) == "one"
    assert idempotency.kept(IdempotentCall.of("a", "k" * 3001, {})) is None


def test_answers_are_dropped_after_three_days(each_app):
    old, fresh = IdempotentCall.of("a", "old", {}), IdempotentCall.of("a", "fresh", {})
    _keep(old, "one", now=BEFORE)
    _keep(fresh, "two", now=BEFORE + idempotency.LIFE)

    assert idempotency.forget(now=BEFORE + idempotency.LIFE * 1.5) == 1
    assert (idempotency.kept(old), idempotency.kept(fresh)) == (None, "two")
