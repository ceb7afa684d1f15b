import pytest

from eventday.kernel import clock
from eventday.programme.domain import Kind
from eventday.registrations import events as ending
from tests.factories import BEFORE, COMMUNE, make_commune, make_event, make_slot


def test_events_are_told_to_everybody(app):
    event = make_event()

    answer = app.test_client().get("/api/v1/events")

    assert answer.json == {
        "events": [
            {
                "id": str(event.id),
                "code": "ngay-hoi-2027",
                "name": event.name,
                "province": "40",
                "first_day": "2027-10-09",
                "last_day": "2027-10-10",
                "cancelled": False,
            }
        ]
    }


def test_an_event_called_off_is_told_as_such_with_all_its_slots(each_app):
    make_slot()
    make_slot(kind=Kind.BOOTH)
    ending.cancel_event(make_event().id, "40", now=BEFORE)
    client = each_app.test_client()

    assert [event["cancelled"] for event in client.get("/api/v1/events").json["events"]] == [True]
    assert {slot["status"] for slot in client.get("/api/v1/events/ngay-hoi-2027/slots").json["slots"]} == {"cancelled"}


def test_the_document_tells_of_events_called_off(app):
    document = app.test_client().get("/api/v1/openapi.json").json
    told = document["components"]["schemas"]["EventBody"]

    assert (told["properties"]["cancelled"]["type"], "cancelled" in told["required"]) == ("boolean", True)
    assert "event_cancelled" in document["paths"]["/registrations"]["post"]["responses"]["409"]["description"]


def test_slots_say_what_is_left(app):
    clock.shift_to(BEFORE)
    make_slot(capacity=30, title="Lớp học số")

    (slot,) = app.test_client().get(f"/api/v1/events/ngay-hoi-2027/slots?commune={COMMUNE}").json["slots"]

    assert (slot["left"], slot["status"], slot["admission"], slot["start"]) == (30, "open", "seats", "2027-10-10T12:00:00+07:00")


def test_an_unknown_event_is_a_problem_with_a_sentence(app):
    answer = app.test_client().get("/api/v1/events/none/slots")

    assert (answer.status_code, answer.mimetype, answer.json["code"]) == (404, "application/problem+json", "not_found")


NO_COMMUNES = {
    "none has this code": "99999",
    "of another province": "27001",
    "no code at all": "Anh Sơn",
    "empty": "",
    "with an end of string": "%00",
}


@pytest.mark.parametrize("code", NO_COMMUNES.values(), ids=NO_COMMUNES)
def test_slots_of_what_is_no_commune_of_the_event_are_not_found(each_app, code):
    make_slot()
    make_commune("27001", "Xã Ở Nơi Khác", province="79")

    answer = each_app.test_client().get(f"/api/v1/events/ngay-hoi-2027/slots?commune={code}")

    assert (answer.status_code, answer.json["code"], answer.json["errors"][0]["pointer"]) == (404, "not_found", "/commune")


def test_a_commune_without_a_published_plan_has_no_slots(app):
    make_slot(published=False)
    make_commune("17230", "Xã Con Cuông")
    client = app.test_client()

    answers = [client.get(f"/api/v1/events/ngay-hoi-2027/slots?commune={code}") for code in (COMMUNE, "17230")]

    assert [(answer.status_code, answer.json) for answer in answers] == [(200, {"slots": []})] * 2


def test_the_document_says_when_slots_are_not_found(app):
    slots = app.test_client().get("/api/v1/openapi.json").json["paths"]["/events/{event}/slots"]["get"]

    (commune,) = (one for one in slots["parameters"] if one["name"] == "commune")
    assert "province" in commune["schema"]["description"]
    assert "application/problem+json" in slots["responses"]["404"]["content"]


def test_the_document_lists_the_operations(app):
    document = app.test_client().get("/api/v1/openapi.json").json

    assert document["openapi"] == "3.1.0"
    assert "/events/{event}/slots" in document["paths"]


def test_a_slot_is_added_and_published_by_one_command(app):
    make_event()
    runner = app.test_cli_runner()

    added = runner.invoke(
        args=[
            "slot",
            "add",
            "--event",
            "ngay-hoi-2027",
            "--commune",
            COMMUNE,
            "--title",
            "Lớp",
            "--capacity",
            "20",
            "--start",
            "2027-10-10T08:00",
            "--end",
            "2027-10-10T09:00",
        ]
    )

    assert added.exit_code == 0
    assert added.output.splitlines()[-1] in app.test_client().get("/api/v1/events/ngay-hoi-2027/slots").text


def test_publishing_nothing_is_refused_with_exit_code_1(app):
    make_event()

    refused = app.test_cli_runner().invoke(args=["plan", "publish", "--event", "ngay-hoi-2027", "--commune", COMMUNE])

    assert refused.exit_code == 1
    assert "chưa công bố được" in refused.output
