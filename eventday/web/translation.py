"""Sentences in the reader's language: Flask-Babel's gettext with a type. Import it as `_`, so that message extraction finds the sentences."""

from flask_babel import gettext


def translated(sentence: str, **facts: object) -> str:
    """The sentence with its facts put in; Vietnamese, the source, where there is no translation or no app."""
    return str(gettext(sentence, **facts))
