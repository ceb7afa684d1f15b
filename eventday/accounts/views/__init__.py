"""Signing in and one's own account; all hang on one blueprint."""

from eventday.accounts.views import own, sign_in
from eventday.accounts.views.sign_in import blueprint

__all__ = ["blueprint", "own", "sign_in"]
