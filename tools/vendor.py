"""Copy what the pages load from node_modules to static/vendor, licences beside it. Nothing is bundled: the packages' own ES files run as they are.

The paths below are addresses that templates, style sheets and modules name; the library versions are package.json's.
"""

import shutil
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
_MODULES = PROJECT / "node_modules"
_VENDOR = PROJECT / "static" / "vendor"

_SUBSETS, _WEIGHTS = ("latin", "latin-ext", "vietnamese"), (400, 500, 600, 700)
_FILES = {
    "zxing/share.js": "zxing-wasm/dist/es/share.js",
    "zxing/reader/index.js": "zxing-wasm/dist/es/reader/index.js",
    "zxing/reader/zxing_reader.wasm": "zxing-wasm/dist/reader/zxing_reader.wasm",
    "zxing/LICENSE": "zxing-wasm/LICENSE",
    "idb/index.js": "idb/build/index.js",
    "idb/LICENSE": "idb/LICENSE",
    "noble/ed25519.js": "@noble/ed25519/index.js",
    **{f"noble/{name}.js": f"@noble/hashes/{name}.js" for name in ("sha2", "_md", "_u64", "utils")},
    "noble/LICENSE-ed25519": "@noble/ed25519/LICENSE",
    "noble/LICENSE-hashes": "@noble/hashes/LICENSE",
    **{
        f"fonts/be-vietnam-pro-{subset}-{weight}.woff2": f"@fontsource/be-vietnam-pro/files/be-vietnam-pro-{subset}-{weight}-normal.woff2"
        for subset in _SUBSETS
        for weight in _WEIGHTS
    },
    **{f"fonts/arimo-latin-{weight}.woff2": f"@fontsource/arimo/files/arimo-latin-{weight}-normal.woff2" for weight in _WEIGHTS},
    "fonts/LICENSE-be-vietnam-pro": "@fontsource/be-vietnam-pro/LICENSE",
    "fonts/LICENSE-arimo": "@fontsource/arimo/LICENSE",
}


def main() -> None:
    missing = [source for source in _FILES.values() if not (_MODULES / source).is_file()]
    if missing:
        sys.exit(f"tools/vendor.py: not in node_modules (run `make setup`): {', '.join(missing)}")
    draft = _VENDOR.with_name("vendor.new")
    shutil.rmtree(draft, ignore_errors=True)
    for target, source in _FILES.items():
        (draft / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(_MODULES / source, draft / target)
    shutil.rmtree(_VENDOR, ignore_errors=True)
    draft.rename(_VENDOR)


if __name__ == "__main__":
    main()
