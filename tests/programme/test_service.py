import pytest

from eventday.programme import queries, service
from eventday.programme.errors import EmptyPlan
from tests.factories import BEFORE, COMMUNE, NOON, make_event, make_slot


def test_an_empty_plan_is_not_published(each_app):
    event = make_event()

    with pytest.raises(EmptyPlan):
        service.publish(event.id, COMMUNE, now=BEFORE)

    assert queries.plan(event.id, COMMUNE).published_at is None


def test_publishing_twice_keeps_the_first_time(each_app):
    event = make_event()
    make_slot(published=False)

    first = service.publish(event.id, COMMUNE, now=BEFORE)
    second = service.publish(event.id, COMMUNE, now=NOON)

    assert (first.was_published, second.was_published) == (False, True)
    assert queries.plan(event.id, COMMUNE).published_at == BEFORE


def test_slots_of_equal_title_kind_and_host_share_an_activity(each_app):
    one = make_slot(title="Lớp học số “Em an toàn trên mạng”")
    other = make_slot(title="LỚP HỌC SỐ 'Em an toàn trên mạng'")

    assert queries.slot(one).activity_id == queries.slot(other).activity_id


def test_only_published_slots_are_shown_to_everybody(each_app):
    event = make_event()
    make_slot(published=False)

    assert queries.slots(event.id, COMMUNE, published_only=True) == []
    assert len(queries.slots(event.id, COMMUNE)) == 1
