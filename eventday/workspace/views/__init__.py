"""Organisers' pages, one module a part of the work; all hang on one blueprint."""

from eventday.workspace.views import (
    activities,
    audit,
    choice,
    devices,
    enlist,
    event,
    home,
    lists,
    live,
    occurrences,
    people,
    person,
    places,
    plan,
    profile,
    province,
    staff,
)
from eventday.workspace.views.frame import blueprint

__all__ = [
    "activities",
    "audit",
    "blueprint",
    "choice",
    "devices",
    "enlist",
    "event",
    "home",
    "lists",
    "live",
    "occurrences",
    "people",
    "person",
    "places",
    "plan",
    "profile",
    "province",
    "staff",
]
