"""A disk of one's own: an ext4 image on a loop device, whose power can be cut and which can be filled to the last byte. Needs root."""

import fcntl
import os
import struct
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_EXT4_IOC_SHUTDOWN = 0x8004587D  # _IOR('X', 125, __u32), as xfstests' godown
_NOLOGFLUSH = 2


class Disk:
    """`folder` is where it is mounted; only the tests write there."""

    def __init__(self, folder: Path, megabytes: int) -> None:
        self.folder, self._image = folder, folder.with_name(folder.name + ".img")
        folder.mkdir()
        folder.parent.chmod(0o711)  # PostgreSQL runs as another user
        with self._image.open("wb") as image:
            image.truncate(megabytes << 20)
        _run("mkfs.ext4", "-q", "-F", "-m", "0", self._image)
        self.mount()

    def mount(self) -> None:
        _run("mount", "-o", "loop,data=ordered,commit=30", self._image, self.folder)

    def unmount(self) -> None:
        """Raises: RuntimeError where somebody still holds a file."""
        for _ in range(50):
            if subprocess.run(["umount", self.folder], stderr=subprocess.DEVNULL, check=False).returncode == 0:
                return
            time.sleep(0.1)
        raise RuntimeError(f"cannot unmount {self.folder}")

    def cut(self) -> None:
        """The power is gone: from now on nothing reaches the image, and what was not fsynced before is lost."""
        at = os.open(self.folder, os.O_RDONLY)
        try:
            fcntl.ioctl(at, _EXT4_IOC_SHUTDOWN, struct.pack("I", _NOLOGFLUSH))
        finally:
            os.close(at)

    def fill(self) -> None:
        with (self.folder / "ballast").open("wb", buffering=0) as ballast:
            for size in (1 << 20, 4096, 512):
                _write_until_full(ballast.fileno(), size)

    def free(self) -> None:
        (self.folder / "ballast").unlink()


@contextmanager
def disk(folder: Path, megabytes: int) -> Iterator[Disk]:
    """A fresh disk; it is gone at the end. Raises: PermissionError for who is not root."""
    if os.geteuid() != 0:
        raise PermissionError("this proof mounts a disk of its own: run it as root")
    made = Disk(folder, megabytes)
    try:
        yield made
    finally:
        if os.path.ismount(folder):
            made.unmount()


def _write_until_full(descriptor: int, size: int) -> None:
    try:
        while True:
            os.write(descriptor, b"\0" * size)
    except OSError:
        return


def _run(*command: object) -> None:
    subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
