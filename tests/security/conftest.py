"""A world for each module that walks through it."""

import pytest

from eventday.reports import passes
from tests.conftest import _app
from tests.security.world import make_world


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passes, "PATIENCE", 0.01)
        for app in _app(tmp_path_factory.mktemp("world") / "instance"):
            yield make_world(app)
