"""A bad network on loopback: a proxy that cuts, doubles, delays and repeats late what goes through it. One request a connection."""

import asyncio
import random
import re
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from tools.run import HOST

_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_KEPT_OPEN = re.compile(rb"\r\nconnection:[^\r]*", re.IGNORECASE)
_SLOW, _LATE = 0.15, 1.0  # seconds at most: for any answer, and for a repeat that nobody waits for
_DEEDS = {"lost request": 0.12, "lost answer": 0.22, "doubled": 0.12, "repeated late": 0.15, "cut answer": 0.08}


class Network:
    """`port` leads to the server at `to`; `deeds` counts what was done to requests."""

    def __init__(self, to: int, seed: int) -> None:
        self._to, self._chance = to, random.Random(seed)
        self.deeds: Counter[str] = Counter()
        self._late: set[asyncio.Task[bytes]] = set()

    async def open(self) -> None:
        self._server = await asyncio.start_server(self._client, HOST, 0, limit=1 << 21)
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        """After the last repeat has reached the server."""
        self._server.close()
        await asyncio.gather(*self._late, return_exceptions=True)

    async def _client(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            writer.write(await self._answer(await _request(reader)))
            await writer.drain()
        writer.close()

    async def _answer(self, request: bytes) -> bytes:
        """What reaches the client: all of it, the half, or nothing."""
        deed = self._deed()
        self.deeds[deed] += 1
        await asyncio.sleep(self._chance.random() * _SLOW)
        if deed == "lost request":
            return b""
        if deed == "repeated late":
            self._repeat(request)
        *_, answer = await asyncio.gather(*(self._ask(request) for _ in range(2 if deed == "doubled" else 1)))
        return {"lost answer": b"", "cut answer": answer[: len(answer) // 2]}.get(deed, answer)

    def _deed(self) -> str:
        drawn = self._chance.random()
        for deed, share in _DEEDS.items():
            drawn -= share
            if drawn < 0:
                return deed
        return "passed"

    def _repeat(self, request: bytes) -> None:
        """The same once more, perhaps after what the client sends next."""
        task = asyncio.create_task(self._ask(request, after=self._chance.random() * _LATE))
        self._late.add(task)
        task.add_done_callback(self._late.discard)

    async def _ask(self, request: bytes, after: float = 0.0) -> bytes:
        await asyncio.sleep(after)
        reader, writer = await asyncio.open_connection(HOST, self._to)
        writer.write(request)
        answer = await reader.read()
        writer.close()
        return answer


async def _request(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    length = _LENGTH.search(head)
    body = await reader.readexactly(int(length[1])) if length else b""
    return _KEPT_OPEN.sub(b"", head).replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n") + body


@contextmanager
def bad_network(to: int, seed: int) -> Iterator[Network]:
    """In a thread of its own, for clients that are threads."""
    network, loop = Network(to, seed), asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    asyncio.run_coroutine_threadsafe(network.open(), loop).result(10)
    try:
        yield network
    finally:
        asyncio.run_coroutine_threadsafe(network.close(), loop).result(30)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
