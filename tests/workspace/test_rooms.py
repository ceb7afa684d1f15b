"""An online slot whose join link is missing: told on the home and in the plan before the day."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from eventday.access.domain import Role
from eventday.db import transaction
from eventday.kernel import clock
from eventday.programme import models, queries
from eventday.programme.domain import Kind
from tests.desk import sign_in
from tests.factories import COMMUNE, NOON, make_event, make_slot
from tests.workspace.test_pages import counted_statements

HOME = f"/lam-viec/{COMMUNE}/ngay-hoi-2027"
TOLD = "ca trực tuyến chưa có đường vào phòng"


def desk_at(app, moment, role=Role.ORGANISER):
    clock.shift_to(moment)
    return sign_in(app, role)


def give_link():
    with transaction() as session:
        session.execute(update(models.Activity).values(join_url="https://hop.example.vn/1"))


@pytest.mark.parametrize(("days", "told"), [(9, False), (8, True), (1, True), (0, True), (-1, False)])
def test_it_is_something_to_do_from_a_week_before_until_it_is_over(app, days, told):
    make_slot(kind=Kind.ONLINE, title="Lớp trực tuyến")

    home = desk_at(app, NOON - timedelta(days=days)).get(HOME).text

    assert (f"1 {TOLD}" in home) is told
    assert ("Gần nhất: Lớp trực tuyến, lúc 12:00 10/10." in home) is told


def test_it_leads_to_the_field_where_the_link_is_entered(app):
    slot = make_slot(kind=Kind.ONLINE)
    address = f"{HOME}/ke-hoach/hoat-dong/{queries.slot(slot).activity_id}"
    desk = desk_at(app, NOON - timedelta(days=2))

    assert f'href="{address}#join_url"' in desk.get(HOME).text
    assert 'id="join_url"' in desk.get(address).text


def test_who_may_only_look_is_led_to_the_plan(app):
    slot = make_slot(kind=Kind.ONLINE)

    assert f'href="{HOME}/ke-hoach#ca-{slot}"' in desk_at(app, NOON - timedelta(days=2), Role.VIEWER).get(HOME).text


def test_with_a_link_there_is_nothing_to_do(app):
    make_slot(kind=Kind.ONLINE)
    make_slot()
    give_link()
    desk = desk_at(app, NOON - timedelta(days=2))

    assert TOLD not in desk.get(HOME).text
    assert "chưa có đường vào" not in desk.get(f"{HOME}/ke-hoach").text


def test_the_plan_marks_what_lacks_its_link_however_early(app):
    make_slot(kind=Kind.ONLINE)
    make_slot()

    assert desk_at(app, NOON - timedelta(days=60)).get(f"{HOME}/ke-hoach").text.count("chưa có đường vào") == 1


def test_many_online_slots_cost_no_more_statements(app):
    make_event()
    desk, asked = desk_at(app, NOON - timedelta(days=2)), []
    for many in (1, 20):
        for _ in range(many):
            make_slot(kind=Kind.ONLINE)
        desk.get(HOME)  # brings up to date what the process remembers
        with counted_statements() as statements:
            desk.get(HOME)
        asked.append(len(statements))

    assert asked[0] == asked[1]
