"""`places load`."""

import click

from eventday.catalogue import service
from eventday.web.translation import translated as _


@click.command("load")
def load_command() -> None:
    """Load the official catalogue of provinces and communes; again after the package was upgraded."""
    loaded = service.load()
    counts = {"provinces": loaded.provinces, "communes": loaded.communes, "changed": loaded.changed}
    click.echo(_("%(provinces)s tỉnh, thành phố; %(communes)s xã, phường, đặc khu; %(changed)s mục mới hoặc đổi tên.", **counts))


COMMANDS = [("places", load_command)]
