"""What the user typed, fit to stand in a one-line message."""

LONGEST_QUOTE = 60


def quoted(text: str) -> str:
    """`text` on one line, without control characters, shortened where it is long."""
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    return line if len(line) <= LONGEST_QUOTE else line[: LONGEST_QUOTE - 1] + "…"
