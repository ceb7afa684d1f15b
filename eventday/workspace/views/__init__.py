"""Organisers' pages, one module a part of the work; all hang on one blueprint."""

from eventday.workspace.views import audit, choice, devices, enlist, home, lists, live, people, person, places, plan, profile, staff
from eventday.workspace.views.frame import blueprint

__all__ = ["audit", "blueprint", "choice", "devices", "enlist", "home", "lists", "live", "people", "person", "places", "plan", "profile", "staff"]
