from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from eventday.db import db, transaction
from eventday.kernel import ids
from eventday.kernel.errors import NotFound
from eventday.programme.domain import Kind
from eventday.programme.errors import NoRegistrationNeeded, SlotCancelled, SlotClosed
from eventday.programme.models import Slot as SlotRow
from eventday.programme.seats import OpenSlot
from eventday.registrations import checks, queries, service, slots
from eventday.registrations.domain import Placed, Source, Status
from eventday.registrations.errors import PassTaken, WaitingListFull
from eventday.registrations.models import Consent, ConsentText, Household, Pass, Registration
from eventday.web.idempotency import IdempotencyKeyReused, IdempotentCall
from tests.factories import BEFORE, COMMUNE, NOON, make_event, make_slot
from tests.registrations.people import a_request, assert_sound, counters, person, registered, statuses


def _count(model) -> int:
    return db.session.scalar(select(func.count()).select_from(model))


def test_a_family_is_seated_as_far_as_it_goes(each_app):
    slot = make_slot(capacity=3)

    issued = registered(slot, people=5)

    assert [(one.placed[0].status, one.placed[0].position) for one in issued] == [
        ("confirmed", None),
        ("confirmed", None),
        ("confirmed", None),
        ("waiting", 1),
        ("waiting", 2),
    ]
    assert_sound()


def test_a_newcomer_waits_while_somebody_waits(each_app):
    slot = make_slot(capacity=1)
    registered(slot, people=2)

    (newcomer,) = registered(slot)

    assert (newcomer.placed[0].status, newcomer.placed[0].position) == ("waiting", 2)


def test_each_person_has_their_own_slots_in_the_order_asked_for(each_app):
    one, other = make_slot(), make_slot()

    issued = service.register(a_request(person(other, one), person(one), person()), now=BEFORE)

    assert [[at.slot_id for at in one_pass.placed] for one_pass in issued] == [[other, one], [one], []]


def test_cancelling_moves_up_who_waits_first(each_app):
    slot = make_slot(capacity=1)
    first, second, third = (registered(slot)[0] for _ in range(3))

    service.cancel(first.placed[0].id, now=BEFORE)

    assert statuses(slot) == ["cancelled", "confirmed", "waiting"]
    assert queries.holder(second.secret).view.registrations[0].position is None
    assert queries.holder(third.secret).view.registrations[0].position == 1
    assert_sound()


def test_cancelling_twice_frees_one_seat(each_app):
    slot = make_slot(capacity=1)
    first, *_ = (registered(slot)[0] for _ in range(3))

    for _ in range(2):
        service.cancel(first.placed[0].id, now=BEFORE)

    assert counters(slot) == (1, 1)
    assert_sound()


def test_who_leaves_the_queue_frees_no_seat(each_app):
    slot = make_slot(capacity=1)
    _, second, third = (registered(slot)[0] for _ in range(3))

    service.cancel(second.placed[0].id, now=BEFORE)

    assert statuses(slot) == ["confirmed", "cancelled", "waiting"]
    assert queries.holder(third.secret).view.registrations[0].position == 1


def test_cancelling_what_is_not_there_is_not_found(each_app):
    with pytest.raises(NotFound):
        service.cancel(ids.new(), now=BEFORE)


def test_who_cancelled_may_come_again_at_the_end(each_app):
    slot = make_slot(capacity=1)
    first, _ = (registered(slot)[0] for _ in range(2))
    service.cancel(first.placed[0].id, now=BEFORE)

    (placed,) = service.add_to_pass(first.secret, [slot], now=BEFORE)

    assert (placed.status, placed.position) == ("waiting", 1)
    assert_sound()


def test_a_larger_room_seats_who_waits(each_app):
    slot = make_slot(capacity=1)
    registered(slot, people=4)

    moved = slots.change_capacity(slot, 3, now=BEFORE)

    assert (len(moved), statuses(slot)) == (2, ["confirmed", "confirmed", "confirmed", "waiting"])
    assert_sound()


def test_a_room_is_never_smaller_than_its_people(each_app):
    slot = make_slot(capacity=3)
    registered(slot, people=2)

    with pytest.raises(slots.CapacityBelowTaken) as refused:
        slots.change_capacity(slot, 1, now=BEFORE)

    assert refused.value.facts == {"taken": 2}


def test_cancelling_a_slot_ends_every_registration_once(each_app):
    slot = make_slot(capacity=2)
    registered(slot, people=3)

    answers = [slots.cancel_slot(slot, now=BEFORE) for _ in range(2)]

    assert answers == [slots.Cancelled(confirmed=2, waiting=1), slots.Cancelled(0, 0)]
    assert (statuses(slot), counters(slot)) == (["cancelled"] * 3, (0, 0))


@pytest.mark.parametrize(
    ("slot", "now", "refusal"),
    [
        pytest.param({}, NOON, SlotClosed, id="begun"),
        pytest.param({"closes_at": BEFORE}, BEFORE, SlotClosed, id="closed earlier"),
        pytest.param({"published": False}, BEFORE, SlotClosed, id="not published"),
        pytest.param({"kind": Kind.BOOTH}, BEFORE, NoRegistrationNeeded, id="walked into"),
    ],
)
def test_some_slots_take_nobody_and_then_nothing_has_happened(each_app, slot, now, refusal):
    slot_id = make_slot(**slot)

    with pytest.raises(refusal):
        service.register(a_request(person(slot_id)), now=now)

    assert [_count(model) for model in (Household, Pass, Consent, Registration)] == [0, 0, 0, 0]


def test_a_cancelled_slot_takes_nobody(each_app):
    slot = make_slot()
    slots.cancel_slot(slot, now=BEFORE)

    with pytest.raises(SlotCancelled):
        registered(slot)


def test_a_slot_of_another_event_takes_nobody(each_app):
    slot = make_slot(event=make_event(code="khac"))

    with pytest.raises(NotFound):
        registered(slot)


def test_a_full_list_refuses_the_whole_request(each_app):
    each_app.config["SETTINGS"] = each_app.config["SETTINGS"].model_copy(update={"waiting_limit": 1})
    slot = make_slot(capacity=1)

    with pytest.raises(WaitingListFull):
        registered(slot, people=3)

    assert (counters(slot), _count(Pass)) == ((0, 0), 0)


@pytest.mark.parametrize(("source", "passes"), [(Source.API, 1), (Source.DESK, 1), (Source.IMPORT, 1), (Source.WEB, 2), (Source.WALK_IN, 2)])
def test_who_is_found_again_depends_on_the_way(each_app, source, passes):
    slot = make_slot()
    ask = a_request(person(slot, name="Nguyễn Văn An", birth_year=1980), source=source)
    again = a_request(person(slot, name="nguyen van an", birth_year=1980), source=source)

    first, second = service.register(ask, now=BEFORE), service.register(again, now=BEFORE)

    assert (_count(Pass), _count(Household)) == (passes, passes)
    assert (first == second) is (passes == 1)
    assert counters(slot) == (passes, 0)


def test_the_same_person_twice_in_one_request_is_one(each_app):
    slot = make_slot()

    one, other = service.register(a_request(person(slot, name="Lê An"), person(slot, name="Lê An"), source=Source.API), now=BEFORE)

    assert one == other
    assert counters(slot) == (1, 0)


def test_consent_is_stored_with_its_words_way_and_time(each_app):
    registered()
    service.register(a_request(person(), source=Source.WALK_IN, device_id=ids.new()), now=BEFORE)

    stored = db.session.execute(select(Consent.channel, Consent.agreed_at, ConsentText.text).join(ConsentText).order_by(Consent.id)).all()

    assert [(row.channel, row.agreed_at) for row in stored] == [("web", BEFORE), ("spoken", BEFORE)]
    assert "xóa sau ngày hội 90 ngày" in stored[0].text
    assert stored[0].text != stored[1].text


def test_a_typed_code_is_drawn_again_on_collision(each_app, monkeypatch):
    drawn = iter([b"12345678", b"12345abc", b"abcdefgh"])  # the first two share their first 40 bits
    monkeypatch.setattr("eventday.registrations.issuing.os.urandom", lambda count: next(drawn) if count == 8 else bytes(count))

    one, other = registered()[0], registered()[0]

    assert one.code != other.code


def test_an_id_that_a_phone_chose_is_taken_once(each_app):
    chosen = ids.new()
    ask = a_request(person(pass_id=chosen, code="a91caaeac8ea2266"), source=Source.WALK_IN)

    (one,) = service.register(ask, now=BEFORE)

    assert (one.id, one.code) == (chosen, "N4E-ANT-P8J")
    with pytest.raises(PassTaken):
        service.register(ask, now=BEFORE)


def test_a_walk_in_takes_a_seat_but_never_queues(each_app):
    slot = make_slot(capacity=1)
    event = make_event()
    one, other = registered(people=2)

    with transaction() as session:
        at = OpenSlot(slot, event.id, COMMUNE, NOON)
        placed = [service.seat_walk_in(session, issued.id, at, now=NOON + timedelta(minutes=5)) for issued in (one, other)]

    assert (placed[0].status, placed[1], counters(slot)) == ("confirmed", None, (1, 0))


def test_a_key_gives_the_first_answer_again_and_knows_other_bodies(each_app):
    slot = make_slot()
    call = IdempotentCall.of("form", "k", {"a": 1})
    first = service.register(a_request(person(slot)), now=BEFORE, key=call)
    service.cancel(first[0].placed[0].id, now=BEFORE)

    again = service.register(a_request(person(slot)), now=BEFORE, key=call)

    assert again == first == service.registered_before(call)
    assert (_count(Pass), counters(slot)) == (1, (0, 0))
    with pytest.raises(IdempotencyKeyReused):
        service.register(a_request(person(slot)), now=BEFORE, key=IdempotentCall.of("form", "k", {"a": 2}))


def test_an_answer_is_the_same_after_the_page_got_a_new_secret(each_app):
    call = IdempotentCall.of("form", "k", {})
    first = service.register(a_request(person()), now=BEFORE, key=call)
    service.reissue(first[0].secret)

    assert service.register(a_request(person()), now=BEFORE, key=call) == first


def test_no_secret_is_kept_with_an_answer(each_app):
    (issued,) = service.register(a_request(person()), now=BEFORE, key=IdempotentCall.of("form", "k", {}))

    kept = db.session.execute(select(func.max(service.idempotency.IdempotencyKey.response))).scalar_one()

    assert issued.secret not in kept
    assert issued.token not in kept


def test_a_refusal_is_not_kept(each_app):
    slot, call = make_slot(published=False), IdempotentCall.of("form", "k", {})
    with pytest.raises(SlotClosed):
        service.register(a_request(person(slot)), now=BEFORE, key=call)

    assert service.registered_before(call) is None


def test_adding_to_a_pass_keeps_what_stands(each_app):
    one, other = make_slot(), make_slot(capacity=0)
    (issued,) = registered(one)

    placed = service.add_to_pass(issued.secret, [other, one], now=BEFORE)

    assert [(at.slot_id, at.status) for at in placed] == [(other, Status.WAITING), (one, Status.CONFIRMED)]
    assert placed[1] == Placed(issued.placed[0].id, one, Status.CONFIRMED)
    assert counters(one) == (1, 0)


def test_an_unknown_secret_opens_nothing(each_app):
    make_event()

    assert queries.holder("0" * 26) is None
    for change in (lambda: service.add_to_pass("0" * 26, [], now=BEFORE), lambda: service.reissue("0" * 26)):
        with pytest.raises(NotFound):
            change()


def test_a_new_secret_replaces_the_old_one(each_app):
    (issued,) = registered()

    fresh = service.reissue(issued.secret)

    assert queries.holder(issued.secret) is None
    assert queries.holder(fresh).view.id == issued.id


def test_a_revoked_pass_takes_no_more_slots(each_app):
    slot = make_slot()
    (issued,) = registered()
    service.revoke(issued.id, now=BEFORE)

    assert queries.holder(issued.secret).view.revoked_at == BEFORE
    with pytest.raises(NotFound):
        service.add_to_pass(issued.secret, [slot], now=BEFORE)


def test_the_check_names_a_counter_that_differs_from_the_facts(each_app):
    slot = make_slot(capacity=2)
    registered(slot, people=3)
    with transaction() as session:
        session.execute(update(SlotRow).where(SlotRow.id == slot).values(taken=1, waiting=0))

    findings = [(finding.code, finding.counted, finding.found) for finding in checks.seats_and_people()]

    assert findings == [("taken_differs", 1, 2), ("waiting_differs", 0, 1)]
    assert each_app.test_cli_runner().invoke(args=["check"]).exit_code == 1


def test_the_check_is_content_where_all_is_well(app):
    registered(make_slot(capacity=2), people=3)

    assert app.test_cli_runner().invoke(args=["check"]).exit_code == 0
