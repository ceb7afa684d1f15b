"""The scanner's two pages. They hold nothing secret: what a phone may know it asks for with its own token."""

from flask import Blueprint, current_app, render_template

from eventday.checkins.sentences import SENTENCES
from eventday.registrations import consent
from eventday.web.rules import public

blueprint = Blueprint("checkins", __name__)


@blueprint.get("/quet")
@public
def show_scanner() -> str:
    """The scanner; on a phone that is not enrolled it asks for the organiser's code."""
    days: int = current_app.config["SETTINGS"].retention_days
    spoken = consent.text("{commune}", days=days, spoken=True)  # which commune, only the device knows
    return render_template("checkins/scanner.html", sentences=_sentences(), consent=spoken)


@blueprint.get("/quet/<code>")
@public
def show_enrolment(code: str) -> str:
    """Says what enrolling means and asks who holds the phone. Looking at the page uses nothing up: the page's button does."""
    return render_template("checkins/enrolment.html", code=code, sentences=_sentences())


def _sentences() -> dict[str, str]:
    return {key: str(sentence) for key, sentence in SENTENCES.items()}
