import pytest

from eventday.access import queries as access_queries
from eventday.access import service as access
from eventday.access.domain import Role
from eventday.db import transaction
from eventday.kernel import clock, ids
from eventday.places.models import Hamlet
from eventday.programme.domain import Kind
from eventday.registrations import events as ending
from eventday.registrations import passes, queries
from tests.factories import BEFORE, COMMUNE, make_commune, make_event, make_slot

OTHER = "17365"


@pytest.fixture
def call(app):
    """Calls the API as an organiser of the commune, twelve days before the event."""
    clock.shift_to(BEFORE)
    make_event()
    return caller(app, Role.ORGANISER, f"commune:{COMMUNE}")


def caller(app, role, scope):
    token = access.add_api_token(role, scope, now=BEFORE)
    client = app.test_client()

    def call(method, path, json=None, **headers):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return client.open(f"/api/v1/{path}", method=method, json=json, headers={"Authorization": f"Bearer {token}", **named})

    return call


def body(*slots, **more):
    person = {"name": "Nguyễn Văn An", "birth_year": 1980, "slots": [str(slot) for slot in slots]}
    return {"event": "ngay-hoi-2027", "phone": "0912 345 678", "consent": True, "people": [person | more.pop("person", {})]} | more


def problems(answer):
    return answer.status_code, answer.json["code"], [(error["pointer"], error["code"]) for error in answer.json.get("errors", [])]


def test_registering_gives_a_pass_with_three_secrets(call):
    slot = make_slot()

    answer = call("POST", "registrations", body(slot))

    (one,) = answer.json["passes"]
    assert answer.status_code == 201
    assert (one["name"], len(one["token"]), passes.format_code(passes.check(one["code"]))) == ("Nguyễn Văn An", 119, one["code"])
    assert one["url"].startswith("http://127.0.0.1:8000/p/")
    assert [(at["slot"], at["status"]) for at in one["registrations"]] == [(str(slot), "confirmed")]


@pytest.mark.parametrize(("slots", "code"), [(1, "slot_cancelled"), (0, "event_cancelled")])
def test_an_event_called_off_takes_nobody(call, slots, code):
    slot = make_slot()
    ending.cancel_event(make_event().id, "40", now=BEFORE)

    assert problems(call("POST", "registrations", body(*[slot] * slots)))[:2] == (409, code)
    assert call("GET", f"registrations?slot={slot}").json["registrations"] == []


def test_a_full_slot_gives_a_place_in_the_queue(call):
    slot = make_slot(capacity=0)

    answer = call("POST", "registrations", body(slot))

    assert [(at["status"], at["position"]) for at in answer.json["passes"][0]["registrations"]] == [("waiting", 1)]


def test_the_same_person_has_the_same_pass_and_is_not_registered_twice(call):
    slot = make_slot()

    first = call("POST", "registrations", body(slot))
    again = call("POST", "registrations", body(slot, phone="+84 912 345 678", person={"name": "NGUYEN VAN AN"}))

    assert again.json == first.json


def test_a_pass_alone_needs_no_slot(call):
    assert call("POST", "registrations", body()).json["passes"][0]["registrations"] == []


def test_a_child_needs_an_adult_and_from_seven_on_a_word_of_its_own(call):
    children = [{"name": "Bé An", "birth_year": 2022, "guardian": " "}, {"name": "Em Bình", "birth_year": 2015, "guardian": "Lê Thị Hoa"}]

    answer = call("POST", "registrations", body() | {"people": children})

    assert problems(answer) == (
        422,
        "validation_failed",
        [("/people/0/guardian", "guardian_required"), ("/people/1/child_agrees", "child_agreement_required")],
    )


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"consent": False}, [("/consent", "consent_required")]),
        ({"phone": "0123"}, [("/phone", "invalid")]),
        ({"phone": "không có"}, [("/phone", "required")]),
        ({"phone": None}, [("/phone", "invalid")]),
        ({"event": "none"}, [("/event", "invalid")]),
        ({"people": []}, [("/people", "invalid")]),
        ({"people": [{"name": "A"}] * 51}, [("/people", "invalid")]),
        ({"people": [{}]}, [("/people/0/name", "required")]),
        ({"person": {"name": "  "}}, [("/people/0/name", "required")]),
        ({"person": {"name": "123"}}, [("/people/0/name", "invalid")]),
        ({"person": {"name": "A" * 121}}, [("/people/0/name", "invalid")]),
        ({"person": {"birth_year": 2028}}, [("/people/0/birth_year", "invalid")]),
        ({"person": {"birth_year": 1800}}, [("/people/0/birth_year", "invalid")]),
        ({"person": {"birth_year": "1980"}}, [("/people/0/birth_year", "invalid")]),
        ({"person": {"gender": "nam"}}, [("/people/0/gender", "invalid")]),
        ({"person": {"hamlet": "Thôn không có"}}, [("/people/0/hamlet", "invalid")]),
        ({"person": {"slots": ["x"]}}, [("/people/0/slots/0", "invalid")]),
    ],
)
def test_what_is_wrong_is_named_by_pointer(call, change, expected):
    assert problems(call("POST", "registrations", body(**change))) == (422, "validation_failed", expected)


def test_a_hamlet_is_found_by_code_and_by_name(call):
    with transaction() as session:
        session.add(Hamlet(id=ids.new(), commune_code=COMMUNE, code="T01", name="Thôn 1", aliases=[]))

    answers = [call("POST", "registrations", body(person={"hamlet": text, "name": f"Lê {text}"})).status_code for text in ("T01", "thôn 1")]

    assert answers == [201, 201]


def test_anothers_slot_and_an_unknown_one_do_not_exist(call):
    theirs = make_slot(commune=OTHER)

    assert call("POST", "registrations", body(theirs)).status_code == 404
    assert call("POST", "registrations", body(ids.new())).status_code == 404


def test_a_pass_alone_belongs_to_an_event_of_the_own_province(call):
    make_commune("00070", "Phường Hoàn Kiếm", "01")
    make_event(code="o-noi-khac", province="01")

    assert problems(call("POST", "registrations", body(event="o-noi-khac")))[2] == [("/event", "invalid")]


def test_a_slot_of_another_event_is_invalid(call):
    other = make_slot(event=make_event(code="khac"))

    assert problems(call("POST", "registrations", body(other)))[2] == [("/people/0/slots/0", "invalid")]


@pytest.mark.parametrize(
    ("slot", "code"),
    [
        ({"closes_at": BEFORE}, "slot_closed"),
        ({"published": False}, "slot_closed"),
        ({"kind": Kind.BOOTH}, "no_registration_needed"),
    ],
)
def test_a_slot_that_takes_nobody_is_a_conflict(call, slot, code):
    answer = call("POST", "registrations", body(make_slot(**slot)))

    assert (answer.status_code, answer.json["code"]) == (409, code)


def test_the_list_that_is_full_refuses_and_nothing_has_happened(call, app):
    app.config["SETTINGS"] = app.config["SETTINGS"].model_copy(update={"waiting_limit": 1})
    free, full = make_slot(), make_slot(capacity=0)
    people = [{"name": f"Người {letter}", "slots": [str(free), str(full)]} for letter in "AB"]

    answer = call("POST", "registrations", body() | {"people": people})

    assert (answer.status_code, answer.json["code"]) == (409, "waiting_list_full")
    assert call("GET", f"registrations?slot={free}").json == {"registrations": [], "next": None}


def test_an_idempotency_key_repeats_the_answer_byte_for_byte(call):
    slot = make_slot(capacity=0)

    first = call("POST", "registrations", body(slot), Idempotency_Key="k")
    made = first.json["passes"][0]["registrations"][0]["id"]
    call("DELETE", f"registrations/{made}")
    again = call("POST", "registrations", body(slot), Idempotency_Key="k")
    other = call("POST", "registrations", body(slot, phone="0987654321"), Idempotency_Key="k")

    assert (again.status_code, again.data) == (201, first.data)
    assert problems(other) == (422, "idempotency_key_reused", [])


def test_a_key_belongs_to_its_bearer_and_a_refusal_is_not_kept(call, app):
    slot = make_slot()
    wrong = call("POST", "registrations", body(slot, consent=False), Idempotency_Key="k")

    right = call("POST", "registrations", body(slot), Idempotency_Key="k")
    neighbour = caller(app, Role.ORGANISER, "province:40")("POST", "registrations", body(slot, phone="0987654321"), Idempotency_Key="k")

    assert (wrong.status_code, right.status_code, neighbour.status_code) == (422, 201, 201)


def test_cancelling_twice_answers_alike_and_moves_the_next_one_up(call):
    slot = make_slot(capacity=1)
    first = call("POST", "registrations", body(slot)).json["passes"][0]["registrations"][0]["id"]
    call("POST", "registrations", body(slot, person={"name": "Lê Thị Bình"}))

    answers = [call("DELETE", f"registrations/{first}").status_code for _ in range(2)]

    assert answers == [204, 204]
    listed = call("GET", f"registrations?slot={slot}").json["registrations"]
    assert [(one["name"], one["phone"], one["status"]) for one in listed] == [
        ("Nguyễn Văn An", "+84912345678", "cancelled"),
        ("Lê Thị Bình", "+84912345678", "confirmed"),
    ]


def test_a_list_goes_on_behind_its_cursor(call, monkeypatch):
    monkeypatch.setattr(queries, "PAGE", 2)
    slot = make_slot()
    call("POST", "registrations", body() | {"people": [{"name": f"Người {letter}", "slots": [str(slot)]} for letter in "ABC"]})

    first = call("GET", f"registrations?slot={slot}").json
    rest = call("GET", f"registrations?slot={slot}&cursor={first['next']}").json

    assert [one["name"] for one in first["registrations"] + rest["registrations"]] == ["Người A", "Người B", "Người C"]
    assert rest["next"] is None


@pytest.mark.parametrize(("query", "expected"), [("", [("/slot", "required")]), ("?slot=x", [("/slot", "invalid")])])
def test_a_list_needs_a_slot(call, query, expected):
    assert problems(call("GET", f"registrations{query}"))[2] == expected


def test_a_pass_is_found_by_id_and_by_its_typed_code(call):
    made = call("POST", "registrations", body(make_slot())).json["passes"][0]
    del made["url"]

    assert call("GET", f"passes/{made['id']}").json == made
    assert call("GET", f"passes/{made['code'].lower().replace('-', ' ')}").json == made
    assert call("GET", "passes/DME4NT1RW").status_code == 404


def test_a_pass_is_seen_where_it_was_made_and_at_its_slots_only(call, app):
    here, there = make_slot(), make_slot(commune=OTHER)
    province = caller(app, Role.ORGANISER, "province:40")
    made = province("POST", "registrations", body(here, there)).json["passes"][0]["id"]
    alone = call("POST", "registrations", body(phone="0987654321")).json["passes"][0]["id"]
    neighbour = caller(app, Role.VIEWER, f"commune:{OTHER}")

    assert [call("GET", f"passes/{made}").status_code, neighbour("GET", f"passes/{made}").status_code] == [200, 200]
    assert [call("GET", f"passes/{alone}").status_code, neighbour("GET", f"passes/{alone}").status_code] == [200, 404]


def test_a_viewer_may_not_register_and_a_stranger_nothing(call, app):
    viewer = caller(app, Role.VIEWER, f"commune:{COMMUNE}")

    assert viewer("POST", "registrations", body()).status_code == 403
    assert app.test_client().post("/api/v1/registrations", json=body()).status_code == 401


@pytest.mark.parametrize(
    "body",
    [{"data": b"{"}, {"data": b" " * 100_000}, {"data": b"a=b", "content_type": "text/plain"}, {"json": []}],
    ids=["no json", "large", "text", "list"],
)
def test_who_asks_matters_before_what_is_sent(app, body):
    make_event()
    viewer = access.add_api_token(Role.VIEWER, f"commune:{COMMUNE}", now=BEFORE)
    sent = {"content_type": "application/json", **body} if "data" in body else body

    answers = [
        app.test_client().post("/api/v1/registrations", headers={"Authorization": f"Bearer {token}"}, **sent) for token in ("", "x", "\xe9", viewer)
    ]

    assert [answer.status_code for answer in answers] == [401, 401, 401, 403]


@pytest.mark.parametrize("more", [{}, {"consent": False}, {"event": "khac"}])
def test_a_revoked_token_is_refused_with_the_next_request_whatever_it_sends(call, more):
    slot = make_slot()
    call("POST", "registrations", body(slot), Idempotency_Key="k")
    access.revoke_api_token(access_queries.api_tokens()[0].id, now=BEFORE)

    again = call("POST", "registrations", body(slot), Idempotency_Key="k")
    new = call("POST", "registrations", body(slot, phone="0987654321", **more))

    assert [answer.status_code for answer in (again, new, call("GET", f"registrations?slot={slot}"))] == [401, 401, 401]
    assert len(queries.listed(slot, after=None, limit=9)) == 1


def test_a_revoked_viewer_is_told_that_and_not_that_it_may_not(call, app):
    viewer = caller(app, Role.VIEWER, f"commune:{COMMUNE}")
    assert viewer("POST", "registrations", body()).status_code == 403

    access.revoke_api_token(access_queries.api_tokens()[-1].id, now=BEFORE)

    assert viewer("POST", "registrations", body()).status_code == 401


def test_anothers_registration_cannot_be_cancelled_or_listed(call, app):
    slot = make_slot()
    made = call("POST", "registrations", body(slot)).json["passes"][0]["registrations"][0]["id"]
    neighbour = caller(app, Role.ORGANISER, f"commune:{make_commune(OTHER, 'Xã Anh Sơn Đông')}")

    assert [neighbour("DELETE", f"registrations/{made}").status_code, neighbour("GET", f"registrations?slot={slot}").status_code] == [404, 404]


def test_a_device_sees_passes_of_its_place(call, app):
    event = make_event()
    made = call("POST", "registrations", body(make_slot())).json["passes"][0]
    device = access.enrol(access.open_enrolment(event.id, COMMUNE, [], manual=False, now=BEFORE), "Máy cổng", now=BEFORE)
    elsewhere = access.enrol(
        access.open_enrolment(event.id, make_commune(OTHER, "Xã Anh Sơn Đông"), [], manual=False, now=BEFORE), "Máy xã bên", now=BEFORE
    )

    answers = [
        app.test_client().get(f"/api/v1/passes/{made['code']}", headers={"Authorization": f"Bearer {one.token}"}).status_code
        for one in (device, elsewhere)
    ]

    assert answers == [200, 404]
