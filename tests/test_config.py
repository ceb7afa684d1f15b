"""Settings are read strictly: a wrong one stops the start and is named."""

import pytest

from eventday import config
from eventday.app import create_app
from eventday.config import Settings, SettingsError


@pytest.mark.parametrize(
    ("environ", "told"),
    [
        ({"PORT": "abc"}, "PORT: "),
        ({"EVENTDAY_DATABASE_URL": "mysql://x"}, "EVENTDAY_DATABASE_URL: expected sqlite"),
        ({"EVENTDAY_PUBLIC_URL": "ngayhoi.vn"}, "EVENTDAY_PUBLIC_URL: expected http"),
        ({"EVENTDAY_NOW": "2027-10-10T09:05"}, "EVENTDAY_NOW: "),
        ({"EVENTDAY_NOW": "2027-10-10T09:05+07:00", "EVENTDAY_PUBLIC_URL": "https://ngayhoi.vn"}, "EVENTDAY_NOW is for trying things out"),
    ],
)
def test_a_wrong_setting_is_named(environ, told):
    with pytest.raises(SettingsError, match=told):
        config.read(environ)


def test_a_database_that_does_not_answer_is_named_without_its_password(tmp_path):
    settings = Settings(instance=tmp_path, database_url="postgresql://eventday:bi-mat@127.0.0.1:1/x")

    with pytest.raises(SettingsError, match="EVENTDAY_DATABASE_URL") as caught:
        create_app(settings)

    assert "bi-mat" not in str(caught.value)


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").touch()

    with pytest.raises(SettingsError, match="EVENTDAY_INSTANCE"):
        create_app(Settings(instance=tmp_path / "file" / "instance"))
