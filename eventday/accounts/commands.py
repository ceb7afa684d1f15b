"""`user add`, `api-token add`, `list` and `revoke`."""

import re
from uuid import UUID

import click

from eventday.access import queries
from eventday.access import service as access
from eventday.access.domain import Role
from eventday.accounts import service
from eventday.catalogue import service as catalogue
from eventday.kernel import clock
from eventday.web.translation import translated as _

_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")
_SCOPES = {"country": "country", "province:CODE": r"province:\d{2}", "commune:CODE": r"commune:\d{5}"}


class Scope(click.ParamType[str]):
    """`country`, `province:CODE` or `commune:CODE`, as far as they are allowed here."""

    name = "scope"

    def __init__(self, *allowed: str) -> None:
        self._allowed = allowed

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if not any(re.fullmatch(_SCOPES[form], str(value)) for form in self._allowed):
            self.fail(f"{value!r}: expected {' or '.join(self._allowed)} with the state's code of 2 or 5 digits", param, ctx)
        return str(value)


class Address(click.ParamType[str]):
    """An e-mail address."""

    name = "email"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        text = str(value).strip().lower()
        if len(text) > 254 or not _ADDRESS.fullmatch(text):
            self.fail(f"{value!r} is no e-mail address", param, ctx)
        return text


def _role(name: str) -> Role:
    return Role[name.upper()]


@click.command("add")
@click.argument("email", type=Address())
@click.option("--role", required=True, type=click.Choice([role.name.lower() for role in Role]))
@click.option("--scope", default="country", type=Scope("country", "province:CODE", "commune:CODE"), help="country, province:CODE or commune:CODE.")
def add_user_command(email: str, role: str, scope: str) -> None:
    """Let a person work here; the last line is their one-time sign-in link."""
    catalogue.load_if_empty()
    link = service.invite(email, _role(role), scope, now=clock.now())
    click.echo(_("%(email)s: %(role)s, %(scope)s. Đường dẫn dùng một lần, trong 30 phút:", email=email, role=role, scope=scope))
    click.echo(link)


@click.command("add")
@click.option("--scope", required=True, type=Scope("province:CODE", "commune:CODE"), help="province:CODE or commune:CODE.")
@click.option("--role", default="organiser", type=click.Choice(["organiser", "viewer"]))
def add_api_token_command(scope: str, role: str) -> None:
    """Make a bearer token for the API; the last line is the token, told this once."""
    catalogue.load_if_empty()
    click.echo(access.add_api_token(_role(role), scope, now=clock.now()))


@click.command("list")
def list_api_tokens_command() -> None:
    """The tokens that programs may use now: id, role, scope, when each was made."""
    for token in queries.api_tokens():
        click.echo(f"{token.id}  {token.role.name.lower():<9}  {token.scope:<13}  {clock.local(token.created_at):%Y-%m-%d %H:%M}")


@click.command("revoke")
@click.argument("token", type=UUID)
def revoke_api_token_command(token: UUID) -> None:
    """Refuse a token, by its id, from now on."""
    access.revoke_api_token(token, now=clock.now())
    click.echo(_("Mã API này không còn dùng được."))


COMMANDS = [
    ("user", add_user_command),
    ("api-token", add_api_token_command),
    ("api-token", list_api_tokens_command),
    ("api-token", revoke_api_token_command),
]
