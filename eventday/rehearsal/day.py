"""A day that has passed, as scanners saw it."""

import random

from eventday.programme.domain import Event
from eventday.rehearsal.locality import Locality


def pass_by(event: Event, locality: Locality, rng: random.Random) -> None:
    raise NotImplementedError
