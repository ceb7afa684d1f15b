"""The mark that every route carries: who may use it. A test walks the URL map for views without."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

_View = TypeVar("_View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Rule:
    """Who a route asks for (anybody, person, token, device, token or device) and the least role, as its name."""

    who: str
    role: str | None = None


def rule_of(view: Callable[..., Any]) -> Rule | None:
    return getattr(view, "access_rule", None)


def mark(view: _View, rule: Rule) -> _View:
    view.access_rule = rule  # type: ignore[attr-defined]
    return view


def public(view: _View) -> _View:
    """Anybody may."""
    return mark(view, Rule("anybody"))
