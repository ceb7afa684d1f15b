"""The row is the truth: what a crash, a lost message or a rollback leaves behind."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from eventday.db import transaction
from eventday.jobs import models, queries, service, tasks
from eventday.jobs.domain import MAX_ATTEMPTS, SILENCE, State, after_death
from eventday.jobs.queue import carrier
from eventday.kernel import ids
from eventday.kernel.errors import NotFound, TryLater

NOW = datetime(2027, 10, 11, 2, 0, tzinfo=UTC)
WORKER = ids.new()


def _enqueued(name="test.any", **arguments):
    with transaction() as session:
        return service.enqueue(session, name, arguments, now=NOW, commune_code="17329")


def _running(pulse=NOW):
    job_id = _enqueued()
    service.begin(job_id, WORKER, now=NOW, pulse=pulse)
    return job_id


def _sweep(pulse):
    return service.sweep(now=NOW, pulse=pulse, given_up="Đã thử ba lần.")


def test_enqueued_job_waits_and_its_message_is_sent(each_app):
    job = queries.job(_enqueued(a=1))

    assert (job.state, job.arguments, job.progress, job.commune_code) == (State.WAITING, {"a": 1}, 0, "17329")
    assert not carrier().is_empty()


def test_rollback_leaves_neither_job_nor_message(each_app):
    made = []
    with suppress(ZeroDivisionError), transaction() as session:
        made.append(service.enqueue(session, "test.any", {}, now=NOW))
        raise ZeroDivisionError

    with pytest.raises(NotFound):
        queries.job(made[0])
    assert carrier().is_empty()


def test_job_is_committed_though_the_queue_is_away(each_app, monkeypatch):
    monkeypatch.setattr(carrier(), "send", _refuse)

    assert queries.job(_enqueued()).state is State.WAITING
    with pytest.raises(TryLater):
        service.ask("test.any")


def _refuse(*_):
    raise ConnectionError


def test_only_one_worker_begins_a_job(each_app):
    job_id = _enqueued()

    begun = [service.begin(job_id, ids.new(), now=NOW, pulse=NOW) for _ in range(2)]

    assert [job is not None for job in begun] == [True, False]


def test_job_of_later_is_not_begun_before_its_time(each_app):
    job_id = _running()
    service.retry_later(job_id, WORKER, now=NOW, wait=timedelta(minutes=5))

    assert service.begin(job_id, WORKER, now=NOW, pulse=NOW) is None
    assert service.begin(job_id, WORKER, now=NOW + timedelta(minutes=5), pulse=NOW) is not None


def test_sweep_sends_a_lost_message_again(each_app):
    _enqueued()
    carrier().huey.flush()

    assert _sweep(NOW) == 1
    assert not carrier().is_empty()


def test_sweep_sends_nothing_while_messages_are_still_queued(each_app):
    _enqueued()

    assert _sweep(NOW) == 0


@pytest.mark.parametrize(("silence", "state"), [(SILENCE, State.RUNNING), (SILENCE + timedelta(seconds=1), State.WAITING)])
def test_job_of_a_silent_worker_is_put_back(each_app, silence, state):
    job_id = _running()

    _sweep(NOW + silence)

    assert queries.job(job_id).state is state


def test_beating_worker_keeps_its_job(each_app):
    job_id = _running()

    service.beat(WORKER, pulse=NOW + SILENCE)
    _sweep(NOW + SILENCE + timedelta(seconds=1))

    assert queries.job(job_id).state is State.RUNNING


def test_job_that_kills_its_worker_each_time_is_given_up(each_app):
    job_id = _enqueued()
    for _ in range(MAX_ATTEMPTS):
        service.begin(job_id, WORKER, now=NOW, pulse=NOW)
        _sweep(NOW + timedelta(minutes=1))

    job = queries.job(job_id)
    assert (job.state, job.error, job.attempts, job.finished_at) == (State.FAILED, "Đã thử ba lần.", MAX_ATTEMPTS, NOW)


def test_stopped_worker_gives_back_what_it_was_doing(each_app):
    job_id = _running()

    service.give_back(WORKER)

    assert (queries.job(job_id).state, queries.job(job_id).attempts) == (State.WAITING, 0)


def test_worker_that_was_overtaken_changes_nothing(each_app):
    job_id = _running()
    with transaction() as session:
        session.execute(update(models.Job).values(worker=ids.new()))

    with pytest.raises(tasks.Superseded):
        tasks.RunningJob(job_id, WORKER, {}).report(50, "Đang vẽ")
    assert queries.job(job_id).progress == 0


def test_latest_is_the_newest_with_the_same_arguments(each_app):
    _enqueued("test.report", event="a")
    newest = _enqueued("test.report", event="a")
    _enqueued("test.report", event="b")

    assert queries.latest("test.report", "17329", {"event": "a"}).id == newest
    assert queries.latest("test.report", "17365", {"event": "a"}) is None


@pytest.mark.parametrize(("attempts", "state"), [(1, State.WAITING), (2, State.WAITING), (3, State.FAILED)])
def test_third_death_is_the_last(attempts, state):
    assert after_death(attempts) is state
