"""Every Vietnamese sentence goes through translation, and extraction finds it: English is then a file, not a change of code (docs: architecture)."""

import ast
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from jinja2 import Environment, nodes

import eventday
from eventday.config import PROJECT

PACKAGE = Path(eventday.__file__).parent
TEMPLATES = PROJECT / "templates"
SOURCES = sorted(PACKAGE.rglob("*.py"))
PAGES = sorted(path for path in TEMPLATES.rglob("*") if path.is_file())
_WORDED = {"_", "_l", "gettext", "lazy_gettext", "ngettext", "lazy_ngettext", "translated"}

# Vietnamese that no reader is shown as our words. By file, or file:CONSTANT where the file has sentences too.
DATA = {
    "imports/cells.py": "how officials name hosts and join lists in a cell",
    "imports/encodings.py": "letters of old encodings",
    "imports/lines.py": "how officials number the groups of a plan",
    "imports/moments.py": "how officials write parts of a day",
    "imports/when.py": "how officials write hours and days",
    "kernel/name.py": "the alphabet that names are sorted by",
    "kernel/phone.py": "how people join two numbers",
    "kernel/text.py": "the letter that folding must know",
    "places/domain.py": "how officials name houses of culture",
    "registrations/consent.py": "what people agreed to is kept word for word: a translation is another text with another version",
    "programme/conflicts/pools.py": "how officials join two things in a cell",
    "rehearsal/choices.py": "the demo's commune speaks Vietnamese: whom its activities are for",
    "rehearsal/day.py": "the demo's scanners",
    "rehearsal/demo.py": "the demo's event",
    "rehearsal/locality.py": "the demo's villages and halls",
    "reports/lines.py:_BEGINS_A_LINE": "words before which a Vietnamese title may break",
    "reports/names.py:_HAMLETS_OF_TWO_WORDS": "how names of villages begin",
    "reports/names.py:_KIND_WORDS": "what officials begin a title with",
    "reports/wording.py:_RURAL": "a kind of commune, as the catalogue has it",
    "residents/domain.py:_KIND_WORDS": "what officials begin a title with",
}
NAMES_IN_TEMPLATES = {"Thành phố": "how the catalogue's names of cities begin"}


def _is_vietnamese(text: str) -> bool:
    """Whether a letter has a Vietnamese mark."""
    letters = unicodedata.normalize("NFD", text)
    return bool(re.search("[\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323đĐ]", letters))


def _said_by(source: str) -> Iterator[tuple[str, str]]:
    """(constant at the top that it belongs to or "", text) of each Vietnamese string that is neither a docstring nor worded."""
    for statement in ast.parse(source).body:
        target = statement.targets[0] if isinstance(statement, ast.Assign) else getattr(statement, "target", None)
        for text in _unworded(statement):
            yield target.id if isinstance(target, ast.Name) else "", text


def _unworded(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and _is_vietnamese(node.value):
        yield node.value
    for child in _facts_of(node) if _is_worded(node) else ast.iter_child_nodes(node):
        yield from _unworded(child)


def _is_worded(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and _name_of(node) in _WORDED


def _name_of(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def _facts_of(call: ast.AST) -> list[ast.expr]:
    assert isinstance(call, ast.Call)
    return [fact.value for fact in call.keywords]


def _shown_by(node: nodes.Node) -> Iterator[str]:
    """Each Vietnamese text of a template that is not worded. Comments are no part of the tree, {% trans %} becomes a call of gettext."""
    if isinstance(node, nodes.TemplateData) and _is_vietnamese(node.data):
        yield node.data.strip()
    if isinstance(node, nodes.Const) and isinstance(node.value, str) and _is_vietnamese(node.value):
        yield node.value
    is_worded = isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name in _WORDED
    for child in [fact.value for fact in node.kwargs] if is_worded else node.iter_child_nodes():
        yield from _shown_by(child)


def _parsed(template: str) -> nodes.Template:
    return Environment(extensions=["jinja2.ext.i18n"], autoescape=True).parse(template)


def _found() -> dict[str, list[str]]:
    """Vietnamese strings of the package that are not worded, by file, or by file:CONSTANT where that is in the list."""
    found: dict[str, list[str]] = {}
    for path in SOURCES:
        name = str(path.relative_to(PACKAGE))
        for constant, text in _said_by(path.read_text(encoding="utf-8")):
            key = f"{name}:{constant}" if f"{name}:{constant}" in DATA else name
            found.setdefault(key, []).append(text)
    return found


def test_code_says_nothing_in_vietnamese_but_through_translation():
    assert {key: texts for key, texts in _found().items() if key not in DATA} == {}


def test_list_of_data_names_nothing_that_is_gone():
    assert DATA.keys() - _found().keys() == set()


def test_templates_say_nothing_in_vietnamese_but_through_translation():
    found = {str(path.relative_to(TEMPLATES)): list(_shown_by(_parsed(path.read_text(encoding="utf-8")))) for path in PAGES}

    assert {name: words for name, texts in found.items() if (words := [text for text in texts if text not in NAMES_IN_TEMPLATES])} == {}


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        ('click.echo("Đã nhập")', ["Đã nhập"]),
        ('def told(n):\n    """Số ca."""\n    return f"{n} lượt"', [" lượt"]),
        ('WORDS = {"a": _l("Xã"), "b": "Phường"}', ["Phường"]),
        ('_("Có %(who)s", who=name or "bà con")', ["bà con"]),
        ('_("Có %(who)s", who=_("bà con"))', []),
    ],
)
def test_a_sentence_in_code_would_be_found(source, texts):
    assert [text for _, text in _said_by(source)] == texts


@pytest.mark.parametrize(
    ("template", "texts"),
    [
        ("<p>Chào bà con</p>", ["<p>Chào bà con</p>"]),
        ("{{ 'có chỗ' if left else _('hết chỗ') }}", ["có chỗ"]),
        ("{# Chú thích #}{{ _('Còn %(left)s chỗ', left=left) }}{% trans %}Hủy{% endtrans %}", []),
        ('{% set n = "đủ" %}<a title="{{ n }}">', ["đủ"]),
    ],
)
def test_a_sentence_in_a_template_would_be_found(template, texts):
    assert list(_shown_by(_parsed(template))) == texts


@pytest.fixture(scope="module")
def extracted(tmp_path_factory) -> set[str]:
    """What extraction finds, as docs/architecture.md says to run it."""
    target = tmp_path_factory.mktemp("words") / "messages.pot"
    babel = [sys.executable, "-m", "babel.messages.frontend", "-q", "extract", "-F", "pyproject.toml", "-k", "_l"]
    subprocess.run([*babel, "-o", str(target), "eventday", "templates"], cwd=PROJECT, check=True, capture_output=True)
    with target.open(encoding="utf-8") as file:
        return {str(message.id) for message in read_po(file)}


def _worded_calls(tree: ast.AST) -> Iterator[ast.Call]:
    """Calls that word something, but for the one that hands any sentence on (web/translation)."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call) and _is_worded(node) and node.args)


def test_sentences_in_code_are_constants_that_extraction_finds(extracted):
    lost = []
    for path in SOURCES:
        if path.name == "translation.py":
            continue
        for call in _worded_calls(ast.parse(path.read_text(encoding="utf-8"))):
            sentence = call.args[0]
            if not isinstance(sentence, ast.Constant) or sentence.value not in extracted:
                lost.append(f"{path.relative_to(PACKAGE)}:{call.lineno}")

    assert lost == []


@pytest.mark.parametrize("sentence", ["BÁO CÁO", "Lập báo cáo", "tỉnh %(province)s"])
def test_extraction_finds_what_templates_say(extracted, sentence):
    assert sentence in extracted
