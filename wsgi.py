"""Where servers and the `flask` command find the app."""

import sys

from eventday.app import create_app
from eventday.config import SettingsError

try:
    app = create_app()
except SettingsError as error:
    sys.exit(f"eventday: {error}")
