"""Sheets of paper: fonts, head and foot of each page, and the few shapes that a document of ours is made of.

Sizes are points, lengths millimetres. The same calls give the same bytes: no clock is read and nothing is drawn
by lot. PDF/A-2U: every font is embedded and every glyph says which character it is.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import cast

from fpdf import FPDF, XPos, YPos
from fpdf.bidi import auto_detect_base_direction
from fpdf.enums import Align, TextDirection
from fpdf.fonts import TTFFont

from bot.reports.paper.glyphs import LACKING, is_right_to_left, shown
from bot.reports.paper.lines import broken
from bot.reports.paper.metadata import xmp

AUTHOR = "Issue Burst"
PRODUCER = "Issue Burst with fpdf2"
FONTS = Path(__file__).parents[1] / "fonts"
_FAMILY = "DejaVu"
_MARGIN = 15.0
_FOOT = 12.0
_POINT = 25.4 / 72
# A font tells its widths in thousandths of its size.
_THOUSANDTHS = 1000.0
_LEADING = 1.26
_INK, _GREY, _ACCENT, _RULE = (20, 20, 20), (95, 95, 95), (31, 78, 121), (190, 200, 210)
# Widths of columns for each point of the type: of a label, and of a moment with its day, hour and zone.
LABEL, MOMENT = 4.2, 5.4
_GAP = 2.0
_FINE = 6.0
_LONGEST_LABEL = 100
# Lines of which the first does not stand alone at the foot of a page.
_TOGETHER = 4
# Stands for the number of pages, of so many digits, until that is known; nobody can have written it: it is private.
_PAGES = "\ue000" * 4


@dataclass(frozen=True, slots=True)
class Imprint:
    """What stands on every page: whose paper it is, up to which entry of its log, and of when (aware)."""

    key: str
    title: str
    last_hash: str
    at: datetime


class Sheet(FPDF):
    """A document that is being written, in type of ``size``. Whoever made it closes it.

    It takes its fonts from ``tried``, an earlier attempt at the same text of which nothing else is wanted: reading them
    takes longer than laying out a page.
    """

    def __init__(self, imprint: Imprint, size: float, tried: "Sheet | None" = None) -> None:
        super().__init__(format="A4", enforce_compliance="PDF/A-2U")
        self._imprint = imprint
        self.size = size
        self.lacks = False  # whether something was written that no font here shows
        if tried is not None:
            self.fonts.update(tried.fonts)
        else:
            for style, file in (("", "DejaVuSans.ttf"), ("B", "DejaVuSans-Bold.ttf")):
                self.add_font(_FAMILY, style, FONTS / file)
        self.c_margin = 0.0
        self.alias_nb_pages(_PAGES)
        self.set_margins(_MARGIN, _MARGIN, _MARGIN)
        self.set_auto_page_break(auto=True, margin=_FOOT + 4)
        self._ink()
        self._name()
        self.add_page()

    def _name(self) -> None:
        title = self._safe(f"{self._imprint.key} · {self._imprint.title}")
        subject = f"Summary and resolution log, last hash {self._imprint.last_hash}"
        self.set_title(title)
        self.set_subject(subject)
        self.set_author(AUTHOR)
        self.set_producer(PRODUCER)
        self.set_lang("en")
        self.set_creation_date(self._imprint.at)
        self.set_xmp_metadata(
            xmp(title=title, subject=subject, author=AUTHOR, producer=PRODUCER, at=self._imprint.at)
        )

    def close(self) -> None:
        """Give the font files back."""
        for font in self.fonts.values():
            if isinstance(font, TTFFont):
                font.close()

    def header(self) -> None:
        """Whose paper it is, on every page but the first, which says it large."""
        if self.page_no() == 1:
            return
        self._ink(size=7.0, colour=_GREY)
        self._line(self._cut(f"{self._imprint.key} · {self._imprint.title}"))
        self._rule()

    def footer(self) -> None:
        """The key, the last hash of the log, and which page it is of how many."""
        self.set_y(-_FOOT)
        self._rule()
        self._ink(size=_FINE, colour=_GREY)
        self.cell(self.epw - 24, self._height, f"{self._imprint.key} · log {self._imprint.last_hash}")
        self.cell(24, self._height, f"Page {self.page_no()} of {_PAGES}", align=Align.R)

    def headline(self, text: str) -> None:
        """What the whole paper is about."""
        self.paragraph(text, bold=True, size=self.size * 1.7, colour=_ACCENT)

    def heading(self, text: str) -> None:
        """The head of a part; it never stands alone at the foot of a page."""
        if self.will_page_break(_TOGETHER * self._leading):
            self.add_page()
        self.ln(self._leading * 0.35)
        self.paragraph(text, bold=True, size=self.size * 1.1, colour=_ACCENT)
        self._rule()

    def paragraph(
        self,
        text: str,
        *,
        bold: bool = False,
        size: float | None = None,
        colour: tuple[int, int, int] = _INK,
        left: float = 0.0,
        ours: bool = False,
    ) -> None:
        """Text over the width of the page from ``left`` on, its own lines kept.

        What somebody wrote runs as it begins; a sentence of ``ours`` from left to right, whoever's name it begins with.
        """
        self._ink(bold=bold, size=size, colour=colour)
        self._write(text, left, self.epw - left, ours=ours)

    def fine(self, text: str, left: float = 0.0) -> None:
        """Small print."""
        self.paragraph(text, size=_FINE, colour=_GREY, left=left)

    def labelled(
        self, label: str, text: str, *, width: float = LABEL, bold: bool = False, ours: bool = False
    ) -> None:
        """A label in a column as wide as ``width`` says for each point of the type, and beside it what there is to say."""
        column = self.column(width)
        if self.will_page_break(_TOGETHER * self._leading):
            self.add_page()
        page, top = self.page_no(), self.get_y()
        self._ink(colour=_GREY)
        self._write(label[:_LONGEST_LABEL], 0.0, column - _GAP, ours=True)
        under = self.get_y()
        self.set_y(top)
        self.paragraph(text, left=column, bold=bold, ours=ours)
        if self.page_no() == page:
            self.set_y(max(under, self.get_y()))

    def column(self, width: float) -> float:
        """How wide a column of ``width`` for each point of the type is, with the gap behind it."""
        return width * self.size + _GAP

    def pairs(self, rows: Sequence[tuple[str, str]], *, width: float = LABEL, ours: bool = False) -> None:
        """Labels and texts, two beside each other where each fits into half a line."""
        waiting = list(rows)
        while waiting:
            beside = waiting[:2]
            column = self.column(width)
            if len(beside) > 1 and all(self._is_short(*one, column) for one in beside):
                self._side_by_side(beside, column)
            else:
                beside = waiting[:1]
                self.labelled(*beside[0], width=width, ours=ours)
            waiting = waiting[len(beside) :]

    @property
    def _leading(self) -> float:
        return self.size * _POINT * _LEADING

    def _side_by_side(self, pairs: Sequence[tuple[str, str]], width: float) -> None:
        top = self.get_y()
        for left, (label, text) in zip((0.0, self.epw / 2), pairs, strict=True):
            self.set_xy(self.l_margin + left, top)
            self._ink(colour=_GREY)
            self.cell(width, self._leading, self._safe(label))
            self._ink()
            self._line(self._safe(text))

    def _is_short(self, label: str, text: str, width: float) -> bool:
        self._ink()
        lengths = [self.get_string_width(self._safe(said)) for said in (label, text)]
        plain = not is_right_to_left(label + text) and len(text.splitlines()) == len(label.splitlines()) == 1
        return plain and lengths[0] < width - _GAP and lengths[1] < self.epw / 2 - width - _GAP

    def _ink(
        self, *, bold: bool = False, size: float | None = None, colour: tuple[int, int, int] = _INK
    ) -> None:
        self.set_font(_FAMILY, "B" if bold else "", size or self.size)
        self.set_text_color(*colour)

    def _line(self, text: str) -> None:
        with self._ordered(text, ours=True):
            self.cell(0, self._height, text, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def _write(self, text: str, left: float, width: float, *, ours: bool) -> None:
        said = self._safe(text).strip("\n") or " "
        for own in said.split("\n"):
            if is_right_to_left(own):
                self._write_ordered(own, left, width, ours=ours)
            else:
                self._write_plain(own, left, width)

    def _write_plain(self, line: str, left: float, width: float) -> None:
        font = cast("TTFFont", self.current_font)  # this paper has no other
        for piece in broken(line, width / self.font_size * _THOUSANDTHS, font.cw):
            self.set_x(self.l_margin + left)
            self.cell(width, self._height, piece, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def _write_ordered(self, line: str, left: float, width: float, *, ours: bool) -> None:
        begins_right = not ours and auto_detect_base_direction(line) is TextDirection.RTL
        align = Align.R if begins_right else Align.L
        self.set_x(self.l_margin + left)
        with self._ordered(line, ours=ours):
            self.multi_cell(width, self._height, line, align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    @contextmanager
    def _ordered(self, text: str, *, ours: bool) -> Iterator[None]:
        """What reads from left to right needs no shaping, and stays smaller without."""
        self.set_text_shaping(
            use_shaping_engine=is_right_to_left(text), direction=TextDirection.LTR if ours else None
        )
        yield
        self.set_text_shaping(use_shaping_engine=False)

    @property
    def _height(self) -> float:
        return self.font_size_pt * _POINT * _LEADING

    def _rule(self) -> None:
        self.set_draw_color(*_RULE)
        self.set_line_width(0.2)
        self.line(self.l_margin, self.get_y(), self.l_margin + self.epw, self.get_y())
        self.ln(0.8)

    def _cut(self, text: str) -> str:
        """As much of it, on one line, as a line holds."""
        said = " ".join(self._safe(text).split())[:200]
        if self.get_string_width(said) <= self.epw:
            return said
        while said and self.get_string_width(f"{said}…") > self.epw:
            said = said[:-1]
        return f"{said}…"

    def _safe(self, text: str) -> str:
        font = self.current_font
        safe = shown(text, font.cmap if isinstance(font, TTFFont) else ())
        self.lacks = self.lacks or LACKING in safe
        return safe
