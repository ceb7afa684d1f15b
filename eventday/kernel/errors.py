"""How a rule says no."""

from typing import ClassVar


class Refusal(Exception):
    """A rule says no. Carries a code and facts, never a sentence: the feature's `messages` owns the wording.

    `status` is the HTTP status of the answer; `pointer` names the part of the request that is at fault (RFC 6901).
    """

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 409

    def __init__(self, pointer: str = "", **facts: object) -> None:
        super().__init__(self.code)
        self.pointer = pointer
        self.facts = facts


class NotFound(Refusal):
    """There is no such thing, or it is somebody else's: both look the same from outside."""

    code = "not_found"
    status = 404


class Forbidden(Refusal):
    """It is within the person's scope, but this right is not theirs."""

    code = "forbidden"
    status = 403


class Unauthorized(Refusal):
    """Nobody we know: no bearer, an unknown one, or one that ended."""

    code = "unauthorized"
    status = 401


class TryLater(Refusal):
    """It will work in a moment; `seconds` says when to ask again."""

    code = "try_later"
    status = 503
