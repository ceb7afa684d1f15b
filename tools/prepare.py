"""Make an instance ready: folder, keys, database at its newest migration, catalogue; the demo where no event is.

`python -m tools.prepare --empty` leaves the demo out; `--link` prints a one-time organiser link alone on stdout, if the public URL is on loopback.
"""

import sys

from sqlalchemy.exc import OperationalError

from eventday import config
from eventday.access.actor import Actor, acting_as
from eventday.accounts import service as accounts
from eventday.app import create_app
from eventday.catalogue import service as catalogue
from eventday.kernel import clock
from eventday.programme import queries as programme
from eventday.rehearsal import demo


def main(arguments: list[str]) -> None:
    try:
        settings = config.read()
        _prepare(settings, arguments)
    except config.SettingsError as error:
        sys.exit(f"eventday: {error}")
    except OSError as error:
        sys.exit(f"eventday: the instance cannot be used: {error}")
    except OperationalError as error:  # not reached, not writable, full
        sys.exit(f"eventday: the database cannot be used: {error.orig}")


def _prepare(settings: config.Settings, arguments: list[str]) -> None:
    say(f"Database and migrations: {_named(settings)}")
    app = create_app(settings)
    with app.app_context(), acting_as(Actor("command", "make run")):
        catalogue.load_if_empty()
        if "--empty" not in arguments and not programme.events():
            say("Loading the demo day of Xã Anh Sơn (17329)")
            demo.load(demo.Wanted(), now=clock.now())
        if "--link" in arguments and settings.is_local:
            print(accounts.local_organiser_link(clock.now()), flush=True)


def _named(settings: config.Settings) -> str:
    """The database without its password."""
    kind, _, rest = settings.database_url.partition("://")
    return f"{kind}://…@{rest.rpartition('@')[2]}" if "@" in rest else settings.database_url


def say(text: str) -> None:
    print(f"— {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
