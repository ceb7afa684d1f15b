import json

import pytest
from flask import Flask

from tests.factories import COMMUNE, make_event
from tests.imports.samples import DATA
from tests.places.samples import enter_sample_places

FILE = str(DATA / "ke-hoach-06-co-loi.xlsx")


def run(app: Flask, *arguments: str) -> tuple[int, str, str]:
    result = app.test_cli_runner().invoke(args=["plan", "import", *arguments])
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.parametrize(("event", "commune"), [("khong-co", COMMUNE), ("ngay-hoi-2027", "99999")])
def test_an_event_or_commune_that_is_not_there_is_named(app: Flask, event: str, commune: str) -> None:
    make_event()

    code, _, told = run(app, FILE, "--event", event, "--commune", commune)

    assert code == 1
    assert event in told
    assert commune in told


def test_wrong_usage_is_exit_2(app: Flask) -> None:
    assert run(app, "--event", "x", "--commune", COMMUNE)[0] == 2
    assert run(app, "/khong/co.xlsx", "--event", "x", "--commune", COMMUNE)[0] == 2


def test_errors_by_cell_as_json(app: Flask) -> None:
    event = make_event()
    enter_sample_places()

    code, told, _ = run(app, FILE, "--event", event.code, "--commune", COMMUNE, "--json")

    found = json.loads(told)
    assert code == 1
    assert len(found["errors"]) == 13
    assert set(found["errors"][0]) >= {"sheet", "cell", "code", "message"}
