"""A real worker process does what the queue carries, survives a kill, and ends cleanly."""

import shutil
import signal
import subprocess
import time

import pytest
from sqlalchemy import update

from eventday.access import guesses
from eventday.access.models import Guesses
from eventday.app import create_app
from eventday.config import Settings
from eventday.db import db, transaction
from eventday.jobs import models, queries, service, worker
from eventday.jobs.domain import State
from eventday.jobs.queue import carrier
from eventday.kernel import clock
from eventday.paper import documents
from tests.conftest import MORNING
from tests.jobs.conftest import eventually


def _enqueued(name, **arguments):
    with transaction() as session:
        return service.enqueue(session, name, arguments, now=clock.now())


def _over(job_id):
    return eventually(lambda: (job := queries.job(job_id)).is_over and job)


def test_job_is_done_and_tells_its_result(each_app, workers):
    workers.start(each_app)

    job = _over(_enqueued("test.add", a=2, b=3))

    assert (job.state, job.result, job.progress, job.error) == (State.DONE, {"sum": 5}, 100, None)


def test_failures_are_told_in_words_without_values(app, workers):
    workers.start(app)
    refused, broken, unknown = [_enqueued(name) for name in ("test.refuse", "test.break", "test.nobody")]

    assert "Không có trang hoặc mục này" in _over(refused).error
    assert "Máy chủ gặp trục trặc" in _over(broken).error
    assert "0912" not in _over(broken).error
    assert _over(unknown).state is State.FAILED


def test_message_without_a_row_is_heard(app, workers, tmp_path):
    workers.start(app)

    service.ask("test.write", path=str(tmp_path / "note"), text="Đã nghe")

    assert eventually(lambda: (tmp_path / "note").exists() and (tmp_path / "note").read_text("utf-8")) == "Đã nghe"


def test_worker_finds_a_job_whose_message_was_lost(app, workers):
    job_id = _enqueued("test.add", a=1, b=1)
    carrier().huey.flush()

    workers.start(app)

    assert _over(job_id).result == {"sum": 2}


def test_job_of_a_killed_worker_is_done_by_the_next(app, workers):
    job_id = _enqueued("test.sleep")
    first = workers.start(app)
    eventually(lambda: queries.job(job_id).progress == 10)
    first.kill()
    first.wait()
    with transaction() as session:  # spare the test the seconds of silence and the sleep
        session.execute(update(models.Job).values(name="test.add", arguments={"a": 4, "b": 4}, beat_at=None))

    workers.start(app)

    assert (_over(job_id).result, queries.job(job_id).attempts) == ({"sum": 8}, 2)


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_worker_ends_within_ten_seconds_and_gives_its_job_back(app, workers, stop):
    job_id = _enqueued("test.sleep")
    process = workers.start(app)
    eventually(lambda: queries.job(job_id).progress == 10)

    process.send_signal(stop)

    assert process.wait(timeout=10) == 0
    assert eventually(lambda: queries.job(job_id).state is State.WAITING)
    assert queries.job(job_id).attempts == 0


@pytest.fixture
def redis_url(tmp_path):
    """A Redis of the test's own, on a socket."""
    socket_path = tmp_path / "redis.sock"
    process = subprocess.Popen(["redis-server", "--port", "0", "--unixsocket", str(socket_path), "--save", ""], stdout=subprocess.DEVNULL)
    while not socket_path.exists() and process.poll() is None:
        time.sleep(0.05)
    yield f"unix://{socket_path}"
    process.terminate()
    process.wait()


@pytest.mark.skipif(shutil.which("redis-server") is None, reason="Redis is optional: not installed here")
def test_redis_carries_what_sqlite_carries(tmp_path, redis_url, workers):
    app = create_app(Settings(instance=tmp_path / "instance", redis_url=redis_url))
    with app.app_context():
        workers.start(app)

        assert _over(_enqueued("test.add", a=2, b=2)).result == {"sum": 4}
        assert not (tmp_path / "instance" / "queue.db").exists()
        db.session.remove()
        db.engine.dispose()


def test_worker_says_what_is_missing_before_it_starts(app, monkeypatch):
    monkeypatch.setattr(documents, "_LIBRARIES", {"libnowhere.so.9": "libnowhere9"})

    result = app.test_cli_runner().invoke(args=["worker"])

    assert (result.exit_code, "libnowhere9" in result.stderr) == (1, True)


def test_what_was_kept_too_long_is_dropped_without_a_sign_in(app):
    for number in range(3):
        guesses.count({guesses.key("address", str(number)): 20}, now=MORNING)

    worker.forget_old(MORNING + 2 * guesses.WINDOW)

    db.session.rollback()
    assert db.session.query(Guesses).count() == 0
