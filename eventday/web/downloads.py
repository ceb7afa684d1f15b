"""Files that are made for one person and handed over: saved under a name, kept by no cache."""

from flask import Response

_TYPES = {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "pdf": "application/pdf"}


def as_download(content: bytes, name: str) -> Response:
    """`name` in ASCII with its ending, which says the type."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return Response(content, mimetype=_TYPES[name.rpartition(".")[2]], headers=headers)
