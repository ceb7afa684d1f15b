"""`python -m tools.web …`: granian with the app loaded before its processes are forked, so that what none of them changes is in memory once.

The options are granian's own, the app's name is the last of them (docs/decisions/0005-granian.md). Nothing that is open may be shared:
the database's connections are closed here, each process opens its own; locks of files are opened anew after a fork (`eventday/sqlite.py`).
"""

import sys
from importlib import import_module

from granian import cli


def main() -> None:
    app = import_module(sys.argv[-1].partition(":")[0]).app
    with app.app_context():
        app.extensions["sqlalchemy"].engine.dispose()
    cli.entrypoint()  # type: ignore[no-untyped-call]


if __name__ == "__main__":
    main()
