"""The interface asked for whatever its own document allows, and for what it does not: a short walk; the long one is `proofs.schema`."""

from contextlib import suppress

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS

from eventday.access import service as access
from eventday.access.domain import Role
from eventday.kernel import clock
from proofs.schema import LEFT_OUT
from tests.conftest import _app
from tests.factories import BEFORE, COMMUNE, make_event, make_slot

OF_DEVICES = {"create_checkins", "create_walk_ins", "show_bundle"}


QUICK = settings(max_examples=15, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def interface(tmp_path_factory):
    """The document of an app with a slot, and who may ask for what: (operations, the slot's id, headers by operation)."""
    for app in _app(tmp_path_factory.mktemp("schema") / "instance"):
        clock.shift_to(BEFORE)
        slot = make_slot()
        device = access.enrol(access.open_enrolment(make_event().id, COMMUNE, [], manual=True, now=BEFORE), "Cổng", now=BEFORE)
        person = access.add_api_token(Role.ORGANISER, f"commune:{COMMUNE}", now=BEFORE)
        schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
        yield [found.ok() for found in schema.get_all_operations()], str(slot), (person, device.token)


def name_of(operation):
    return operation.definition.raw["operationId"].partition("_api_")[2]


def ask(operation, strategy, slot, tokens):
    """As many cases as are quick; raises where an answer is not as the document says."""
    headers = {"Authorization": f"Bearer {tokens[name_of(operation) in OF_DEVICES]}", "Accept-Encoding": "identity"}
    left_out = [CHECKS.get_one(name) for name in (*LEFT_OUT, "negative_data_rejection")]  # a header left out is put back above

    @QUICK
    @given(strategy)
    def run(case):
        if case.query.get("slot"):
            case.query["slot"] = slot
        case.call_and_validate(headers=headers, excluded_checks=left_out)

    with suppress(Unsatisfiable):  # what asks for nothing cannot be asked wrongly
        run()


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_every_answer_is_as_the_document_says(interface, mode):
    operations, *known = interface
    for operation in operations:
        ask(operation, operation.as_strategy(generation_mode=mode), *known)

    assert {name_of(one) for one in operations} > OF_DEVICES
