"""Make the packaged typefaces from Debian's fonts-croscore: Latin and Vietnamese only. Run once after that package changed.

.venv/bin/python tools/subset_fonts.py [/usr/share/fonts/truetype/croscore]
"""

import sys
from pathlib import Path

from fontTools import subset

OUTPUT = Path(__file__).resolve().parent.parent / "eventday" / "paper" / "fonts"
FACES = ("Tinos-Regular", "Tinos-Bold", "Tinos-Italic", "Tinos-BoldItalic", "Arimo-Regular", "Arimo-Bold")
RANGES = (
    (0x20, 0x17F),  # Latin, with the letters of Western and Central Europe
    (0x1A0, 0x1B0),  # ơ, ư
    (0x2B0, 0x2DD),
    (0x300, 0x323),  # combining marks
    (0x1EA0, 0x1EF9),  # Vietnamese
    (0x2000, 0x206F),  # dashes, quotes, spaces, word joiner
    (0x20AB, 0x20AC),  # đồng, euro
    (0x2113, 0x2122),
    (0x2190, 0x2193),
    (0x2212, 0x2265),
)


def main(source: Path) -> None:
    options = subset.Options(layout_features=["*"], name_IDs=["*"], notdef_outline=True, hinting=True)
    wanted = [code for first, last in RANGES for code in range(first, last + 1)]
    for face in FACES:
        font = subset.load_font(str(source / f"{face}.ttf"), options)
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=wanted)
        subsetter.subset(font)
        subset.save_font(font, str(OUTPUT / f"{face}.ttf"), options)
        print(f"{face}: {(OUTPUT / f'{face}.ttf').stat().st_size:,} bytes, {len(font.getBestCmap())} characters")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/fonts/truetype/croscore"))
