"""A camera stream for Chromium out of payload texts: passes come into view, are held, and go, with an empty scene between.

    chromium --use-fake-ui-for-media-stream --use-fake-device-for-media-stream --use-file-for-fake-video-capture=/absolute/gate.mjpeg

Chromium plays an .mjpeg at 30 pictures a second, in a loop, so the same pass comes again.
"""

import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import segno

WIDTH, HEIGHT, PICTURES = 1280, 720, 30
_REPEATED = 2  # each drawn picture is written twice: 15 a second are enough, and half the work
_MOVE, _SIDE = 0.4, 300
_Picture = np.ndarray[Any, np.dtype[np.float32]]


def write_stream(path: Path, payloads: Sequence[str], *, hold: float = 1.5, gap: float = 1.0, seed: int = 1) -> Path:
    """Write the stream as .mjpeg; each pass is held `hold` seconds, with `gap` seconds of empty scene before and after."""
    random = np.random.default_rng(seed)
    scene = _scene(random)
    cards = [_card(payload) for payload in payloads]
    with path.open("wb") as file:
        for number, (card, across) in enumerate(_timeline(len(cards), hold, gap)):
            picture = scene if card is None else _held(scene, cards[card], across, number * _REPEATED / PICTURES)
            noisy = picture + random.normal(size=picture.shape).astype(np.float32) * 0.006
            grey = np.uint8(np.clip(noisy, 0, 1) * 255)
            jpeg = cv2.imencode(".jpg", cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR), [cv2.IMWRITE_JPEG_QUALITY, 85])[1].tobytes()
            file.write(jpeg * _REPEATED)
    return path


def _timeline(cards: int, hold: float, gap: float) -> Iterator[tuple[int | None, float]]:
    """Per picture the card in view, if any, and how far it is from the middle, in scene widths."""
    moving, held, empty = (round(seconds * PICTURES / _REPEATED) for seconds in (_MOVE, hold, gap))
    yield from ((None, 0.0) for _ in range(empty))
    for card in range(cards):
        yield from ((card, -0.9 * (1 - step / moving) ** 2) for step in range(moving))
        yield from ((card, 0.0) for _ in range(held))
        yield from ((card, 0.9 * ((step + 1) / moving) ** 2) for step in range(moving))
        yield from ((None, 0.0) for _ in range(empty))


def _scene(random: np.random.Generator) -> _Picture:
    """A grey yard: soft light and a few boxes with edges, so that the decoder has something to look at."""
    scene = cv2.resize(random.uniform(0.3, 0.6, (9, 16)).astype(np.float32), (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC)
    for _ in range(12):
        left, top = int(random.integers(0, WIDTH)), int(random.integers(0, HEIGHT))
        cv2.rectangle(
            scene, (left, top), (left + int(random.integers(40, 220)), top + int(random.integers(30, 140))), float(random.uniform(0.2, 0.8)), -1
        )
    return scene


def _card(payload: str) -> _Picture:
    """A white card with the symbol (error level M, 4 modules of quiet zone), as light from 0 to 1."""
    modules = np.array([[bool(module) for module in row] for row in segno.make(payload, error="m", micro=False, boost_error=False).matrix])
    pixels = max(4, round(1.5 * _SIDE / len(modules)))
    symbol = np.where(np.kron(np.pad(modules, 4), np.ones((pixels, pixels), bool)), 0.06, 0.96).astype(np.float32)
    return np.pad(symbol, ((symbol.shape[0] // 6,) * 2, (0, 0)), constant_values=0.96)


def _held(scene: _Picture, card: _Picture, across: float, seconds: float) -> _Picture:
    """The card before the scene in a hand that is not quite still: slightly turned, slightly swaying."""
    height, width = card.shape
    scale = _SIDE * 1.2 / width * (1 + 0.05 * math.sin(2 * seconds))
    turn = math.radians(8 * math.sin(1.7 * seconds))
    middle = (WIDTH / 2 + across * WIDTH + 4 * math.sin(7 * seconds), HEIGHT / 2 + 3 * math.sin(9 * seconds + 1))
    cosine, sine = scale * math.cos(turn), scale * math.sin(turn)
    matrix = np.array(
        [
            [cosine, -sine, middle[0] - cosine * width / 2 + sine * height / 2],
            [sine, cosine, middle[1] - sine * width / 2 - cosine * height / 2],
        ],
        np.float32,
    )
    placed = cv2.warpAffine(card, matrix, (WIDTH, HEIGHT), flags=cv2.INTER_AREA)
    mask = cv2.warpAffine(np.ones_like(card), matrix, (WIDTH, HEIGHT), flags=cv2.INTER_LINEAR)
    return scene * (1 - mask) + placed * mask
