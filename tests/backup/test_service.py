"""A backup is whole, and put back it is what it was; what is altered, cut off or in the way is refused."""

from pathlib import Path

import pytest
from flask import Flask

from eventday.backup import service
from eventday.backup.errors import InstanceInUse, NotABackup, OtherDatabase
from eventday.db import Base, db
from eventday.programme import queries as programme
from eventday.registrations import keys
from tests.factories import BEFORE, make_slot
from tests.registrations.people import assert_sound, counters, registered


@pytest.fixture
def backup(each_app: Flask, tmp_path: Path) -> Path:
    """Of an instance where three people have seats."""
    registered(make_slot(), people=3)
    file = tmp_path / "backup"
    service.create(each_app.config["SETTINGS"], file, now=BEFORE)
    return file


def emptied(app: Flask) -> None:
    """As if it were another instance: no events, other keys. (Acts of the log cannot be deleted.)"""
    db.session.remove()
    with db.engine.begin() as connection:
        for table in reversed(Base.metadata.sorted_tables):
            if not table.name.startswith("audit"):
                connection.execute(table.delete())
    for path in (app.config["SETTINGS"].instance / "keys").iterdir():
        path.write_bytes(bytes(32))


def test_what_was_backed_up_is_there_again(each_app: Flask, backup: Path) -> None:
    (event,) = programme.events()
    before = keys.public_keys([event.id])
    emptied(each_app)

    service.restore(each_app.config["SETTINGS"], backup)

    (slot,) = programme.slots(event.id)
    assert (counters(slot.id), keys.public_keys([event.id])) == ((3, 0), before)
    assert (each_app.config["SETTINGS"].instance / "keys" / "cookies").read_bytes() != bytes(32)
    assert_sound()


def test_only_its_owner_can_read_it(backup: Path) -> None:
    assert backup.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in backup.parent.iterdir() if path.name.startswith(".backup")] == []


def test_it_is_not_put_over_what_is_there(each_app: Flask, backup: Path) -> None:
    with pytest.raises(InstanceInUse):
        service.restore(each_app.config["SETTINGS"], backup)


@pytest.mark.parametrize("share", [0, 0.01, 0.5, 0.95])
def test_a_file_that_was_cut_off_is_found(backup: Path, share: float) -> None:
    whole = backup.read_bytes()
    backup.write_bytes(whole[: int(len(whole) * share)])

    with pytest.raises(NotABackup):
        service.verify(backup)


def test_an_altered_part_is_found(backup: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    about = service.verify(backup)

    monkeypatch.setattr(service, "_digest", lambda path: "another" if path.name == "cookies" else about.files[path.name])
    with pytest.raises(NotABackup):
        service.verify(backup)


def test_one_of_another_database_is_refused(app: Flask, backup: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service.dumps, "kind", lambda: "another")

    with pytest.raises(OtherDatabase):
        service.verify(backup)
