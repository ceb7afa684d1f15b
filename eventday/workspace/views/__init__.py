"""Organisers' pages, one module a part of the work; all hang on one blueprint."""

from eventday.workspace.views import choice, devices, home, live, people, plan
from eventday.workspace.views.frame import blueprint

__all__ = ["blueprint", "choice", "devices", "home", "live", "people", "plan"]
