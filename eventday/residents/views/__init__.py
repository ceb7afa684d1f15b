"""Residents' pages; `blueprint` carries them all."""

from eventday.residents.views import downloads, passes, programme
from eventday.residents.views.routes import blueprint

__all__ = ["blueprint", "downloads", "passes", "programme"]
