"""The typefaces of documents, and the configuration that lets the drawing library see these and no others."""

from pathlib import Path

FOLDER = Path(__file__).resolve().parent
CONFIGURATION = FOLDER / "fonts.conf"
FACES = ("Tinos-Regular", "Tinos-Bold", "Tinos-Italic", "Tinos-BoldItalic", "Arimo-Regular", "Arimo-Bold")
