"""The QR codes that we draw are read back by another library."""

import re
from io import BytesIO
from random import Random

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from eventday.paper import qr

TOKEN = "2C1M0R3K9T0ZB4N7Q2X5V8W1Y6D4F3G7H9J0K2M5N8P1Q4R7S0T3V6W9X2Y5Z8A1B4C7D0E3F6G9H2J5K8M1N4P7Q0R3S6T9V2W5X8Y1Z4A7B0C3D6E9F2G"
PASS_URL = f"HTTPS://NGAYHOI.ANHSON.NGHEAN.VN/T/{TOKEN}"


def _read(image: Image.Image) -> str:
    [code] = zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCode)
    return code.text


def _drawn(svg: str, scale: int = 4) -> Image.Image:
    """The picture that a browser makes of our one path."""
    side = int(re.search(r'viewBox="0 0 (\d+)', svg).group(1))
    image = Image.new("L", (side * scale, side * scale), 255)
    draw = ImageDraw.Draw(image)
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", svg):
        left, top = int(x) * scale, int(y) * scale
        draw.rectangle((left, top, left + int(width) * scale - 1, top + scale - 1), fill=0)
    return image


def test_pass_address_is_as_long_as_it_may_be():
    assert len(TOKEN) == 119
    assert len(PASS_URL.split("/")[2]) == 24


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "ANHSON.GOV.VN", "NGAYHOI.ANHSON.NGHEAN.VN"])
def test_pass_code_is_version_6(host):
    rows = qr.modules(f"HTTPS://{host}/T/{TOKEN}")

    assert (len(rows), {len(row) for row in rows}) == (41, {41})


def test_png_is_read_back_as_the_address():
    image = Image.open(BytesIO(qr.png(PASS_URL, scale=6)))

    assert (image.size, _read(image.convert("L"))) == ((294, 294), PASS_URL)


def test_svg_is_one_path_with_a_title_and_is_read_back():
    svg = str(qr.svg(PASS_URL, "Mã QR của thẻ DME-4NT-1RW"))

    assert svg.count("<path") == 1
    assert "<title>Mã QR của thẻ DME-4NT-1RW</title>" in svg
    assert _read(_drawn(svg)) == PASS_URL


def test_title_is_escaped():
    assert "<title>&lt;b&gt;</title>" in qr.svg("A", "<b>")


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32))
def test_every_token_is_read_back(seed):
    address = "HTTP://127.0.0.1:8000/T/" + "".join(Random(seed).choices("0123456789ABCDEFGHJKMNPQRSTVWXYZ", k=119))

    assert _read(_drawn(str(qr.svg(address)))) == address
