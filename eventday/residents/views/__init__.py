"""Residents' pages; `blueprint` carries them all."""

from eventday.residents.views import downloads, logo, passes, programme
from eventday.residents.views.routes import blueprint

__all__ = ["blueprint", "downloads", "logo", "passes", "programme"]
