"""Every icon that a template asks for is drawn: a missing one is an error page, where perhaps nobody looked yet."""

import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
DRAWN = set(re.findall(r'id="([a-z-]+)"', (PROJECT / "static" / "icons.svg").read_text(encoding="utf-8")))
TEMPLATES = sorted(path for path in (PROJECT / "templates").rglob("*.html") if path.parent.name != "checkins")  # the scanner has its own shapes


def test_there_are_icons_and_templates():
    assert len(DRAWN) > 20
    assert len(TEMPLATES) > 80


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(PROJECT / "templates")))
def test_icons_of_a_template_are_drawn(template: Path):
    asked = set(re.findall(r"\bicon\('([a-z-]+)'", template.read_text(encoding="utf-8")))

    assert asked <= DRAWN
