from eventday.registrations import queries, service
from eventday.registrations.domain import PersonRequest, RegistrationRequest, Source
from tests.factories import BEFORE, COMMUNE, make_event, make_slot


def test_a_person_gets_a_pass_and_a_seat(each_app):
    event, slot_id = make_event(), make_slot(capacity=1)
    request = RegistrationRequest(
        event_id=event.id, commune_code=COMMUNE, phone="+84912345678", people=(PersonRequest(name="nguyễn văn an", slot_ids=(slot_id,)),), source=Source.API
    )

    (one,) = service.register(request, now=BEFORE)
    (again,) = service.register(request, now=BEFORE)

    assert one == again
    assert queries.holder(one.secret).view.registrations[0].status == "confirmed"
    assert queries.shown_pass(one.token).name == "Nguyễn Văn An"
