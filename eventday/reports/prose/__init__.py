"""The report's sentences, a module for each part of the document.

Each is whole, and what may be missing is a clause of its own with its place in the sentence, so that a translator can order all of it anew.
"""
