"""`python -m proofs.axe [WORD]`: axe on every page and state of every role, at 360 and 1280 pixels, in usual type and at 200 %, light and dark."""

import sys

import pytest

_WALKS = ("tests/browser/prove_axe.py", "tests/browser/prove_scanner.py", "tests/browser/prove_keyboard.py")

if __name__ == "__main__":
    sys.exit(pytest.main(["-q", "-p", "no:cacheprovider", "--no-header", *_WALKS, *(["-k", sys.argv[1]] if sys.argv[1:] else [])]))
