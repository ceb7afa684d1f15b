"""The pins fit every Python that we run on, not only the one that made them."""

import re
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = Path(__file__).resolve().parents[2]
_RUNTIME, _TESTS = PROJECT / "requirements.txt", PROJECT / "requirements-dev.txt"


def _pinned(*files: Path) -> set[str]:
    return {canonicalize_name(name) for file in files for name in re.findall(r"^([\w.-]+)==", file.read_text(), re.MULTILINE)}


def _needed(name: str, python: str, machine: str) -> list[Requirement]:
    """What an installed package needs on that Python and machine, its extras apart."""
    there = {"python_full_version": python, "python_version": ".".join(python.split(".")[:2]), "platform_machine": machine, "extra": ""}
    requirements = [Requirement(line) for line in metadata.requires(name) or []]
    return [one for one in requirements if one.marker is None or one.marker.evaluate(there)]


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
@pytest.mark.parametrize("python", ["3.11.2", "3.11.14", "3.12.3", "3.13.5", "3.14.0"])  # Debian 12, …, Ubuntu 24.04, Debian 13, …
@pytest.mark.parametrize("files", [[_RUNTIME], [_RUNTIME, _TESTS]], ids=["runtime", "tests"])
def test_everything_that_a_package_needs_is_pinned(files: list[Path], python: str, machine: str) -> None:
    pinned = _pinned(*files)

    missing = {f"{name} needs {one}" for name in pinned for one in _needed(name, python, machine) if canonicalize_name(one.name) not in pinned}

    assert missing == set()
