"""Pages as a stranger's program reads them: their forms with what stands in the fields, and scripts that would run."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from io import BytesIO

import openpyxl
from werkzeug.test import TestResponse


@dataclass
class Form:
    """A form that is sent by POST. `fields` has what a browser would send unasked; `action` is empty for the page's own address."""

    action: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    choices: dict[str, list[str]] = field(default_factory=dict)


_LEADING = ("href", "src", "action", "formaction")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.running: list[str] = []
        self._open: Form | None = None
        self._inside: tuple[str, str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        if any(name.startswith("on") for name in known) or (tag == "script" and not known.keys() & {"src", "type"}) or known.get("src") == "x":
            self.running.append(f"<{tag} {known}>")
        if any(known.get(name, "").strip().lower().startswith("javascript:") for name in _LEADING):
            self.running.append(f"<{tag} {known}>")
        if tag == "form":
            self._open = Form(known.get("action", "")) if known.get("method", "").lower() == "post" else None
            self.forms += [self._open] if self._open else []
        elif self._open is not None:
            self._read_field(self._open, tag, known)

    def _read_field(self, form: Form, tag: str, known: dict[str, str]) -> None:
        name = known.get("name", "")
        if tag == "input" and name and known.get("type") not in ("file", "submit"):
            form.choices.setdefault(name, []).append(known.get("value", "on"))
            if known.get("type") not in ("checkbox", "radio") or "checked" in known:
                form.fields.append((name, known.get("value", "on")))
        elif tag in ("select", "textarea"):
            self._inside = (tag, name)
            form.choices.setdefault(name, [])
        elif tag == "option" and self._inside:
            form.choices[self._inside[1]].append(known.get("value", ""))
            if "selected" in known:
                form.fields.append((self._inside[1], known.get("value", "")))

    def handle_data(self, data: str) -> None:
        if self._open is not None and self._inside and self._inside[0] == "textarea":
            self._open.fields.append((self._inside[1], data.lstrip("\n")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        if self._inside and tag == self._inside[0]:
            self._inside = None


def _read(page: str) -> _Reader:
    reader = _Reader()
    reader.feed(page)
    return reader


def forms_of(page: str) -> list[Form]:
    return _read(page).forms


def running_in(page: str) -> list[str]:
    """Elements that would run something: inline scripts, handlers, a picture that is not there."""
    return _read(page).running


def words_of(answer: TestResponse) -> str:
    """All that an answer says, also in its headers: of a workbook the texts of its cells."""
    head = "\n".join(f"{name}: {value}" for name, value in answer.headers)
    if "spreadsheetml" in (answer.mimetype or ""):
        book = openpyxl.load_workbook(BytesIO(answer.data))
        return head + "\n".join(str(cell.value) for sheet in book for row in sheet for cell in row)
    return head + str(answer.data.decode(errors="replace"))
