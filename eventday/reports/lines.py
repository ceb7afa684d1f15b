"""Where a state document's lines break: numbers not at all, titles in two like each other. Pure."""

NO_BREAK = "\u00a0"
_JOINER = "\u2060"
_BEGINS_A_LINE = ("năm", "trên", "tại", "về")


def document_number(text: str) -> str:
    """A number like 45/KH-UBND that no line break goes through; the joiner vanishes in extracted text."""
    return text.replace("/", f"/{_JOINER}").replace("-", f"-{_JOINER}")


def balanced(text: str) -> tuple[str, str]:
    """A title's two lines: as equal as its words allow and the second not the longer, broken before a phrase where that is nearly as good."""
    words = text.split(" ")
    pairs = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    fitting = [pair for pair in pairs if len(pair[0]) >= len(pair[1])]
    phrases = [pair for pair in fitting if pair[1].replace(NO_BREAK, " ").split(" ")[0] in _BEGINS_A_LINE and 3 * len(pair[1]) >= 2 * len(pair[0])]
    return min(phrases or fitting, key=lambda pair: len(pair[0]) - len(pair[1])) if fitting else (text, "")


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of a field with an item a line, without dashes before and signs behind."""
    stripped = (line.strip().lstrip("-–•").rstrip(";.").strip() for line in text.splitlines())
    return tuple(line for line in stripped if line)
