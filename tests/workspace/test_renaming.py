"""An organisation with a new name: all that it offers says so, on both databases and on every page."""

import pytest
from sqlalchemy import update

from eventday.db import db, transaction
from eventday.places import editing
from eventday.places.entries import EquipmentEntry, HostEntry, NameTaken
from eventday.programme import models, queries
from eventday.programme.errors import HostsMeet
from eventday.registrations import events
from eventday.workspace import renaming
from tests.checkins.gate import Phone
from tests.desk import sign_in
from tests.factories import BEFORE, COMMUNE, make_event, make_slot
from tests.workspace.test_places import seen

OLD, NEW = "UBND xã", "Ủy ban nhân dân xã Anh Sơn"


def add(entry):
    return editing.add(COMMUNE, [entry], now=BEFORE)[0]


def rename(host, name=NEW, aliases=()):
    count = renaming.change(COMMUNE, host, HostEntry(name=name, aliases=aliases), seen=None, now=BEFORE)
    db.session.rollback()
    return count


def activity(slot_id):
    return queries.activity(queries.slot(slot_id).activity_id)


def test_who_is_in_charge_or_helps_is_called_by_the_new_name(each_app):
    mine, helped, others = make_slot(), make_slot(), make_slot(commune="17230")
    with transaction() as session:
        helping = update(models.Activity).where(models.Activity.id == queries.slot(helped).activity_id)
        session.execute(helping.values(host="Đoàn xã", host_key="doan xa", co_hosts=["Hội phụ nữ", "ubnd Xã"]))

    assert rename(add(HostEntry(name=OLD))) == 2
    assert (activity(mine).host, activity(helped).co_hosts, activity(others).host) == (NEW, ("Hội phụ nữ", NEW), OLD)


def test_other_spellings_are_written_anew_too(each_app):
    slot = make_slot()
    host = add(HostEntry(name="Ủy ban xã", aliases=(OLD,)))

    assert (rename(host, aliases=(OLD,)), activity(slot).host) == (1, NEW)


def test_what_would_then_be_one_activity_is_refused_and_nothing_changes(each_app):
    slot = make_slot(title="Lớp A")
    twin = make_slot(title="Khác")
    host = add(HostEntry(name=OLD))
    with transaction() as session:
        same = {"title": "Lớp A", "title_key": "lop a", "host": NEW, "host_key": "uy ban nhan dan xa anh son"}
        session.execute(update(models.Activity).where(models.Activity.id == queries.slot(twin).activity_id).values(**same))

    with pytest.raises(HostsMeet):
        rename(host)
    db.session.rollback()
    assert activity(slot).host == OLD


def test_equipment_with_a_new_name_is_asked_for_by_it(each_app):
    slot = make_slot()
    thing = add(EquipmentEntry(name="máy chiếu", unit="cái", in_commune=1))
    with transaction() as session:
        session.execute(update(models.Activity).values(equipment="loa:1; 2 Máy chiếu"))

    count = renaming.change(COMMUNE, thing, EquipmentEntry(name="Máy chiếu Epson", unit="cái", in_commune=1), seen=None, now=BEFORE)
    db.session.rollback()

    assert (count, activity(slot).equipment) == (1, "loa:1; 2 Máy chiếu Epson")


def test_a_name_that_another_has_changes_nothing(each_app):
    slot = make_slot()
    host, _ = add(HostEntry(name=OLD)), add(HostEntry(name=NEW))

    with pytest.raises(NameTaken):
        rename(host)
    assert activity(slot).host == OLD


def test_an_event_that_was_called_off_keeps_the_name_of_then(each_app):
    slot = make_slot()
    host = add(HostEntry(name=OLD))
    events.cancel_event(make_event().id, "40", now=BEFORE)

    assert (rename(host), activity(slot).host) == (0, OLD)


def test_residents_the_desk_the_scanner_and_the_report_say_it(app):
    slot = make_slot()
    host, desk, phone = add(HostEntry(name=OLD)), sign_in(app), Phone(app.test_client())
    place = f"/lam-viec/{COMMUNE}/ngay-hoi-2027"
    cursor, url = phone.bundle()["cursor"], f"{place}/dia-phuong/don-vi/{host}"

    saved = desk.post(url, {"name": NEW, "seen": seen(desk.get(url))})

    assert "1 hoạt động trong kế hoạch nay ghi tên mới." in desk.get(saved.location).text
    assert NEW in app.test_client().get(f"/{COMMUNE}/hoat-dong/{queries.slot(slot).activity_id}").text
    assert [NEW in desk.get(f"{place}/{page}").text for page in ("ke-hoach", "bao-cao/xem")] == [True, True]
    assert [{one["activity"]["host"] for one in phone.bundle(since)["slots"]} for since in (None, cursor)] == [{NEW}, {NEW}]
