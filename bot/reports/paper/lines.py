"""Breaking text into lines: between words, and inside a word only where it is longer than a line.

Widths are added up character by character, as the font has them. fpdf2 breaks lines too, and takes several times as long.
"""

from collections.abc import Iterator, Mapping


def broken(text: str, room: float, widths: Mapping[int, float]) -> list[str]:
    """``text`` in lines no wider than ``room``, its own lines kept; ``widths`` of characters are in the same unit."""
    return [line for own in text.split("\n") for line in _filled(own, room, widths)]


def _filled(text: str, room: float, widths: Mapping[int, float]) -> Iterator[str]:
    space = widths[ord(" ")]
    line: list[str] = []
    used = 0.0
    for word in _pieces(text, room, widths):
        needed = _width(word, widths)
        if line and used + space + needed > room:
            yield " ".join(line)
            line, used = [], 0.0
        used += needed + (space if line else 0.0)
        line.append(word)
    yield " ".join(line)


def _pieces(text: str, room: float, widths: Mapping[int, float]) -> Iterator[str]:
    """The words, of which one that is wider than a line is cut."""
    for word in text.split(" "):
        if _width(word, widths) <= room:
            yield word
            continue
        piece, used = "", 0.0
        for one in word:
            if piece and used + widths[ord(one)] > room:
                yield piece
                piece, used = "", 0.0
            piece += one
            used += widths[ord(one)]
        yield piece


def _width(text: str, widths: Mapping[int, float]) -> float:
    return sum(widths[ord(one)] for one in text)
