"""`places load`."""

import click

from eventday.catalogue import service


@click.command("load")
def load_command() -> None:
    """Load the official catalogue of provinces and communes; again after the package was upgraded."""
    loaded = service.load()
    click.echo(f"{loaded.provinces} tỉnh, thành phố; {loaded.communes} xã, phường, đặc khu; {loaded.changed} mục mới hoặc đổi tên.")


COMMANDS = [("places", load_command)]
