"""Sentences in the reader's language: Flask-Babel's catalogue with a type. Import `translated` as `_` and `lazily` as `_l`, so that message
extraction finds the sentences.

Flask-Babel looks three times for the request's context at each sentence, and a list has a thousand: here its catalogue is asked for once
a request (a third of the time of a long list).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask, g, has_app_context
from flask_babel import LazyString, force_locale, get_translations

_CATALOGUE = "catalogue"


def init_app(app: Flask) -> None:
    """Templates ask the same catalogue. After Flask-Babel's own."""
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda sentence: _catalogue().ugettext(sentence), lambda one, many, count: _catalogue().ungettext(one, many, count), newstyle=True
    )


def translated(sentence: str, /, **facts: object) -> str:
    """The sentence with its facts put in; Vietnamese, the source, where there is no translation or no app."""
    found = str(_catalogue().ugettext(sentence))
    return found % facts if facts else found


def lazily(sentence: str, /, **facts: object) -> LazyString:
    """As `translated`, when it is read: for sentences that stand in modules."""
    return LazyString(translated, sentence, **facts)


@contextmanager
def in_language(language: str) -> Iterator[None]:
    """In one language whoever reads, as on paper that is signed."""
    readers = g.pop(_CATALOGUE, None)
    try:
        with force_locale(language):
            yield
    finally:
        g.pop(_CATALOGUE, None)
        if readers is not None:
            setattr(g, _CATALOGUE, readers)


def _catalogue() -> Any:
    """Of the request: but for `in_language` its language does not change under way."""
    if not has_app_context():
        return get_translations()
    found = g.get(_CATALOGUE)
    if found is None:
        found = get_translations()
        setattr(g, _CATALOGUE, found)
    return found
