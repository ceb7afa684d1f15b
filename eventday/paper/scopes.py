"""Header cells of a tagged PDF get their scope, which WeasyPrint does not write: columns in a table's head, rows in its body."""

from collections.abc import Iterator
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Object

_SCOPE = {Name.THead: Name.Column, Name.TBody: Name.Row, Name.TFoot: Name.Row}


def add(pdf: bytes) -> bytes:
    """The same PDF with a /Scope on each TH."""
    with pikepdf.open(BytesIO(pdf)) as document:
        tree = document.Root.get("/StructTreeRoot")
        if tree is not None:
            for cell, scope in _header_cells(tree, None):
                _set(cell, scope)
        file = BytesIO()
        document.save(file)
        return file.getvalue()


def _header_cells(element: Object, scope: Name | None) -> Iterator[tuple[Object, Name]]:
    kind = element.get("/S")
    if kind == Name.TH and scope is not None:
        yield element, scope
    inner = _SCOPE.get(kind, scope) if kind is not None else scope  # type: ignore[call-overload]
    for child in _children(element):
        yield from _header_cells(child, inner)


def _children(element: Object) -> Iterator[Object]:
    kids = element.get("/K")
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary):
            yield kid


def _set(cell: Object, scope: Name) -> None:
    attributes = cell.get("/A")
    entry = Dictionary(O=Name.Table, Scope=scope)
    if attributes is None:
        cell.A = entry
    elif isinstance(attributes, Array):
        attributes.append(entry)
    elif attributes.get("/O") == Name.Table:
        attributes.Scope = scope
    else:
        cell.A = Array([attributes, entry])
