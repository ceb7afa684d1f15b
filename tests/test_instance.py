"""What the instance keeps in files is on disk before anybody is told of it (proofs/power.py cuts the power for real)."""

import os
from pathlib import Path

import pytest

from eventday import instance, sqlite
from eventday.app import create_app
from eventday.config import Settings, SettingsError


@pytest.fixture
def flushed(monkeypatch):
    """What was flushed, in order: a folder by its name, a file by its size."""
    seen: list[str | int] = []
    really = os.fsync

    def flush(descriptor):
        path = Path(os.readlink(f"/proc/self/fd/{descriptor}"))
        seen.append(path.name if path.is_dir() else path.stat().st_size)
        really(descriptor)

    monkeypatch.setattr(os, "fsync", flush)
    return seen


def test_a_new_secret_is_flushed_with_its_name(tmp_path, flushed):
    made = instance.secret(Settings(instance=tmp_path), "passes")

    assert len(made) == 32
    assert flushed == [tmp_path.name, 32, "keys"]


def test_a_secret_is_made_once_and_its_owners_only(tmp_path, flushed):
    first = instance.secret(Settings(instance=tmp_path), "passes")
    flushed.clear()

    assert instance.secret(Settings(instance=tmp_path), "passes") == first
    assert flushed == []
    assert [(path.name, path.stat().st_mode & 0o777) for path in (tmp_path / "keys").iterdir()] == [("passes", 0o600)]


def test_a_file_is_flushed_before_and_after_it_gets_its_name(tmp_path, flushed):
    instance.write(tmp_path / "báo-cáo.pdf", b"%PDF")

    assert flushed == [4, tmp_path.name]
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("báo-cáo.pdf", b"%PDF")]


def test_a_file_that_cannot_be_written_leaves_the_old_one(tmp_path, monkeypatch):
    (tmp_path / "logo.png").write_bytes(b"old")
    monkeypatch.setattr(os, "replace", lambda *_: (_ for _ in ()).throw(OSError("disk is full")))

    with pytest.raises(OSError, match="full"):
        instance.write(tmp_path / "logo.png", b"new")

    assert (tmp_path / "logo.png").read_bytes() == b"old"


@pytest.mark.parametrize("size", [0, 31, 33])
def test_a_secret_that_is_not_whole_stops_the_start(tmp_path, size):
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "passes").write_bytes(bytes(size))

    with pytest.raises(SettingsError, match="keys/passes is no whole secret"):
        create_app(Settings(instance=tmp_path))


def test_a_draft_of_a_secret_that_a_crash_left_stops_nothing(tmp_path):
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / ".passes.12.abcd").touch()

    assert create_app(Settings(instance=tmp_path))


def test_a_sqlite_that_can_damage_its_file_is_not_used(tmp_path, monkeypatch):
    monkeypatch.setattr(sqlite, "SOUND", (99, 0, 0))

    with pytest.raises(SettingsError, match="can lose data; 99"):
        create_app(Settings(instance=tmp_path))
