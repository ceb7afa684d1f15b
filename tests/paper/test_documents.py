"""The set-up of the drawing library: own fonts, own files, tagged, lettered in Vietnamese."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdf
import pytest
from fontTools.ttLib import TTFont

from eventday.paper import documents, fonts

VIETNAMESE = "aăâbcdđeêghiklmnoôơpqrstuưvxyAĂÂĐÊÔƠƯ" + "".join(chr(code) for code in range(0x1EA0, 0x1EFA)) + "–“”…\u00a0\u2060₫"


def _page(body: str) -> str:
    return f'<!doctype html><html lang="vi"><head><title>Thử</title></head><body>{body}</body></html>'


def _elements(node, kind):
    if isinstance(node, pikepdf.Dictionary):
        if node.get("/S") == kind:
            yield node
        kids = node.get("/K")
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            yield from _elements(kid, kind)


@pytest.fixture
def canary():
    """A server that notes whoever asks it for anything."""
    asked = []

    class Canary(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(404)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Canary)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()


def test_document_fetches_nothing_from_the_network(canary):
    address, asked = canary

    documents.render(
        _page(f'<img src="{address}/a.png"><p style="background: url({address}/b.png)">x</p><link rel="stylesheet" href="{address}/c.css">')
    )

    assert asked == []


@pytest.mark.parametrize("url", ["file:///etc/passwd", "http://127.0.0.1/x", "data:text/plain,x", "file:///../styles"])
def test_what_is_not_the_packages_own_is_refused(url):
    with pytest.raises(ValueError, match="not a file of the package"):
        documents.read_own(url)


def test_own_style_sheet_is_read():
    style = Path(documents.__file__).parent / "styles" / "pass.css"

    assert documents.read_own(style.as_uri()) == style.read_bytes()


@pytest.mark.parametrize("face", fonts.FACES)
def test_packaged_face_has_every_vietnamese_letter(face):
    characters = TTFont(fonts.FOLDER / f"{face}.ttf").getBestCmap()

    assert [letter for letter in VIETNAMESE if ord(letter) not in characters] == []


def test_missing_font_is_named_at_the_start(monkeypatch, tmp_path):
    monkeypatch.setattr(fonts, "FOLDER", tmp_path)

    with pytest.raises(documents.PaperNotReady, match="Tinos-Regular"):
        documents.check()


def test_missing_library_is_named_by_its_package(monkeypatch):
    monkeypatch.setattr(documents, "_LIBRARIES", {"libnowhere.so.9": "libnowhere9"})

    with pytest.raises(documents.PaperNotReady, match="libnowhere9"):
        documents.check()


def test_text_is_embedded_and_comes_back_composed():
    text = "Kỹ năng sử dụng mã QR – Xã Ỷ Lăng, đặc khu Phú Quốc"

    page = pypdf.PdfReader(BytesIO(documents.render(_page(f'<p style="font-family: Tinos">{text}</p>')))).pages[0]

    assert text in page.extract_text()
    [font] = page["/Resources"]["/Font"].values()
    assert "/FontFile2" in font["/DescendantFonts"][0]["/FontDescriptor"]


def test_header_cells_say_what_they_head():
    table = "<table><thead><tr><th rowspan=2>TT</th><th>Tên</th></tr></thead><tbody><tr><th>1</th><td>a</td></tr></tbody></table>"

    document = pikepdf.open(BytesIO(documents.render(_page(table))))

    assert [str(cell.A.Scope) for cell in _elements(document.Root.StructTreeRoot, "/TH")] == ["/Column", "/Column", "/Row"]
    assert (str(document.Root.Lang), bool(document.Root.MarkInfo.Marked)) == ("vi", True)
