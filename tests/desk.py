"""Browsers of people who work here, for page tests: signed in, their session's form token at hand."""

import re
from dataclasses import dataclass
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from eventday.access import service
from eventday.access.domain import Role
from eventday.kernel import clock

_TOKEN = re.compile(r'name="csrf_token" value="([0-9a-f]{64})"')


@dataclass(frozen=True)
class Desk:
    """A signed-in browser."""

    client: FlaskClient
    token: str

    def get(self, url: str, **arguments):
        return self.client.get(url, **arguments)

    def post(self, url: str, data: dict | None = None, **arguments):
        """A form sent with the session's token."""
        return self.client.post(url, data={"csrf_token": self.token, **(data or {})}, **arguments)


def open_link(client: FlaskClient, link: str, **arguments: Any) -> TestResponse:
    """The button of the page that a one-time link leads to."""
    page = client.get(f"/dang-nhap/{link}", **{name: value for name, value in arguments.items() if name == "base_url"})
    return client.post(f"/dang-nhap/{link}", data={"csrf_token": token_of(page)}, **arguments)


def token_of(page: TestResponse) -> str:
    """The token of a page's forms; empty where it has none."""
    found = _TOKEN.search(page.text)
    return found[1] if found else ""


def sign_in(app: Flask, role: Role = Role.ORGANISER, scope: str = "commune:17329", email: str | None = None) -> Desk:
    """A browser of a new person with that role and scope (which must be in the catalogue)."""
    link = service.add_person(email or f"{role.name.lower()}@{scope.replace(':', '-')}.vn", role, scope, now=clock.now())
    client = app.test_client()
    open_link(client, link)
    page = client.get("/lam-viec?all=1").text
    return Desk(client, _TOKEN.search(page).group(1))
