"""One spelling for what people, tools and tricks write in many, with the way back to the original.

Full-width digits, invisible characters, look-alike letters, unusual dashes, spaces and line ends, and the
escapes of URLs, HTML, JSON and HL7 become plain characters. Every step is one pass over the text.
"""

import re
import unicodedata
from dataclasses import dataclass

_ESCAPE = re.compile(
    r"%(?P<hex>[2-7][0-9A-Fa-f])"
    r"|&(?P<named>amp|lt|gt|quot|apos|nbsp|#(?P<code>[0-9]{2,5}));"
    r"|\\(?:u(?P<unicode>[0-9A-Fa-f]{4})|(?P<control>[rnt])(?![a-z])|(?P<quote>[\"'/]))"
    r"|(?P<pair>\r\n)"
)
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'", "nbsp": " "}
_CONTROL = {"r": "\n", "n": "\n", "t": "\t"}
_LINE_ENDS = "\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_LIKE = {
    **dict.fromkeys(_LINE_ENDS, "\n"),
    **dict.fromkeys("‘’‛ʼʹ′´`", "'"),  # noqa: RUF001 - look-alikes are what is folded
    **dict.fromkeys("“”„‟«»″", '"'),
    **dict.fromkeys("−⁃", "-"),  # noqa: RUF001 - look-alikes are what is folded
    **dict.fromkeys("⁄∕", "/"),  # noqa: RUF001 - look-alikes are what is folded
    **dict.fromkeys("ˆ⌃", "^"),  # noqa: RUF001 - look-alikes are what is folded
    **dict.fromkeys("∶꞉", ":"),  # noqa: RUF001 - look-alikes are what is folded
    **dict.fromkeys("\u115f\u1160\u3164\uffa0", ""),
    "\u2800": " ",
    "¦": "|",
    "ß": "ss",
    "Ø": "O",
    "ø": "o",
    "Ł": "L",
    "ł": "l",
    "º": "o",
    "°": "o",
    **dict(zip("АВЕКМНОРСТУХІЈЅавеикмнорстухіјѕ", "ABEKMHOPCTYXIJSabeukmhopctyxijs", strict=True)),
    **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαοινρ", "ABEZHIKMNOPTYXaoivp", strict=True)),  # noqa: RUF001 - look-alikes are what is folded
}


@dataclass(frozen=True, slots=True, repr=False)
class Folded:
    """A text in plain characters; ``origins[i]`` is where its i-th character began in the original."""

    text: str
    origins: tuple[int, ...] | range

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the original of ``text[start:end]``."""
        return self.origins[start], self.origins[end]


def fold(original: str) -> Folded:
    """``original`` in plain characters."""
    if original.isascii() and not any(mark in original for mark in "%&\\\r\v\f\x1c\x1d\x1e`"):
        return Folded(original, range(len(original) + 1))
    letters: list[str] = []
    origins: list[int] = []
    done = 0
    for escape in _ESCAPE.finditer(original):
        _take(original, done, escape.start(), letters, origins)
        plain = _plain(_unescaped(escape))
        letters.extend(plain)
        origins.extend([escape.start()] * len(plain))
        done = escape.end()
    _take(original, done, len(original), letters, origins)
    origins.append(len(original))
    return Folded("".join(letters), tuple(origins))


def _take(original: str, start: int, end: int, letters: list[str], origins: list[int]) -> None:
    for place in range(start, end):
        for letter in _PLAIN[original[place]]:
            letters.append(letter)
            origins.append(place)


def _unescaped(escape: re.Match[str]) -> str:
    found = escape.groupdict()
    if found["hex"]:
        return chr(int(found["hex"], 16))
    if found["code"]:
        return chr(int(found["code"]))
    if found["named"]:
        return _NAMED[found["named"]]
    if found["unicode"]:
        return chr(int(found["unicode"], 16))
    if found["control"]:
        return _CONTROL[found["control"]]
    return found["quote"] or "\n"


def _plain(letters: str) -> str:
    return "".join(_PLAIN[letter] for letter in letters)


def _folded(letter: str) -> str:
    if letter in _LIKE:
        return _LIKE[letter]
    if letter < "\x80":
        return letter
    plain = unicodedata.normalize("NFKD", letter)
    return "".join(_by_class(part) for part in plain)


def _by_class(letter: str) -> str:
    if letter in _LIKE:
        return _LIKE[letter]
    kind = unicodedata.category(letter)
    if kind in {"Mn", "Me", "Cf"}:
        return ""
    if kind == "Nd":
        return str(unicodedata.decimal(letter))
    return {"Pd": "-", "Zs": " ", "Zl": "\n", "Zp": "\n"}.get(kind, letter)


class _Plain(dict[str, str]):
    """Each character's plain spelling, worked out once."""

    def __missing__(self, letter: str) -> str:
        plain = self[letter] = _folded(letter)
        return plain


_PLAIN = _Plain()
