"""Where servers and the `flask` command find the app."""

from eventday.app import create_app

app = create_app()
